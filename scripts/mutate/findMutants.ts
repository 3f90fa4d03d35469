import { createHash } from 'node:crypto'
import type { Build, Node } from '../suites/readBuild.ts'

/**
 * How an edit is woven into the source, beside the original:
 * - choice: an expression or the other, `(isLive(n) ? other : original)`
 * - flip: a condition or its opposite, `(isLive(n) != (original))`
 * - never: a condition or false, `(!isLive(n) && (original))`
 * - drop: a statement or nothing, `if (!isLive(n)) { original }`
 * - other: a statement or another, `if (isLive(n)) { other } else { original }`
 * - step: a number of inline assembly or the next one, `add(original, eq(live, n))`
 * - dropYul: a statement of inline assembly or nothing, `if sub(live, n) { original }`
 */
export type Form = 'choice' | 'flip' | 'never' | 'drop' | 'other' | 'step' | 'dropYul'

/** Offsets are in bytes. */
export type Edit = {
  start: number
  end: number
  form: Form
  text: string
  /** What stands in the original's place where it needs a type of its own. */
  original?: string
}

export type Mutant = {
  /** Names the mutant while its function and file keep their names and the code around it its form. */
  key: string
  /** The compiler's name of the file, and the path in the repository. */
  source: string
  file: string
  line: number
  where: string
  operator: string
  original: string
  mutated: string
  edits: Edit[]
}

type Walk = {
  source: string
  file: string
  bytes: Buffer
  enums: Map<number, string[]>
  constants: Set<number>
  out: Omit<Mutant, 'key'>[]
}

/** Every mutant of the files, in the order of the code. */
export function findMutants(build: Build, files: string[]): Mutant[] {
  const all: Omit<Mutant, 'key'>[] = []
  for (const file of files) {
    const source = build.nameOf.get(file)!
    const tree = build.trees.get(source)
    if (!tree) continue
    const walk: Walk = {
      source,
      file,
      bytes: Buffer.from(build.sources.get(source)!),
      enums: new Map(),
      constants: new Set(),
      out: [],
    }
    for (const other of build.trees.values()) learnNames(other, walk)
    visit(tree, [], walk)
    all.push(...walk.out)
  }
  return withKeys(all)
}

/** Mutants that read the same in the same function are told apart by their number there. */
function withKeys(mutants: Omit<Mutant, 'key'>[]): Mutant[] {
  const seen = new Map<string, number>()
  return mutants.map((mutant) => {
    const { file, where, operator, original, mutated } = mutant
    const text = [file.split('/').at(-1), where, operator, original, mutated].join('\n')
    const count = seen.get(text) ?? 0
    seen.set(text, count + 1)
    const key = createHash('sha256').update(`${text}\n${count}`).digest('hex').slice(0, 12)
    return { key, ...mutant }
  })
}

/* NAMES */

/** Ids of declarations are of one build: those of other builds never meet a reference, or meet the same code. */
function learnNames(node: unknown, walk: Walk): void {
  if (Array.isArray(node)) for (const child of node) learnNames(child, walk)
  if (!isNode(node)) return
  if (node.nodeType === 'EnumDefinition' && node.id !== undefined) {
    walk.enums.set(
      node.id,
      (node['members'] as Node[]).map((member) => member['name'] as string),
    )
  }
  if (!['SourceUnit', 'ContractDefinition'].includes(node.nodeType)) return
  learnNames(node['nodes'], walk)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value && 'src' in value
}

/* WALK */

const skipped = new Set([
  'ArrayTypeName',
  'ElementaryTypeName',
  'EnumDefinition',
  'ErrorDefinition',
  'EventDefinition',
  'ImportDirective',
  'InheritanceSpecifier',
  'Mapping',
  'ModifierInvocation',
  'PragmaDirective',
  'StructDefinition',
  'StructuredDocumentation',
  'UserDefinedTypeName',
  'UserDefinedValueTypeDefinition',
  'UsingForDirective',
])

function visit(node: Node, above: Node[], walk: Walk): void {
  if (skipped.has(node.nodeType)) return
  if (node.nodeType === 'ContractDefinition' && node['contractKind'] === 'interface') return
  if (node.nodeType === 'VariableDeclaration' && node['constant'] === true) return

  mutate(node, above, walk)
  const path = [...above, node]
  for (const [field, value] of Object.entries(node)) {
    if (field === 'externalReferences' || field === 'parameters') continue
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, path, walk)
    }
  }
}

