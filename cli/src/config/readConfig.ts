import { readFileSync } from 'node:fs'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Tags } from 'yaml'
import { z } from 'zod'
import { OperatorError, visible } from '@auspex/workers'
import { meaningAt } from './meaningAt.ts'
import { nearestOf } from './nearestOf.ts'

type Path = readonly PropertyKey[]

/** What is wrong with a field, in words that follow "is wrong:", and what to write in its place. */
export type Fault = {
  field: string
  problem: string
  /** As the file takes it; left out where the file's own example does. */
  write?: string
}

/** A file that was read, and the way back to its lines. */
export type Opened<Data> = {
  data: Data
  /** The fields that stand in the file, at its first level. */
  given: ReadonlySet<string>
  /** The same refusal as for what the file's form does not allow. */
  refuse: (faults: readonly Fault[]) => OperatorError
  /** File, line and column of a field, or of where it belongs. */
  placeOf: (field: string) => string
}

type Options<schema extends z.ZodType> = {
  file: string
  schema: schema
  /** What to do where there is no such file. */
  advice?: string
}

/** Reads a YAML file and checks it; every mistake is reported with file, line and column, and what is accepted there. */
export function readConfig<schema extends z.ZodType>(options: Options<schema>): z.output<schema> {
  return openConfig(options).data
}

/** Reads a YAML file like `readConfig`, and keeps the way back to its lines. */
export function openConfig<schema extends z.ZodType>(
  options: Options<schema>,
): Opened<z.output<schema>> {
  const { file, schema, advice = 'Name one with --config.' } = options
  const lines = new LineCounter()
  const document = parseDocument(readText(file, advice), {
    lineCounter: lines,
    customTags: withoutHex,
  })
  const [mistake] = document.errors
  if (mistake) throw usage([`${at(file, lines, mistake.pos[0])}: ${firstLine(mistake.message)}`])

  const placeOf = (path: Path) => at(file, lines, offsetOf(document, path))
  const content: unknown = document.toJS() ?? {}
  const parsed = schema.safeParse(content, { reportInput: true })
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap(nearest)
    const meant = issues.flatMap((issue) => meantIn(issue, schema) ?? [])
    // A field under a wrong name is not missing as well.
    const own = issues.filter(({ path }) => {
      return valueAt(content, path) !== undefined || !meant.includes(String(path.at(-1)))
    })
    const told = own.map((issue) => {
      return `${placeOf(pathOf(issue))}: ${sentenceOf(issue, { schema, content, document })}`
    })
    throw usage([...new Set(told)])
  }
  const fields = content as { [field: string]: unknown }
  return {
    data: parsed.data,
    given: new Set(Object.keys(fields)),
    placeOf: (field) => placeOf([field]),
    refuse: (faults) =>
      usage(
        faults.map(({ field, problem, write }) => {
          const { description, example } = meaningAt(schema, [field])
          const input = fields[field]
          const told = faultOf({ name: field, input, source: sourceAt(document, [field]), problem })
          return `${placeOf([field])}: ${sentence({ told, name: field, write: write ?? example, description })}`
        }),
      ),
  }
}

/** Addresses and ids are written without quotes and must not become numbers. */
function withoutHex(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || tag.format !== 'HEX')
}

function readText(file: string, advice: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw usage([`There is no file to read at ${file}. ${advice}`])
  }
}

function at(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${file}:${line}:${col}`
}

/** What stands in the file at a path, as it was read. */
function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, name) => {
    return typeof at === 'object' && at !== null
      ? (at as Record<PropertyKey, unknown>)[name]
      : undefined
  }, content)
}

/** A field that should not be there is named by the issue, not by its path. */
function pathOf(issue: z.core.$ZodIssue): Path {
  if (issue.code === 'unrecognized_keys') return [...issue.path, issue.keys[0]!]
  return issue.path
}

/** Where a field stands; where it is missing, where the section stands that it belongs in. */
function offsetOf({ contents }: Document, path: Path): number {
  let node: unknown = contents
  let offset = 0
  for (const name of path) {
    if (isSeq(node)) {
      node = node.items[Number(name)]
      if (isNode(node)) offset = node.range?.[0] ?? offset
      continue
    }
    if (!isMap(node)) break
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(name))
    if (pair === undefined) break
    if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
    node = pair.value
  }
  return offset
}

/** Where several forms are taken and a section of one of them was meant, the faults within that section. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const isWithin = ({ path, code }: z.core.$ZodIssue) =>
    path.length > 0 || code === 'unrecognized_keys'
  const meant = issue.errors.find((branch) => branch.length > 0 && branch.every(isWithin))
  if (meant === undefined) return [issue]
  return meant.flatMap((each) => nearest({ ...each, path: [...issue.path, ...each.path] }))
}

/* WORDS */

function sentenceOf(
  issue: z.core.$ZodIssue,
  { schema, content, document }: { schema: z.ZodType; content: unknown; document: Document },
): string {
  const path = pathOf(issue)
  const name = path.join('.') || 'the file'
  if (issue.code === 'unrecognized_keys') {
    const meant = meantIn(issue, schema)
    if (meant !== undefined) return `${name} is no field of this file. Write \`${meant}\` for it.`
    return `${name} is no field of this file. Remove the line.`
  }
  const { description, example } = meaningAt(schema, path)
  const input = valueAt(content, issue.path)
  const source = sourceAt(document, issue.path)
  const told = faultOf({ name, input, source, problem: problemOf(issue) })
  if (typeof path.at(-1) !== 'number') {
    return sentence({ told, name: String(path.at(-1) ?? name), write: example, description })
  }
  // What an item of a list should be is said by an example of the list.
  const list = path.slice(0, -1)
  const meaning = meaningAt(schema, list)
  return sentence({
    told,
    name: String(list.at(-1)),
    write: meaning.example,
    description: meaning.description,
  })
}

