import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toFunctionSelector } from 'viem'
import type { Abi, AbiParameter } from 'viem'

const require = createRequire(import.meta.url)
const root = fileURLToPath(new URL('../..', import.meta.url))

type Notes = { notice?: string; details?: string; params?: Record<string, string> }
type Doc = Notes & {
  title?: string
  methods?: Record<string, Notes & { returns?: Record<string, string> }>
  events?: Record<string, Notes>
  errors?: Record<string, Notes[]>
}
type Compiled = { abi: Abi; userdoc: Doc; devdoc: Doc }
type Item = Extract<Abi[number], { type: 'function' | 'error' | 'event' }>

/** The text of docs/api/contracts.md: what the interfaces say, and of each contract what it adds to them. */
export function contractsPage(): string {
  const compiled = compileDocs()
  const interfaces = compiled.filter(([file]) => file.startsWith('contracts/interfaces/'))
  const spoken = new Set(interfaces.flatMap(([, , { abi }]) => itemsOf(abi).map(signatureOf)))
  const chapters = compiled.map(([file, name, contract]) => {
    const isInterface = file.startsWith('contracts/interfaces/')
    return chapterOf(file, name, contract, isInterface ? new Set() : spoken)
  })
  return [
    '# Contracts',
    '',
    'Every verb, event and error of the contracts, from their NatSpec. Contracts list only what their interfaces do not have.',
    'Written by `npm run docs`.',
    '',
    ...chapters.filter((chapter) => chapter !== ''),
  ].join('\n')
}

/** The documentation of every interface, and of every contract that somebody deploys or inherits. */
function compileDocs(): [string, string, Compiled][] {
  const rooms = 'contracts/{interfaces,feeds,models,stake,truth}/*.sol'
  const files = [...globSync(rooms, { cwd: root }), 'contracts/TopicNetwork.sol'].sort()
  const { compile } = require('solc') as {
    compile: (input: string, callbacks: { import: (path: string) => object }) => string
  }
  const sources = Object.fromEntries(files.map((file) => [file, { content: textOf(file) }]))
  const settings = { outputSelection: { '*': { '*': ['abi', 'userdoc', 'devdoc'] } } }
  const input = JSON.stringify({ language: 'Solidity', sources, settings })
  const output = JSON.parse(compile(input, { import: importOf })) as {
    contracts: Record<string, Record<string, Compiled>>
  }
  return files.flatMap((file) =>
    Object.entries(output.contracts[file] ?? {}).map(
      ([name, contract]): [string, string, Compiled] => [file, name, contract],
    ),
  )
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function importOf(path: string): { contents: string } | { error: string } {
  for (const folder of ['', 'node_modules']) {
    try {
      return { contents: textOf(join(folder, path)) }
    } catch {
      continue
    }
  }
  return { error: `${path} is not there` }
}

function chapterOf(file: string, name: string, contract: Compiled, spoken: Set<string>): string {
  const { abi, userdoc, devdoc } = contract
  const items = itemsOf(abi).filter((item) => !spoken.has(signatureOf(item)))
  const constructor = abi.find((item) => item.type === 'constructor')
  if (items.length === 0 && constructor === undefined) return ''

  const rows = items.map((item) => {
    const key = signatureOf(item)
    const [said, noted] = [userdoc, devdoc].map((doc) => notesOf(doc, item, key))
    return `| ${item.type} | ${headOf(item)} | ${cell(said?.notice, noted)} |`
  })
  const built = devdoc.methods?.['constructor']
  const making = constructor?.inputs.length && [
    `| constructor | \`constructor(${listOf(constructor.inputs)})\` | ${cell(userdoc.methods?.['constructor']?.notice, built)} |`,
  ]
  return [
    `## ${name}`,
    '',
    `\`${file}\``,
    '',
    [devdoc.title, userdoc.notice, devdoc.details].filter(Boolean).join(' '),
    '',
    '|   | name | what it does, and what to know |',
    '|---|---|---|',
    ...(making || []),
    ...rows,
    '',
  ].join('\n')
}

function itemsOf(abi: Abi): Item[] {
  const kinds = { function: 0, event: 1, error: 2 }
  const items = abi.filter((item): item is Item => Object.hasOwn(kinds, item.type))
  return items.sort((a, b) => kinds[a.type] - kinds[b.type])
}

function notesOf(doc: Doc, item: Item, key: string): (Notes & { returns?: object }) | undefined {
  if (item.type === 'function') return doc.methods?.[key]
  return item.type === 'event' ? doc.events?.[key] : doc.errors?.[key]?.[0]
}

function headOf(item: Item): string {
  const call = `\`${item.name}(${listOf(item.inputs)})\``
  return item.type === 'event' ? call : `${call} \`${toFunctionSelector(signatureOf(item))}\``
}

function listOf(inputs: readonly AbiParameter[]): string {
  return inputs.map(({ name }) => name ?? '').join(', ')
}

function signatureOf(item: Item): string {
  return `${item.name}(${item.inputs.map(typeOf).join(',')})`
}

function typeOf(parameter: AbiParameter): string {
  if (!parameter.type.startsWith('tuple')) return parameter.type
  const { components } = parameter as AbiParameter & { components: readonly AbiParameter[] }
  return `(${components.map(typeOf).join(',')})${parameter.type.slice('tuple'.length)}`
}

function cell(notice?: string, noted?: Notes & { returns?: object }): string {
  const named = (notes: object = {}) =>
    Object.entries(notes).map(([name, note]) => `<br>_${name}_: ${String(note)}`)
  const parts = [notice, noted?.details].filter(Boolean).join(' ')
  const all = [parts, ...named(noted?.params), ...named(noted?.returns)].join('')
  return all.replaceAll('|', '\\|').replaceAll('\n', ' ') || '-'
}