function mutate(node: Node, above: Node[], walk: Walk): void {
  const parent = above.at(-1)
  switch (node.nodeType) {
    case 'BinaryOperation':
      return ofOperation(node, above, walk)
    case 'UnaryOperation':
      return ofUnary(node, parent, above, walk)
    case 'Literal':
      return ofLiteral(node, parent, above, walk)
    case 'Identifier':
      return ofConstant(node, parent, above, walk)
    case 'MemberAccess':
      return ofMember(node, above, walk)
    case 'FunctionCall':
      return ofCall(node, above, walk)
    case 'IfStatement':
      return ofCondition(node, above, walk)
    case 'ExpressionStatement':
      return ofStatement(node, parent, above, walk)
    case 'EmitStatement':
    case 'RevertStatement':
    case 'Continue':
    case 'Break':
      return drop(
        node,
        `remove ${node.nodeType.replace('Statement', '').toLowerCase()}`,
        above,
        walk,
      )
    case 'YulLiteral':
      return ofYulLiteral(node, parent, above, walk)
    case 'YulExpressionStatement':
    case 'YulAssignment':
      return add(walk, node, above, 'remove assembly', [span(node, 'dropYul', '')], '')
  }
}

/* OPERATORS */

const replaced: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '/',
  '<<': '>>',
  '>>': '<<',
  '&': '|',
  '|': '&',
  '^': '|',
}

function ofOperation(node: Node, above: Node[], walk: Walk): void {
  const operator = node['operator'] as string
  const other = replaced[operator]
  const [left, right] = [node['leftExpression'] as Node, node['rightExpression'] as Node]
  if (!other || isRational(node)) return

  const between = walk.bytes.subarray(endOf(left), startOf(right)).toString()
  const text = textOf(left, walk) + between.replace(operator, other) + textOf(right, walk)
  add(walk, node, above, `${operator} to ${other}`, [span(node, 'choice', text)], text)
}

function ofUnary(node: Node, parent: Node | undefined, above: Node[], walk: Walk): void {
  const operand = node['subExpression'] as Node
  const text = textOf(operand, walk)
  if (['!', '-', '~'].includes(node['operator'] as string) && !isRational(node)) {
    add(walk, node, above, `remove ${String(node['operator'])}`, [span(node, 'choice', text)], text)
  }
  // An argument that counts on, `put(list, count++, x)`.
  if (['++', '--'].includes(node['operator'] as string) && parent?.nodeType === 'FunctionCall') {
    add(walk, node, above, 'remove step', [span(node, 'choice', text)], text)
  }
}

function ofLiteral(node: Node, parent: Node | undefined, above: Node[], walk: Walk): void {
  const type = typeOf(node)
  const text = textOf(node, walk)
  if (type === 'bool') {
    const other = text === 'true' ? 'false' : 'true'
    return add(walk, node, above, 'other constant', [span(node, 'choice', other)], other)
  }
  if (!/^int_const/.test(type) || isHex20(text) || !parent) return
  if (parent.nodeType === 'UnaryOperation' || parent['kind'] === 'typeConversion') return

  let wrap = (inner: string) => inner
  if (parent.nodeType === 'BinaryOperation') {
    if (isRational(parent) || parent['operator'] === '**') return
    const isShift = ['<<', '>>'].includes(parent['operator'] as string)
    const common = (parent['commonType'] as { typeString: string }).typeString
    if (isShift && parent['leftExpression'] === node && !/^u?int256$/.test(common)) return
    if (!/^u?int\d+$/.test(common)) return
    if (!isShift || parent['leftExpression'] === node) wrap = (inner) => `${common}(${inner})`
  }
  for (const step of ['+ 1', '- 1']) {
    if (step === '- 1' && /^0(x0+)?$/.test(text)) continue
    const next = wrap(`${text} ${step}`)
    // Both ways take the type of the original, so that without a live mutant nothing changes.
    const edit = { ...span(node, 'choice', next), original: wrap(text) }
    add(walk, node, above, `constant ${step}`, [edit], `${text} ${step}`)
  }
}

function ofConstant(node: Node, parent: Node | undefined, above: Node[], walk: Walk): void {
  const name = textOf(node, walk)
  if (!/^[A-Z][A-Z0-9_]+$/.test(name) || !/^u?int\d+$/.test(typeOf(node))) return
  if (parent?.nodeType === 'MemberAccess') return
  for (const step of ['+ 1', '- 1']) {
    add(
      walk,
      node,
      above,
      `constant ${step}`,
      [span(node, 'choice', `${name} ${step}`)],
      `${name} ${step}`,
    )
  }
}

