import { readFileSync } from 'node:fs'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Tags } from 'yaml'
import type { z } from 'zod'
import { OperatorError } from '@auspex/workers'
import { descriptionAt } from './descriptionAt.ts'

type Path = readonly PropertyKey[]

/** Reads a YAML file and checks it; every mistake is told with file, line and column, and what belongs there. */
export function readConfig<schema extends z.ZodType>(options: {
  file: string
  schema: schema
  /** What to do where there is no such file. */
  advice?: string
}): z.output<schema> {
  const { file, schema, advice = 'Name one with --config.' } = options
  const lines = new LineCounter()
  const document = parseDocument(readText(file, advice), {
    lineCounter: lines,
    customTags: withoutHex,
  })
  const [mistake] = document.errors
  if (mistake) throw usage([`${at(file, lines, mistake.pos[0])}: ${firstLine(mistake.message)}`])

  const parsed = schema.safeParse(document.toJS() ?? {}, { reportInput: true })
  if (parsed.success) return parsed.data

  throw usage(
    parsed.error.issues.map((issue) => {
      const offset = offsetOf(document, pathOf(issue))
      return `${at(file, lines, offset)}: ${sentenceOf(issue, schema)}`
    }),
  )
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

function sentenceOf(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const path = pathOf(issue)
  const name = path.join('.') || 'the file'
  if (issue.code === 'unrecognized_keys') {
    return `${name} is no field of this file. Remove it, or correct its name.`
  }
  const what = issue.input === undefined ? 'is missing' : `is wrong: ${firstLine(issue.message)}`
  const meaning = descriptionAt(schema, path)
  return `${name} ${what}.${meaning ? ` It takes: ${meaning}.` : ''}`
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]+$/, '')
}

function usage(lines: string[]): OperatorError {
  return new OperatorError('usage', lines.join('\n'))
}
