import { isDeepStrictEqual } from 'node:util'
import {
  getOutcome,
  getPosition,
  getRevealed,
  getTopic,
  learningOf,
  unpackPrediction,
} from '@auspex/sdk'
import { openTwinTopic } from '@auspex/sdk/maths'
import type { TwinTopic } from '@auspex/sdk/maths'
import { flaky, hang } from './faultProxy.ts'
import type { Scenario } from './scenario.ts'
import type { Moment, Node, Stage } from './stage.ts'
import { takeBack, truthOf } from './stage.ts'

/** How often what is done to the nodes, in rounds. */
type Rhythm = { kill: number; hang: number; reorg: number }

const USUAL: Rhythm = { kill: 20, hang: 30, reorg: 50 }
const SHORT: Rhythm = { kill: 2, hang: 3, reorg: 4 }
/** Below so many rounds a soak is a short one, which has each fault at least once. */
const LONG = 100
const DEEPEST = 8
/** Rounds whose heaps are compared: a hundred when all is warm, and the last hundred. */
const COMPARED = 100
const MOST_GROWTH = 0.05
/** How long a phase may take on a machine that a dozen nodes share; chain time waits for it. */
const LONGEST_MS = 600_000
/** So that chain time never leaves workers behind that merely share a slow machine. */
const HAND_IN_MS = 20_000
const MIB = 2 ** 20

/**
 * Many rounds in a row with all at once: one answer in twenty fails, a node is killed every twentieth round, the chain takes
 * blocks back every fiftieth, an endpoint hangs every thirtieth. A twin of the topic without a chain plays along, and must have
 * the same in the end, to the last unit. Ends early, and counts what it has, on SIGINT.
 */
export function soakOf(rounds: number): Scenario {
  const isShort = rounds < LONG
  const rhythm = isShort ? SHORT : USUAL
  const size = isShort ? { workers: 2, reputers: 1 } : { workers: 8, reputers: 3 }
  return {
    name: `soak-${rounds}`,
    says: `${rounds} rounds with errors, kills, hangs and reorganisations`,
    stage: { ...size, endpoints: 2, pollMs: isShort ? 250 : 400, isInspected: true },
    play: (stage) => soak(stage, rounds, rhythm),
  }
}

async function soak(stage: Stage, rounds: number, rhythm: Rhythm): Promise<void> {
  const { proxies, nodes, params, spectator, topic, notes } = stage
  proxies.forEach(({ faults }, i) => faults.push(flaky({ share: 0.05, seed: i + 1 })))
  const twin = openTwinTopic({ terms: params, pool: 0n })
  for (const { address } of nodes.filter(({ role }) => role === 'worker')) {
    twin.deposit(address, (await getPosition(spectator, { topic, worker: address })).stake)
  }
  // The first of each role is never killed, so that its heap tells what a long life leaves behind.
  const [worker, reputer] = ['worker', 'reputer'].map((each) => nodes.find((n) => n.role === each)!)
  const heaps = new Map([worker!, reputer!].map((node) => [node, [] as number[]]))
  const spared = nodes.length > 3 ? [worker, reputer] : [worker]
  const victims = nodes.filter((node) => !spared.includes(node))
  const took: number[] = []
  let kills = 0
  let isStopped = false
  process.once('SIGINT', () => (isStopped = true))

  for (let round = 0; round < rounds && !isStopped; round++) {
    const began = Date.now()
    const at = async (moment: Moment) => {
      const isTurn = (length: number) => round % length === length - 1
      const [first] = proxies
      if (moment === 'opened' && isTurn(rhythm.hang)) first!.faults.unshift(hang)
      if (moment === 'revealed' && isTurn(rhythm.hang)) first!.faults.shift()
      if (moment === 'committed' && isTurn(rhythm.reorg)) {
        await takeBack(stage, 1 + (round % DEEPEST))
      }
      if (moment !== 'committed' || !isTurn(rhythm.kill)) return
      const victim = victims[kills++ % victims.length]!
      await stage.noteLoops()
      await victim.kill('SIGKILL')
      await victim.start()
    }
    await stage.play(BigInt(round), { at, limitMs: LONGEST_MS, handInMs: HAND_IN_MS })
    took.push(Date.now() - began)
    await playAlong(stage, twin, BigInt(round))
    for (const [node, own] of heaps) own.push((await node.heap()) ?? NaN)
  }

  await requireSame(stage, twin)
  notes.push(`twin: equal in ${took.length} rounds, to the last unit of every stake and record`)
  notes.push(`a round took ${(median(took) / 1000).toFixed(1)} s (median); ${kills} nodes killed`)
  for (const [node, own] of heaps) notes.push(heapNote(node, own))
}

/** The twin takes what the chain recorded of a round's predictions, and must find what the chain found. */
async function playAlong(
  { spectator, topic }: Stage,
  twin: TwinTopic,
  round: bigint,
): Promise<void> {
  const { workers, predictions } = await getRevealed(spectator, { topic, round })
  const said = workers.map((worker, i) => {
    const { value, confidence } = unpackPrediction(predictions[i]!)
    return { worker, value, confidence }
  })
  const published = twin.publish(twin.commit(round, said))
  const outcome = await getOutcome(spectator, { topic, round })
  requireEqual(`the aggregate of round ${round}`, outcome?.value, published.aggregate.value)
  twin.settle(published, truthOf(round))
}

async function requireSame({ spectator, topic, nodes }: Stage, twin: TwinTopic): Promise<void> {
  const { rule, center, sigma, pool } = twin
  const state = await getTopic(spectator, { topic })
  requireEqual(
    'the topic',
    [learningOf(state), state.era, state.usual, state.center, state.sigma, state.pool],
    [rule.learning, rule.era, rule.usual, center, sigma, pool],
  )
  for (const { address, name } of nodes.filter(({ role }) => role === 'worker')) {
    const { stake, regret, energy, count, era } = await getPosition(spectator, {
      topic,
      worker: address,
    })
    const record = rule.workers.get(address) ?? { regret: 0n, energy: 0n, count: 0n, era: 0n }
    requireEqual(
      `the stake and record of ${name}`,
      [stake, { regret, energy, count, era }],
      [twin.stakeOf(address), record],
    )
  }
}

function requireEqual(what: string, chain: unknown, twin: unknown): void {
  if (isDeepStrictEqual(chain, twin)) return
  const written = (each: unknown) =>
    JSON.stringify(each, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
  throw new Error(`Chain and twin differ in ${what}: ${written(chain)}, ${written(twin)}`)
}

/** Throws where a long life leaves more behind than it should. */
function heapNote({ name }: Node, heaps: readonly number[]): string {
  const early = heaps.slice(COMPARED, 2 * COMPARED)
  const late = heaps.slice(-COMPARED)
  if (heaps.length < 3 * COMPARED) {
    return `heap of ${name} after a forced collection: ${mib(heaps[0]!)} at first, ${mib(heaps.at(-1)!)} in the end`
  }
  const growth = median(late) / median(early) - 1
  const words = `heap of ${name} after a forced collection: median ${mib(median(early))} in rounds ${COMPARED} to ${2 * COMPARED}, ${mib(median(late))} in the last ${COMPARED} (${(growth * 100).toFixed(1)} %)`
  if (growth > MOST_GROWTH) throw new Error(words)
  return words
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].filter((each) => !Number.isNaN(each)).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
