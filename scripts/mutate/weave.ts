import type { Edit, Mutant } from './findMutants.ts'
import { SWITCH } from '../suites/bring.ts'
import type { Build } from '../suites/readBuild.ts'

const switchText = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

library LiveMutant {}

function isLive__(uint256 number) pure returns (bool) {
    return liveMutant__() == number;
}

function liveMutant__() pure returns (uint256) {
    return uint160(address(LiveMutant));
}
`

type Placed = Edit & { number: number }
type Branch = { edit: Placed; inside: Branch[] }

/** The build's sources with all the mutants woven in, mutant `i` under the number `i + 1`. */
export function weave(build: Build, mutants: Mutant[]): Map<string, string> {
  const edits = new Map<string, Placed[]>()
  mutants.forEach((mutant, index) => {
    const list = edits.get(mutant.source) ?? []
    list.push(...mutant.edits.map((edit) => ({ ...edit, number: index + 1 })))
    edits.set(mutant.source, list)
  })

  const woven = new Map(build.sources)
  for (const [source, list] of edits) {
    woven.set(source, weaveOne(build.sources.get(source)!, list, assembliesOf(build, source)))
  }
  woven.set(SWITCH, switchText)
  return woven
}

function weaveOne(text: string, edits: Placed[], assemblies: [number, number][]): string {
  const bytes = Buffer.from(text)
  for (const [start, end] of assemblies) {
    const isTouched = edits.some(
      (edit) =>
        (edit.form === 'step' || edit.form === 'dropYul') && start <= edit.start && edit.end <= end,
    )
    if (isTouched) edits.push({ start, end, form: 'choice', text: '', number: 0 })
  }
  const header =
    /^import|^abstract|^contract|^library|^struct|^enum|^type|^\/\/\/|^using|^function|^uint/m
  const at = header.exec(text)?.index ?? text.length
  const body = render(bytes, 0, bytes.length, nest(edits))
  // The import goes to the front of the line where the code begins, after the pragma: ASCII up to there.
  return `${body.slice(0, at)}import {isLive__, liveMutant__} from "${SWITCH}";\n${body.slice(at)}`
}

/** Edits as a forest by what lies in what; of two with the same place one lies in the other. */
function nest(edits: Placed[]): Branch[] {
  const sorted = [...edits].sort(
    (a, b) => a.start - b.start || b.end - a.end || depthOf(a) - depthOf(b) || a.number - b.number,
  )
  const roots: Branch[] = []
  const open: Branch[] = []
  for (const edit of sorted) {
    const branch = { edit, inside: [] }
    while (open.length > 0 && open.at(-1)!.edit.end <= edit.start) open.pop()
    ;(open.at(-1)?.inside ?? roots).push(branch)
    open.push(branch)
  }
  return roots
}

/** Statements lie around expressions, and the block of assembly around what is in it. */
function depthOf({ number, form, original }: Placed): number {
  if (number === 0) return 0
  if (form === 'drop' || form === 'other' || form === 'dropYul') return 1
  // The one that gives the original another type, innermost.
  return original === undefined ? 2 : 3
}

function render(bytes: Buffer, start: number, end: number, branches: Branch[]): string {
  let out = ''
  let from = start
  for (const { edit, inside } of branches) {
    out += bytes.subarray(from, edit.start).toString()
    const isBare = inside.length === 0 && edit.original !== undefined
    const original = isBare ? edit.original! : render(bytes, edit.start, edit.end, inside)
    out += `/*M${edit.number}*/${formed(edit, original)}/*m${edit.number}*/`
    from = edit.end
  }
  return out + bytes.subarray(from, end).toString()
}

function formed({ form, text, number }: Placed, original: string): string {
  if (number === 0) return `{ uint256 live__ = liveMutant__(); ${original} }`
  switch (form) {
    case 'choice':
      return `(isLive__(${number}) ? ${text} : ${original})`
    case 'flip':
      return `(isLive__(${number}) != (${original}))`
    case 'never':
      return `(!isLive__(${number}) && (${original}))`
    case 'drop':
      return `{ if (!isLive__(${number})) { ${original} } }`
    case 'other':
      return `{ if (isLive__(${number})) { ${text} } else { ${original} } }`
    case 'step':
      return `add(${original}, eq(live__, ${number}))`
    case 'dropYul':
      return `if sub(live__, ${number}) { ${original} }`
  }
}

function assembliesOf(build: Build, source: string): [number, number][] {
  const found: [number, number][] = []
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look)
    if (typeof node !== 'object' || node === null) return
    const { nodeType, src } = node as { nodeType?: string; src?: string }
    if (nodeType === 'InlineAssembly' && src) {
      const [start, length] = src.split(':')
      found.push([Number(start), Number(start) + Number(length)])
      return
    }
    Object.values(node).forEach(look)
  }
  look(build.trees.get(source))
  return found
}

/** The mutants around a place of a woven text, the innermost first. */
export function mutantsAt(text: string, offset: number): number[] {
  const open: number[] = []
  for (const mark of text.slice(0, offset + 1).matchAll(/\/\*([Mm])(\d+)\*\//g)) {
    if (mark[1] === 'M') open.push(Number(mark[2]))
    else open.splice(open.lastIndexOf(Number(mark[2])), 1)
  }
  return open.reverse().filter((number) => number > 0)
}
