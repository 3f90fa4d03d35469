/*
 * A throw-away chain with real node processes on it. Their way to the chain leads through proxies that misbehave when a
 * scenario says so, and what came of it is read from the chain itself, past the proxies.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAddressEqual } from 'viem'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { getRevealed, getRound, getSealLists } from '@auspex/sdk'
import type { AuspexClient, RoundStatus, TopicParams } from '@auspex/sdk'
import { newKeystore, secret } from '@auspex/workers'
import {
  deployOn,
  freePort,
  keyOf,
  leapTo,
  openTopic,
  seatWorkers,
  startAnvil,
  pause,
} from './anvil.ts'
import { startFaultProxy } from './faultProxy.ts'
import type { FaultProxy } from './faultProxy.ts'
import { heapOf } from './heapOf.ts'

const MAIN = new URL('../../cli/bin/auspex.js', import.meta.url).pathname
const PASSWORD = 'correct horse battery'
const ONE = 10n ** 18n
/** Anvil's accounts: 0 deploys, workers from here, reputers from there, an owner of money verbs. */
const WORKERS_FROM = 1
const REPUTERS_FROM = 10
export const OWNER = 18
const SPECTATOR = 19
/** Characters of a log that have the lines of the round that is played. */
const NEWEST = 10_000
/** A machine that a dozen nodes start on at once is slow. */
const START_MS = 600_000

export type Node = {
  name: string
  role: 'worker' | 'reputer'
  address: Address
  port: number
  /** What it logged since it was first started. */
  log: () => string
  kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number>
  start: () => Promise<void>
  isRunning: () => boolean
  /** Its exit code, once it has ended. */
  ended: () => Promise<number>
  /** Bytes of heap after a forced collection; undefined where the stage is not inspected. */
  heap: () => Promise<number | undefined>
}

/** What the chain shows of the rounds that were played. What was missed or done twice must be zero. */
export type Tally = {
  rounds: number
  settled: number
  missedReveals: number
  doubleCommits: number
  doubleSpends: number
  /** How long a node's loop was held up, of a thousand times the longest but one, milliseconds: the worst node's. */
  loopDelayMs: number
}

export type Stage = NonNullable<Awaited<ReturnType<typeof openStage>>>

/** The way of one round, in which a scenario can do something between two of its phases. */
export type Moment = 'opened' | 'committed' | 'revealing' | 'revealed' | 'published' | 'settled'

