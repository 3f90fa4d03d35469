import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** A node of the compiler's syntax tree; `src` is "offset:length:file", in bytes. */
export type Node = { nodeType: string; src: string; id?: number; [field: string]: unknown }

export type LinkReferences = Record<string, Record<string, { start: number; length: number }[]>>

export type Artifact = {
  contractName: string
  sourceName: string
  inputSourceName: string
  buildInfoId: string
  abi: { type: string; name?: string; inputs?: unknown[] }[]
  bytecode: string
  deployedBytecode: string
  linkReferences: LinkReferences
  deployedLinkReferences: LinkReferences
}

export type Build = {
  remappings: string[]
  /** Every source the build took in, by the compiler's name for it. */
  sources: Map<string, string>
  /** Path in the repository of a source, and the reverse. */
  pathOf: Map<string, string>
  nameOf: Map<string, string>
  trees: Map<string, Node>
  artifacts: Artifact[]
}

/** What is mutated: the network, its desk, stages, libraries and types, wherever they lie below contracts. */
const mutated = 'contracts/**/*.sol'
const spared = /^contracts\/(?:interfaces|mocks|examples|feeds|testing|truth)\//

/** Tests that call the libraries themselves, and so have to be compiled from the mutated sources. */
const direct = 'test/unit/{maths,memory,storage,types}/**/*.t.sol'

export class StaleBuild extends Error {}

/** Reads sources, syntax trees and artifacts of the last build; refuses one that is not of today's sources. */
export function readBuild(): Build {
  const build: Build = {
    remappings: [],
    sources: new Map(),
    pathOf: new Map(),
    nameOf: new Map(),
    trees: new Map(),
    artifacts: [],
  }
  for (const file of globSync('artifacts/{contracts,test}/**/*.json', { cwd: ROOT })) {
    if (!file.endsWith('.dbg.json')) build.artifacts.push(readJson(file) as Artifact)
  }
  const remappings = new Set<string>()
  // The network's own build first: its trees refer to each other.
  const first = build.artifacts.find(({ contractName }) => contractName === 'TopicNetwork')
  const ids = [first, ...build.artifacts].map((artifact) => artifact!.buildInfoId)
  for (const id of new Set(ids)) {
    // What a build took in besides may have changed since; of what was built by it, it holds today's source.
    const own = new Set(
      build.artifacts.filter(({ buildInfoId }) => buildInfoId === id).map((a) => a.inputSourceName),
    )
    for (const remapping of take(build, `artifacts/build-info/${id}`, own))
      remappings.add(remapping)
  }
  build.remappings = [...remappings]
  requireFresh(build)
  return build
}

type BuildInfo = {
  userSourceNameMap: Record<string, string>
  input: { sources: Record<string, { content: string }>; settings: { remappings?: string[] } }
}
type BuildOutput = { output: { sources: Record<string, { ast: Node }> } }

function take(build: Build, path: string, own: Set<string>): string[] {
  const info = readJson(`${path}.json`) as BuildInfo
  const { output } = readJson(`${path}.output.json`) as BuildOutput
  for (const [name, { content }] of Object.entries(info.input.sources)) {
    if (own.has(name) || !build.sources.has(name)) build.sources.set(name, content)
    const ast = output.sources[name]?.ast
    if (ast && !build.trees.has(name)) build.trees.set(name, ast)
    const local = /^project\/(.+)$/.exec(name)?.[1]
    if (!local) continue
    build.pathOf.set(name, local)
    build.nameOf.set(local, name)
  }
  return info.input.settings.remappings ?? []
}

function requireFresh(build: Build): void {
  for (const path of [...mutatedFiles(), ...globSync('test/**/*.sol', { cwd: ROOT })]) {
    const name = build.nameOf.get(path)
    if (name && build.sources.get(name) === readFileSync(join(ROOT, path), 'utf8')) continue
    throw new StaleBuild(`${path} is not in the last build as it stands. Run: npm run compile`)
  }
}

export function mutatedFiles(): string[] {
  return globSync(mutated, { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !spared.test(file))
    .sort()
}

export function directSuites(): string[] {
  return globSync(direct, { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'))
}

/** Whether an artifact is a contract that tests deploy by name, with mutated code in it. */
export function isDeployed(artifact: Artifact, files: Set<string>): boolean {
  return files.has(artifact.sourceName) && artifact.bytecode.length > 2 && !isBareLibrary(artifact)
}

/** An internal library compiles to a few bytes that nobody calls. */
function isBareLibrary(artifact: Artifact): boolean {
  return !artifact.abi.some(({ type }) => type === 'function')
}

/** One hash of all files that match, names included. */
export function hashOf(files: string[]): string {
  const hash = createHash('sha256')
  for (const file of [...files].sort()) hash.update(file).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex').slice(0, 16)
}

export function nameOf({ sourceName, contractName }: Artifact): string {
  return `${sourceName}:${contractName}`
}

/** A contract of tests. */
export function isTest({ abi, sourceName, bytecode }: Artifact): boolean {
  const has = abi.some(({ type, name }) => type === 'function' && /^(test|invariant)/.test(name!))
  return sourceName.endsWith('.t.sol') && bytecode.length > 2 && has
}

/** Tests that come to the mutants: compiled with them, or deploying the network by its name. */
export function isSuite(artifact: Artifact, woven: Set<string>): boolean {
  const isWoven = woven.has(nameOf(artifact)) || artifact.bytecode.includes(deploysNetwork)
  return isTest(artifact) && isWoven
}

const deploysNetwork = Buffer.from('TopicNetwork.sol:TopicNetwork').toString('hex')

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'))
}
