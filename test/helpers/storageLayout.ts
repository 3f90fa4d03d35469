import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '../..')

export type Field = { label: string; slot: string; offset: number; type: string }
export type Layout = {
  storage: Field[]
  types: Record<string, { label: string; numberOfBytes: string; members?: Field[] }>
}

/** Where a contract keeps what, as the compiler lays it out; types by name and not by their place in the source. */
export function layoutOf(part: string): Layout {
  const file = globSync(`contracts/**/${part}.sol`, { cwd: root })[0]!
  const { compile } = require('solc') as {
    compile: (input: string, callbacks: { import: (path: string) => object }) => string
  }
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: readFileSync(join(root, file), 'utf8') } },
    settings: { outputSelection: { [file]: { [part]: ['storageLayout'] } } },
  }
  const output = JSON.parse(compile(JSON.stringify(input), { import: importOf })) as {
    contracts: Record<string, Record<string, { storageLayout: Layout }>>
  }
  const { storage, types } = output.contracts[file]![part]!.storageLayout
  const named = JSON.stringify({ storage, types }, (key, value: unknown) =>
    key === 'astId' || key === 'contract' ? undefined : value,
  )
  return JSON.parse(named.replace(/\)\d+/g, ')')) as Layout
}

function importOf(path: string): { contents: string } | { error: string } {
  for (const folder of [root, join(root, 'node_modules')]) {
    try {
      return { contents: readFileSync(join(folder, path), 'utf8') }
    } catch {
      continue
    }
  }
  return { error: `${path} is not there` }
}
