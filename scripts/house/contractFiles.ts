import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Address, Hex } from 'viem'

/** One step of a `debug_trace...` answer. */
type Step = { pc: number; op: string; depth: number; stack: readonly string[] }
type Trace = { structLogs: readonly Step[] }

/** A contract of ours: where it stands, and what it was compiled from. */
type Deployed = { name: string; address: Address }

type Range = { start: number; end: number }
/** For each program counter the source it comes from; for each source the bodies of its functions. */
type Code = {
  places: Map<number, { source: number; offset: number }>
  sources: Map<number, Source>
}
type Source = { file: string; bodies: Range[] }
type Node = { nodeType?: string; src?: string; body?: Node | null; [key: string]: unknown }

const calls = ['CALL', 'STATICCALL', 'DELEGATECALL', 'CALLCODE']

/**
 * The optimiser keeps code that several functions have in common once, and names one of them as its source: so few
 * instructions of a file were not executed for its own sake.
 */
const SHARED = 2

/** The files under contracts/ with a function whose body was executed, by the compiler's source maps. */
export async function contractFilesIn(options: {
  traces: readonly { to: Address; trace: Trace }[]
  deployed: readonly Deployed[]
}): Promise<string[]> {
  const codes = new Map<string, Code>()
  for (const { name, address } of options.deployed) {
    codes.set(address.toLowerCase(), await codeOf(name))
  }

  const executed = new Map<string, Set<number>>()
  for (const { to, trace } of options.traces) {
    for (const { address, pc } of stepsOf(to, trace)) {
      const code = codes.get(address)
      const place = code?.places.get(pc)
      const source = place && code?.sources.get(place.source)
      const isInside = ({ start, end }: Range) => start <= place!.offset && place!.offset < end
      if (!source?.bodies.some(isInside)) continue
      executed.set(source.file, (executed.get(source.file) ?? new Set()).add(pc))
    }
  }
  const files = [...executed].filter(([, places]) => places.size > SHARED).map(([file]) => file)
  return files.sort()
}

/** Each step with the address whose code runs. */
function* stepsOf(to: Address, { structLogs }: Trace) {
  const running: string[] = [to.toLowerCase()]
  for (const { pc, op, depth, stack } of structLogs) {
    running.length = Math.min(running.length, depth)
    yield { address: running[depth - 1]!, pc }
    const target = stack.at(-2)?.replace(/^0x/, '').padStart(64, '0').slice(24)
    if (calls.includes(op)) running[depth] = `0x${target}`.toLowerCase()
  }
}

/** A compiled contract's map from program counters to sources. */
async function codeOf(name: string): Promise<Code> {
  const root = new URL('../../artifacts/', import.meta.url)
  const artifact = await readJson(new URL(`contracts/${name}.sol/${name}.json`, root))
  const { buildInfoId, inputSourceName } = artifact as Record<string, string>
  const { output } = (await readJson(
    new URL(`build-info/${buildInfoId}.output.json`, root),
  )) as Output
  const { object, sourceMap } = output.contracts[inputSourceName!]![name]!.evm.deployedBytecode

  const sources = new Map<number, Source>()
  for (const [file, { id, ast }] of Object.entries(output.sources)) {
    if (!file.startsWith('project/contracts/')) continue
    sources.set(id, { file: file.replace('project/', ''), bodies: [...bodiesIn(ast)] })
  }
  return { places: placesOf(object, sourceMap), sources }
}

type Output = {
  output: {
    contracts: Record<string, Record<string, { evm: { deployedBytecode: Bytecode } }>>
    sources: Record<string, { id: number; ast: Node }>
  }
}
type Bytecode = { object: string; sourceMap: string }

async function readJson(file: URL): Promise<unknown> {
  return JSON.parse(await readFile(fileURLToPath(file), 'utf8'))
}

function* bodiesIn(node: unknown): Generator<Range> {
  if (Array.isArray(node)) for (const each of node) yield* bodiesIn(each)
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return
  const { nodeType, body } = node as Node
  if (nodeType === 'FunctionDefinition' && body?.src) {
    const [start, length] = body.src.split(':').map(Number)
    yield { start: start!, end: start! + length! }
  }
  for (const each of Object.values(node)) yield* bodiesIn(each)
}

/** Solidity's compressed source map: one entry an instruction, empty fields repeat the entry before. */
function placesOf(object: string, sourceMap: string): Code['places'] {
  const places: Code['places'] = new Map()
  let [offset, source, pc] = [0, -1, 0]
  for (const entry of sourceMap.split(';')) {
    const [start, , file] = entry.split(':')
    if (start) offset = Number(start)
    if (file) source = Number(file)
    places.set(pc, { source, offset })
    const opcode = parseInt(object.slice(pc * 2, pc * 2 + 2), 16)
    // PUSH1 to PUSH32 carry their bytes with them.
    pc += 1 + (opcode >= 0x60 && opcode <= 0x7f ? opcode - 0x5f : 0)
  }
  return places
}

type Request = (method: string, params: readonly unknown[]) => Promise<unknown>

/** What the chain executed for a transaction. */
export async function traceOf(request: Request, hash: Hex): Promise<Trace> {
  const options = { disableStorage: true, disableMemory: true }
  return (await request('debug_traceTransaction', [hash, options])) as Trace
}