/** Sets a stage; undefined where no chain can be started here. */
export async function openStage(options: {
  workers: number
  reputers: number
  /** Endpoints each node is given; the first goes through `proxies[0]`, and so on. */
  endpoints?: number
  /** Milliseconds between a node's looks at the chain. */
  pollMs?: number
  /** Whether nodes can be asked for their heaps. */
  isInspected?: boolean
  terms?: Partial<TopicParams>
  log?: (line: string) => void
}) {
  const { workers, reputers, endpoints = 1, pollMs = 100, isInspected = false } = options
  const { terms = {}, log = () => {} } = options
  const anvil = await startAnvil()
  if (anvil === undefined) return undefined

  const folder = mkdtempSync(join(tmpdir(), 'auspex-chaos-'))
  writeFileSync(join(folder, 'password'), `${PASSWORD}\n`, { mode: 0o600 })
  const deployed = await deployOn(anvil)
  const proxies: FaultProxy[] = []
  for (let i = 0; i < endpoints; i++) {
    proxies.push(await startFaultProxy({ target: anvil.url, path: `/k3y-0f-an-0perat0r-${i}` }))
  }
  const { topic, params } = await openTopic(anvil, deployed, { minWorkers: 1n, ...terms })
  const clients: AuspexClient[] = []
  for (let i = 0; i < workers; i++) clients.push(await deployed.clientOf(WORKERS_FROM + i))
  await seatWorkers(anvil, { topic, workers: clients })
  const spectator = await deployed.clientOf(SPECTATOR)
  const nodes: Node[] = []

  const place = (urls: readonly string[]) => `
chain:
  id: ${anvil.chainId}
  urls: [${urls.map((url) => `'${url}'`).join(', ')}]
  network: '${deployed.network}'
pollMs: ${pollMs}`

  async function keysOf(name: string, index: number): Promise<string> {
    const file = join(folder, `${name}.json`)
    await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(index), cost: 1024 })
    return `keys: { keystore: ${name}.json, passwordFile: password }\ndataDir: ${name}`
  }

  function write(name: string, text: string): string {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, text)
    return file
  }

  /** `name` is its folder's and its files' too; `index` its key's, which another node may have as well. */
  async function addNode(
    role: Node['role'],
    { name, index, more }: { name: string; index: number; more: string },
  ): Promise<Node> {
    const port = await freePort()
    const urls = proxies.map(({ url }) => url)
    const text = `${place(urls)}\n${await keysOf(name, index)}\nhttp: { port: ${port} }\n${more}`
    const { address } = privateKeyToAccount(keyOf(index))
    const config = write(name, text)
    const node = nodeOf({ name, role, port, address, config, isInspected })
    nodes.push(node)
    await node.start()
    return node
  }

  /** A worker with the key of worker `of`, which asks the reputers named by their places, the first one first. */
  async function addWorker(options: {
    of: number
    reputers: readonly number[]
    name?: string
    confidence?: number
  }): Promise<Node> {
    const { of, name = `worker-${of}`, confidence = 0.5 } = options
    const asked = options.reputers.map((place) => `'${desks[place]}'`).join(', ')
    const more = `topic: '${topic}'
source: { kind: sample }
question: close
model: lastValue
confidence: ${confidence}
reputers: [${asked}]`
    return addNode('worker', { name, index: of + WORKERS_FROM, more })
  }

  const desks: string[] = []
  for (let i = 0; i < reputers; i++) {
    const more = `topics: [{ id: '${topic}', truth: { kind: feed } }]`
    const name = `reputer-${i}`
    const node = await addNode('reputer', { name, index: i + REPUTERS_FROM, more })
    desks.push(`http://127.0.0.1:${node.port}`)
  }
  await Promise.all(
    clients.map((_, i) => {
      const all = desks.map((_, place) => (place + i) % desks.length)
      return addWorker({ of: i, reputers: all })
    }),
  )

  const statusOf = async (round: bigint): Promise<RoundStatus> =>
    (await getRound(spectator, { topic, round })).status
  const revealedIn = async (round: bigint) =>
    (await getRevealed(spectator, { topic, round })).workers.length
  const handedIn = (round: bigint) => {
    const line = new RegExp(`"round":"${round}".*"prediction\\.(handed|committed)"`)
    return nodes.filter((node) => line.test(node.log().slice(-NEWEST))).length
  }
  const sealedIn = async (round: bigint) => {
    const lists = await getSealLists(spectator, { topic, round })
    return lists.flatMap(({ seals }) => seals).length
  }

  const played: { round: bigint; sealed: number; revealed: number; status: RoundStatus }[] = []

  /** Plays a round to its end; `at` is called between its phases. Waits for nothing longer than `limitMs`. */
  async function play(
    round: bigint,
    {
      at,
      limitMs = 30_000,
      handInMs = 400,
    }: {
      at?: (moment: Moment) => Promise<unknown>
      limitMs?: number
      /** How long workers have to hand in before half of the window is over. */
      handInMs?: number
    } = {},
  ): Promise<void> {
    /** Waits for a state of the round, lets the scenario do its worst, and waits for the state again. */
    const reach = async (moment: Moment, holds: () => Promise<boolean>): Promise<void> => {
      await within(limitMs, holds)
      await at?.(moment)
      await within(limitMs, holds)
    }
    const open = params.start + round * params.cadence
    const target = open + params.horizon
    await leapTo(anvil!, open)
    await at?.('opened')
    // Half of the window: a reputer sends its list then, complete or not.
    await within(handInMs, async () => handedIn(round) >= workers)
    await leapPast(open + params.commitWindow / 2n + 1n)
    await reach('committed', async () => (await sealedIn(round)) >= workers)
    await leapPast(open + params.commitWindow)
    await at?.('revealing')
    await reach('revealed', async () => (await revealedIn(round)) >= workers)
    await leapPast(open + params.commitWindow + params.revealWindow)
    await reach('published', async () => (await statusOf(round)) === 'published')
    const value = truthOf(round)
    const tellTruth = async () => {
      await deployed.push(value, target)
      await leapPast(target + 1n)
      await deployed.push(value, target + 1n)
    }
    await tellTruth()
    const isSettled = async () => (await statusOf(round)) === 'settled'
    await within(limitMs, isSettled)
    await at?.('settled')
    // What the chain took back may include the truth, which no node of ours tells.
    if (!(await isSettled())) await tellTruth().catch(() => {})
    await within(limitMs, isSettled)
    const [sealed, revealed, status] = [
      await sealedIn(round),
      await revealedIn(round),
      await statusOf(round),
    ]
    played.push({ round, sealed, revealed, status })
    log(`round ${round}: ${sealed} sealed, ${revealed} revealed, ${status}`)
  }

  /** Time never leaps back, whatever the chain took back. */
  async function leapPast(time: bigint): Promise<void> {
    const { timestamp } = await anvil!.chain.getBlock()
    if (timestamp < time) await leapTo(anvil!, time)
  }

  let worstLoopMs = 0
  async function noteLoops(): Promise<void> {
    const delays = await Promise.all(nodes.map(loopDelayOf))
    worstLoopMs = Math.max(worstLoopMs, ...delays)
  }

  async function tally(): Promise<Tally> {
    await noteLoops()
    const repeats = await repeatedIn(anvil!, nodes, deployed.network)
    return {
      rounds: played.length,
      settled: played.filter(({ status }) => status === 'settled').length,
      missedReveals: played.reduce((sum, { sealed, revealed }) => sum + sealed - revealed, 0),
      doubleCommits: played.reduce((sum, { sealed }) => sum + Math.max(0, sealed - workers), 0),
      doubleSpends: repeats,
      loopDelayMs: Math.round(worstLoopMs),
    }
  }

  async function close(): Promise<void> {
    await Promise.all(nodes.map((node) => node.isRunning() && node.kill('SIGKILL')))
    await Promise.all(proxies.map((proxy) => proxy.close()))
    anvil!.stop()
    rmSync(folder, { recursive: true, force: true })
  }

  /** Runs a command of the owner's key through the proxies, to its end or until it is killed. */
  async function command(args: readonly string[], { killAfterMs }: { killAfterMs?: number } = {}) {
    await deployed.clientOf(OWNER)
    const config = write('owner', `${place(proxies.map(({ url }) => url))}\n${await ownerKeys()}`)
    return runCommand([...args, '--json', '--config', config], killAfterMs)
  }

  let keysMade: Promise<string> | undefined
  const ownerKeys = () => (keysMade ??= keysOf('owner', OWNER))

  return {
    anvil,
    deployed,
    topic,
    params,
    spectator,
    proxies,
    nodes,
    addWorker,
    folder,
    play,
    leapPast,
    /** Whether a round's list shows so many commitments. */
    sealedIn,
    /** What a scenario has to say beside its tally. */
    notes: [] as string[],
    noteLoops,
    tally,
    close,
    command,
  }
}