/** What stands in the file at a path, letter by letter; undefined for lists, sections and what is not there. */
function sourceAt(document: Document, path: Path): string | undefined {
  const node = document.getIn(path, true)
  return isScalar(node) ? node.source : undefined
}

/** The name of a field that stands in for the one that was probably meant. */
function meantIn(issue: z.core.$ZodIssue, schema: z.ZodType): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  return nearestOf(issue.keys[0]!, namesIn(schema, issue.path))
}

function sentence(parts: {
  told: string
  name: string
  write: string | undefined
  description: string | undefined
}): string {
  const { told, name, write, description } = parts
  const fix = write === undefined ? '' : ` Write \`${name}: ${write}\`.`
  return `${told}.${fix}${description ? ` It takes: ${description}.` : ''}`
}

function faultOf(options: {
  name: string
  input: unknown
  source: string | undefined
  problem: string
}): string {
  const { name, input, source, problem } = options
  if (input === undefined) return `${name} is missing`
  const value = shown(name, input, source)
  return `${name} is wrong: ${problem}${value === undefined ? '' : `, and is ${value}`}`
}

/** Longer values than this are cut where they are shown. */
const MOST_SHOWN = 60

/** A value as it stands in the file; nothing of what may hold a key. */
function shown(name: string, input: unknown, source: string | undefined): string | undefined {
  if (/urls|reputers|password|keystore|secret/i.test(name)) return undefined
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object' && input !== null) return 'a section'
  // A number as the file writes it, with all its digits.
  const text = visible(
    typeof input === 'string' ? JSON.stringify(input) : (source ?? String(input)),
  )
  if (/:\/\//.test(text)) return undefined
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text
}

const kinds: { [kind: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list: each item on a line of its own after "- "',
  object: 'a section with fields of its own',
}

/** What a value must be, in words of people. */
function problemOf(issue: z.core.$ZodIssue): string {
  const isOurs = !/^(Invalid|Too (big|small)|Unrecognized)/.test(issue.message)
  if (isOurs) return firstLine(issue.message)
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
    case 'too_big':
      return `must be ${boundOf(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`
    case 'too_small':
      return `must be ${boundOf(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`
    case 'invalid_union':
      return issue.errors.length > 0 ? unionProblem(issue) : firstLine(issue.message)
    default:
      return firstLine(issue.message)
  }
}

function boundOf(origin: string, relation: string, bound: number | bigint): string {
  if (origin === 'string')
    return `${relation} ${bound} character${Number(bound) === 1 ? '' : 's'} long`
  if (origin === 'array') return `a list of ${relation} ${bound}`
  return `${relation} ${bound}`
}

/** Where several kinds are taken, the fault of the one that came nearest. */
function unionProblem(issue: z.core.$ZodIssueInvalidUnion): string {
  const own = issue.errors.flat().find(({ code }) => code !== 'invalid_type')
  if (own !== undefined) return problemOf(own)
  const types = issue.errors.flat().flatMap((each) => {
    return each.code === 'invalid_type' ? [kinds[each.expected] ?? each.expected] : []
  })
  return `must be ${[...new Set(types)].join(' or ')}`
}

/** The names of the fields that belong in the section at a path. */
function namesIn(schema: z.ZodType, path: Path): string[] {
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Section
  const found = path.reduce<Section | undefined>(
    (section, name) => section?.properties?.[String(name)] ?? section?.items,
    node,
  )
  return Object.keys(found?.properties ?? {})
}

type Section = { properties?: { [name: string]: Section }; items?: Section }

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]+$/, '')
}

function usage(lines: string[]): OperatorError {
  return new OperatorError('usage', lines.join('\n'))
}
