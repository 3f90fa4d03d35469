import { encodeCommit } from '../../../sdk/src/actions/commit.ts'
import { multicall } from '../../../sdk/src/actions/multicall.ts'
import { preparePublish } from '../../../sdk/src/actions/publish.ts'
import { prepareResolveAndSettle } from '../../../sdk/src/actions/resolveAndSettle.ts'
import { prepareReveal } from '../../../sdk/src/actions/reveal.ts'
import * as Schedule from '../../../sdk/src/math/schedule.ts'
import type { SealedPrediction } from '../../../sdk/src/sealing/seal.ts'
import type { Hardfork } from '../chain/hardforks.ts'
import type { Cost } from '../chain/Measured.ts'
import { startChain } from '../chain/startChain.ts'
import type { BatchedMode } from './Mode.ts'
import { openTopic } from './openTopic.ts'
import { predict } from './predict.ts'
import type { PhaseName, RoundCost } from './RoundCost.ts'
import type { Scene } from './Scene.ts'
import { WINDOW } from './termsOf.ts'
import { truthOf } from './truthOf.ts'

type Call = { phase: PhaseName; data: `0x${string}` }

/** By then every slot of the ring was used once, and the topic trusts its own errors. */
const WARM_AFTER = 11n
/** So far into a window everybody has said what is to be sent in it. */
const MOMENT = WINDOW / 4n
const NOTHING: Cost = { gas: 0, calldata: 0 }

/**
 * What a round costs in the long run where rounds follow one another in a row. Once a window a reputer sends what is due:
 * it settles the oldest round, publishes the next, reveals the third and commits the youngest, in one transaction. Each
 * phase is told by what it adds to the transaction; the first bears its base.
 */
export async function measureRow({
  hardfork,
  mode,
  workers,
}: {
  hardfork: Hardfork
  mode: BatchedMode
  workers: number
}): Promise<RoundCost> {
  const chain = await startChain({ hardfork, workers })
  try {
    const scene = await openTopic({ chain, mode, rhythm: 'row' })
    const sealed: SealedPrediction[][] = []
    for (let round = 0n; round < WARM_AFTER; round += 1n) {
      const calls = await callsIn({ scene, sealed, round })
      await multicall(chain.keeper, { calls: calls.map(({ data }) => data) })
    }
    return await shareOut({ scene, calls: await callsIn({ scene, sealed, round: WARM_AFTER }) })
  } finally {
    await chain.stop()
  }
}

/** What is due in the window in which a round opens. */
async function callsIn({
  scene,
  sealed,
  round: youngest,
}: {
  scene: Scene
  sealed: SealedPrediction[][]
  round: bigint
}): Promise<Call[]> {
  const { chain, topic, params, mode } = scene
  const { keeper, workers } = chain
  const isSealing = mode !== 'signedOnly'
  const toReveal = isSealing ? youngest - 1n : youngest
  const [toPublish, toSettle] = [toReveal - 1n, toReveal - 2n]
  const open = Schedule.openTime(params, youngest)
  const calls: Call[] = []

  const say = (client: (typeof workers)[number], i: number) =>
    predict({ scene, client, round: youngest, i })
  sealed.push(await Promise.all(workers.map(say)))
  await chain.goTo(open + 1n)
  const proof = await chain.tell({ value: truthOf(toSettle), at: open })
  await chain.goTo(open + MOMENT)

  if (toSettle >= 0n) {
    const key = { topic, round: toSettle, proof }
    calls.push({ phase: 'settle', data: (await prepareResolveAndSettle(keeper, key)).data })
  }
  if (toPublish >= 0n) {
    const { data } = await preparePublish(keeper, { topic, round: toPublish })
    calls.push({ phase: 'publish', data })
  }
  if (toReveal >= 0n) {
    const said = sealed[Number(toReveal)]!
    const openings = said.map(({ opening }) => opening)
    const lists = isSealing ? { commitments: said.map(({ commitment }) => commitment) } : {}
    const { data } = prepareReveal(keeper, { topic, round: toReveal, openings, ...lists })
    calls.push({ phase: 'reveal', data })
  }
  if (isSealing) {
    const commitments = sealed[Number(youngest)]!.map(({ commitment }) => commitment)
    const data = encodeCommit({ topic, round: youngest, commitments })
    calls.push({ phase: 'commit', data })
  }
  return calls
}

/** What each call adds to a transaction of all, found by sending one more each time. */
async function shareOut({
  scene: { chain },
  calls,
}: {
  scene: Scene
  calls: readonly Call[]
}): Promise<RoundCost> {
  const cost = { commit: NOTHING, reveal: NOTHING, publish: NOTHING, settle: NOTHING }
  let before = NOTHING
  for (const [i, { phase }] of calls.entries()) {
    const sent = { calls: calls.slice(0, i + 1).map(({ data }) => data) }
    const after = await chain.rehearse(() => multicall(chain.keeper, sent))
    cost[phase] = { gas: after.gas - before.gas, calldata: after.calldata - before.calldata }
    before = after
  }
  return cost
}