/** What the feed says of a round. */
export function truthOf(round: bigint): bigint {
  return 3000n * ONE + round
}

/** Takes the newest blocks back; what stood in them is gone, and new ones stand in their place. */
export async function reorganise({ anvil }: Pick<Stage, 'anvil'>, depth: number): Promise<void> {
  const { timestamp } = await anvil.chain.getBlock()
  await anvil.chain.request({ method: 'anvil_reorg', params: [depth, []] } as never)
  // Anvil dates the new blocks by its own clock; on chains that people use time goes on.
  await leapTo(anvil, timestamp + 1n)
}

/**
 * Mines on, and takes so many blocks back that the newest one of now is the deepest of them. Its window is open still: what a
 * chain takes back after that nobody can say once more.
 */
export async function takeBack(stage: Pick<Stage, 'anvil'>, depth: number): Promise<void> {
  for (let block = 1; block < depth; block++) await stage.anvil.chain.mine({ blocks: 1 })
  await reorganise(stage, depth)
}

/** What a node says of its loop, milliseconds; zero where it does not answer. */
async function loopDelayOf({ port, isRunning }: Node): Promise<number> {
  if (!isRunning()) return 0
  const text = await fetch(`http://127.0.0.1:${port}/metrics`)
    .then((response) => response.text())
    .catch(() => '')
  const [, seconds] = /^auspex_eventloop_delay_p999_seconds\S* (\S+)$/m.exec(text) ?? []
  return Number(seconds ?? 0) * 1000
}

