import { followed, openTwinTopic } from '@auspex/sdk/maths'
import type { TwinRound } from '@auspex/sdk/maths'
import type { TopicParams } from '@auspex/sdk'
import type { PastTruth } from './lookAtTruth.ts'

const LAZY = 'lazy'
const FULL = 10_000n
const DAY = 86_400n
/** Rates that are tried for the reference, basis points. */
const RATES = [100n, 300n, 1000n, 3000n, 10_000n]

/**
 * What a worker without a model, which repeats the newest truth that is public, would have gained a day over past rounds of a
 * source, alone in the topic, base units; and what of that its pool would have lost. By the contracts' own arithmetic.
 */
export function gainOfLazy(
  params: TopicParams,
  { past, pool, stake }: { past: readonly PastTruth[]; pool: bigint; stake: bigint },
): { perDay: bigint; poolPerDay: bigint } {
  const { horizon, commitWindow, cadence } = params
  const [first] = past
  if (first === undefined) return { perDay: 0n, poolPerDay: 0n }

  const twin = openTwinTopic({ terms: { ...params, center: first.value }, pool })
  twin.deposit(LAZY, stake)
  const waiting: { round: TwinRound; truth: PastTruth }[] = []
  const settleUntil = (time: bigint) => {
    while (waiting.length > 0 && waiting[0]!.truth.targetTime <= time) {
      const { round, truth } = waiting.shift()!
      twin.settle(round, truth.value)
    }
  }
  past.forEach((truth, i) => {
    const opened = truth.targetTime - horizon
    settleUntil(opened)
    const known = past.findLast(({ targetTime }) => targetTime <= opened + commitWindow)
    if (known === undefined) return
    const said = [{ worker: LAZY, value: known.value, confidence: FULL }]
    waiting.push({ round: twin.publish(twin.commit(BigInt(i), said)), truth })
  })
  settleUntil(2n ** 64n)

  const perDay = (amount: bigint) => (amount * DAY) / (cadence * BigInt(past.length))
  return { perDay: perDay(twin.stakeOf(LAZY) - stake), poolPerDay: perDay(pool - twin.pool) }
}

/** How far a reference of some rate lay from the truths of past rounds, mean of the distances. */
export function errorOfReference(
  params: Pick<TopicParams, 'horizon'>,
  { past, rateBps }: { past: readonly PastTruth[]; rateBps: bigint },
): bigint {
  let [sum, count] = [0n, 0n]
  for (const { targetTime, value } of past) {
    const known = past.filter((each) => each.targetTime <= targetTime - params.horizon)
    const [first, ...later] = known
    if (first === undefined) continue
    const reference = later.reduce((at, each) => followed(at, each.value, rateBps), first.value)
    sum += value > reference ? value - reference : reference - value
    count += 1n
  }
  return count === 0n ? 0n : sum / count
}

/** The rate whose reference lay nearest to past truths; undefined where too few are known to tell. */
export function bestRate(
  params: Pick<TopicParams, 'horizon'>,
  past: readonly PastTruth[],
): { rateBps: bigint; error: bigint } | undefined {
  if (past.length < 8) return undefined
  const tried = RATES.map((rateBps) => ({
    rateBps,
    error: errorOfReference(params, { past, rateBps }),
  }))
  return tried.reduce((best, each) => (each.error < best.error ? each : best))
}