function ofMember(node: Node, above: Node[], walk: Walk): void {
  const owner = node['expression'] as Node
  const text = textOf(node, walk)
  const member = node['memberName'] as string
  if (/^type\(u?int\d+\)\.(max|min)$/.test(text)) {
    const next = `${text} ${member === 'max' ? '- 1' : '+ 1'}`
    return add(walk, node, above, 'other bound', [span(node, 'choice', next)], next)
  }
  if (!/^type\(enum /.test(typeOf(owner))) return

  const members = walk.enums.get(owner['referencedDeclaration'] as number)
  if (!members?.includes(member)) return
  const next = members[(members.indexOf(member) + 1) % members.length]!
  const changed = `${textOf(owner, walk)}.${next}`
  add(walk, node, above, 'other member', [span(node, 'choice', changed)], changed)
}

/* CALLS */

function ofCall(node: Node, above: Node[], walk: Walk): void {
  const callee = node['expression'] as Node
  const args = node['arguments'] as Node[]
  const name = textOf(callee, walk)
  if (node['kind'] === 'typeConversion') return

  const extreme = /^(.*)\.(min|max)$/.exec(name)
  if (extreme && args.length === 2) {
    const other = `${extreme[1]}.${extreme[2] === 'min' ? 'max' : 'min'}`
    const swapped = `${other}(${textOf(args[0]!, walk)}, ${textOf(args[1]!, walk)})`
    add(walk, node, above, `${extreme[2]} swapped`, [span(node, 'choice', swapped)], swapped)
    for (const arg of args) {
      if (isRational(arg)) continue
      const bare = textOf(arg, walk)
      add(walk, node, above, `remove ${extreme[2]}`, [span(node, 'choice', bare)], bare)
    }
    return
  }
  for (let i = 0; i + 1 < args.length; i++) {
    const [one, other] = [args[i]!, args[i + 1]!]
    if (typeOf(one) !== typeOf(other) || isRational(one) || isRational(other)) continue
    const [first, second] = [textOf(one, walk), textOf(other, walk)]
    if (first === second) continue
    add(
      walk,
      node,
      above,
      'arguments swapped',
      [span(one, 'choice', second), span(other, 'choice', first)],
      `${name}(.. ${second}, ${first} ..)`,
    )
  }
}

/* STATEMENTS */

function ofCondition(node: Node, above: Node[], walk: Walk): void {
  const condition = node['condition'] as Node
  const text = textOf(condition, walk)
  add(walk, condition, above, 'negate', [span(condition, 'flip', '')], `!(${text})`)
  add(walk, condition, above, 'never', [span(condition, 'never', '')], 'false')
}

function ofStatement(node: Node, parent: Node | undefined, above: Node[], walk: Walk): void {
  if (parent?.nodeType === 'ForStatement') return
  const inner = node['expression'] as Node
  if (inner.nodeType === 'Assignment') {
    const left = inner['leftHandSide'] as Node
    // What points somewhere must point somewhere.
    if (/storage|calldata/.test(typeOf(left))) return
    const operator = inner['operator'] as string
    const other: Record<string, string> = {
      '+=': '-=',
      '-=': '+=',
      '|=': '&=',
      '&=': '|=',
      '^=': '|=',
    }
    if (other[operator]) {
      const right = textOf(inner['rightHandSide'] as Node, walk)
      const text = `${textOf(left, walk)} ${other[operator]} ${right}`
      const edit: Edit = { ...statement(node, walk), form: 'other', text: `${text};` }
      add(walk, node, above, `${operator} to ${other[operator]}`, [edit], text)
    }
    return drop(node, 'remove assignment', above, walk)
  }
  const isRequire =
    inner.nodeType === 'FunctionCall' && textOf(inner['expression'] as Node, walk) === 'require'
  drop(node, isRequire ? 'remove require' : 'remove call', above, walk)
}

function drop(node: Node, operator: string, above: Node[], walk: Walk): void {
  add(walk, node, above, operator, [{ ...statement(node, walk), form: 'drop', text: '' }], '')
}

/** A statement with its semicolon, which its node leaves out. */
function statement(node: Node, walk: Walk): { start: number; end: number } {
  const end = walk.bytes.indexOf(';', endOf(node)) + 1
  return { start: startOf(node), end }
}

function ofYulLiteral(node: Node, parent: Node | undefined, above: Node[], walk: Walk): void {
  if (node['kind'] !== 'number' || parent?.nodeType !== 'YulFunctionCall') return
  add(walk, node, above, 'constant + 1', [span(node, 'step', '')], `${textOf(node, walk)} + 1`)
}

/* PARTS */

function add(
  walk: Walk,
  node: Node,
  above: Node[],
  operator: string,
  edits: Edit[],
  mutated: string,
): void {
  if (!above.some(({ nodeType }) => nodeType === 'FunctionDefinition')) return
  const owner = above.find(({ nodeType }) => nodeType === 'FunctionDefinition')!
  const before = walk.bytes.subarray(0, startOf(node)).toString()
  walk.out.push({
    source: walk.source,
    file: walk.file,
    line: before.split('\n').length,
    where: (owner['name'] as string) || (owner['kind'] as string),
    operator,
    original: oneLine(textOf(node, walk)),
    mutated: oneLine(mutated),
    edits,
  })
}

function span(node: Node, form: Form, text: string): Edit {
  return { start: startOf(node), end: endOf(node), form, text }
}

function textOf(node: Node, walk: Walk): string {
  return walk.bytes.subarray(startOf(node), endOf(node)).toString()
}

function startOf(node: Node): number {
  return Number(node.src.split(':')[0])
}

function endOf(node: Node): number {
  const [start, length] = node.src.split(':')
  return Number(start) + Number(length)
}

function typeOf(node: Node): string {
  return (node['typeDescriptions'] as { typeString?: string } | undefined)?.typeString ?? ''
}

/** Known while compiling, without a type of its own. */
function isRational(node: Node): boolean {
  return /^(int|rational)_const/.test(typeOf(node))
}

function isHex20(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