export type Ran = { code: number; output: string; errors: string }

/** Runs `auspex` to its end, or kills it like a power cut. */
export function runCommand(args: readonly string[], killAfterMs?: number): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [output, errors] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)))
    if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    child.once('close', (code) => resolve({ code: code ?? 137, output, errors }))
  })
}

function nodeOf(options: {
  name: string
  role: Node['role']
  port: number
  address: Address
  config: string
  isInspected: boolean
}): Node {
  const { name, role, port, address, config, isInspected } = options
  let child: ChildProcess | undefined
  let exited: Promise<number> | undefined
  let text = ''

  async function start(): Promise<void> {
    const began = text.length
    const inspector = isInspected ? ['--inspect=127.0.0.1:0'] : []
    const args = [...inspector, MAIN, role, 'start', '--json', '--config', config]
    const own = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    child = own
    own.stderr.on('data', (chunk: Buffer) => (text += String(chunk)))
    exited = new Promise((resolve) => own.once('exit', (code) => resolve(code ?? 137)))
    let code: number | undefined
    void exited.then((ended) => (code = ended))
    const isUp = () => text.slice(began).includes('"node.started"')
    await within(START_MS, async () => isUp() || code !== undefined)
    if (!isUp()) throw new Error(`${name} did not start (exit ${code}): ${text.slice(began)}`)
  }

  return {
    name,
    role,
    address,
    port,
    log: () => text,
    start,
    kill: (signal) => {
      child?.kill(signal)
      return exited ?? Promise.resolve(0)
    },
    ended: () => exited ?? Promise.resolve(0),
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    heap: async () => {
      const urls = [...text.matchAll(/Debugger listening on (ws:\S+)/g)]
      const url = urls.at(-1)?.[1]
      return url === undefined ? undefined : heapOf(url)
    },
  }
}

/** Whether something came true in time. A scenario goes on where it did not: the tally shows what follows. */
export async function within(limitMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const endsAt = Date.now() + limitMs
  for (;;) {
    if (await holds().catch(() => false)) return true
    if (Date.now() > endsAt) return false
    await pause(50)
  }
}

/** Transactions with the same effect that an account of a node had mined more than once with success. */
async function repeatedIn(
  { chain }: NonNullable<Awaited<ReturnType<typeof startAnvil>>>,
  nodes: readonly Node[],
  network: Address,
): Promise<number> {
  const seen = new Set<string>()
  let repeats = 0
  const head = await chain.getBlockNumber()
  for (let number = 0n; number <= head; number++) {
    const { transactions } = await chain.getBlock({
      blockNumber: number,
      includeTransactions: true,
    })
    for (const { hash, from, to, input } of transactions) {
      const isOwn = nodes.some(({ address }) => isAddressEqual(address, from))
      if (!isOwn || to === null || !isAddressEqual(to, network)) continue
      const { status } = await chain.getTransactionReceipt({ hash: hash as Hex })
      const key = `${from} ${input}`
      if (status === 'success' && seen.has(key)) repeats += 1
      if (status === 'success') seen.add(key)
    }
  }
  return repeats
}
