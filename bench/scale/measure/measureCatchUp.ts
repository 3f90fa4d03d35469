import { accountOf, commit, reveal } from '@auspex/sdk'
import type { RoundStatus } from '@auspex/sdk'
import * as Schedule from '@auspex/sdk/maths'
import type { Ticked } from '../node/messages.ts'
import { startNode } from '../node/startNode.ts'
import type { Node } from '../node/startNode.ts'
import { expectAll } from '../play/expectAll.ts'
import { publishRound } from '../play/playRound.ts'
import { predictAll } from '../play/predictAll.ts'
import { tellWhile } from '../play/progress.ts'
import { measure } from '../play/Spent.ts'
import type { Spent } from '../play/Spent.ts'
import { tellTruth } from '../play/tellTruth.ts'
import type { Scene } from '../topics/openTopics.ts'
import { countStatuses } from './countStatuses.ts'

const HOUR = 3_600n
const BLOCK = 12n
/** Predictions of the round before the hour: it shall not last as long as the rounds that are measured. */
const MOST_WORDS = 16_384
/** Far beyond what any backlog takes. */
const MOST_TICKS = 20

export type CatchUp = {
  missedSeconds: number
  missedBlocks: number
  /** Workers of each topic that had spoken in the round before. */
  seats: number
  /** Rounds of all topics that waited for a transaction when the reputer came back. */
  overdue: number
  /** Until the process could be asked to look, and until a look found nothing left to do. */
  start: Spent
  work: Spent
  /** Looks until nothing was left; the last one found that. */
  ticks: number
  /** What still waited then. */
  overdueAfter: number
  settled: number
  published: number
  /** Rounds that workers had revealed alone, settled when their truth was known. */
  settledLater: number
  /** Rounds nobody revealed: nothing was at stake in them. */
  empty: number
}

/**
 * The reputer is killed after it published a round, and comes back an hour later. Meanwhile the truth of that round has
 * come, two rounds have passed unasked, and in a third the first worker of every topic committed and revealed alone.
 */
export async function measureCatchUp({
  scene,
  name,
  node,
  round: played,
}: {
  scene: Scene
  name: string
  node: Node
  /** The round after the last one that was played. */
  round: number
}): Promise<CatchUp> {
  const { topics } = scene
  const round = BigInt(played)
  const last = round + HOUR / scene.params.cadence
  const seats = Math.min(scene.seats, Math.ceil(MOST_WORDS / topics.length))
  await publishRound({ scene, node, round, seats })
  await node.kill()
  const missedBlocks = await missAnHour({ scene, round, last })

  const before = await overdueOf({ scene, round, last })
  scene.world.tell(`topics ${topics.length}: the reputer comes back, ${before} rounds are overdue`)
  const { chain } = scene.world
  const { spent: start, result: back } = await measure(chain, () => startNode({ scene, name }))
  const { spent: work, result: ticks } = await tellWhile(scene.world, {
    what: `topics ${topics.length} to be caught up`,
    work: () => measure(chain, () => tickUntilIdle(back)),
  })

  const overdueAfter = await overdueOf({ scene, round, last })
  const { settled = 0 } = await countStatuses({ scene, round })
  const { published = 0 } = await countStatuses({ scene, round: last })
  const settledLater = await settleLast({ scene, node: back, round: last })
  await back.stop()

  const empty = topics.length * Number(last - round - 1n)
  return {
    ...{ missedSeconds: Number(HOUR), missedBlocks, seats, overdue: before, start, work, ticks },
    ...{ overdueAfter, settled, published, settledLater, empty },
  }
}

type Missed = { scene: Scene; round: bigint; last: bigint }

/** Gives the number of blocks that were mined. */
async function missAnHour({ scene, round, last }: Missed): Promise<number> {
  const { world, params } = scene
  const { chain } = world
  const before = await chain.public.getBlockNumber()
  const backAt = chain.now() + HOUR
  const words = await predictAll({ scene, round: last, seats: 1 })
  await chain.pass(Schedule.targetTime(params, round) + BLOCK, BLOCK)
  await tellTruth({ scene, round })

  await chain.pass(Schedule.openTime(params, last), BLOCK)
  const sealed = []
  for (const { client, topic, entry } of words) {
    const key = { topic, round: last }
    const { committer, seals } = await commit(client, { ...key, commitments: [entry] })
    sealed.push({
      client,
      key,
      committer,
      seals,
      openings: [{ worker: accountOf(client), ...entry }],
    })
  }
  await chain.pass(Schedule.revealTime(params, last), BLOCK)
  for (const { client, key, ...said } of sealed) await reveal(client, { ...key, ...said })
  await chain.pass(backAt, BLOCK)
  return Number((await chain.public.getBlockNumber()) - before)
}

/** Rounds that wait for a transaction by now: published ones whose truth is known, revealed ones on no feed. */
async function overdueOf({ scene, round, last }: Missed): Promise<number> {
  const waiting: readonly RoundStatus[] = ['published', 'resolved']
  const settling = await countStatuses({ scene, round })
  const publishing = await countStatuses({ scene, round: last })
  return waiting.reduce((sum, status) => sum + (settling[status] ?? 0), publishing.open ?? 0)
}

async function tickUntilIdle(node: Node): Promise<number> {
  for (let ticks = 1; ticks <= MOST_TICKS; ticks++) {
    if (isIdle(await node.tick())) return ticks
  }
  throw new Error(`The reputer is still busy after ${MOST_TICKS} looks`)
}

function isIdle({ counts, reasons }: Ticked): boolean {
  if (counts.failed) throw new Error(`The reputer failed: ${reasons.join('; ')}`)
  return Object.keys(counts).every((status) => status === 'idle')
}

async function settleLast({
  scene,
  node,
  round,
}: {
  scene: Scene
  node: Node
  round: bigint
}): Promise<number> {
  const topics = scene.topics.length
  await tellTruth({ scene, round })
  expectAll({ ticked: await node.tick(), status: 'settled', topics })
  const { settled = 0 } = await countStatuses({ scene, round })
  return settled
}
