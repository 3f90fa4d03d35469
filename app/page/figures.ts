/* Figures of a topic that follow from its rows. */
import type { Departure } from '@auspex/sdk/maths'
import { numberOf, tokens } from './formats.ts'
import type { Prediction, Round, Topic } from './types.ts'

/** Why a round came to nothing, by what it had reached. */
export function voidReason(
  { terms }: Pick<Topic, 'terms'>,
  round: Pick<Round, 'round' | 'revealed' | 'committed' | 'value'>,
  said: readonly Pick<Prediction, 'round' | 'wager'>[],
): string {
  const { revealed, committed } = round
  if (round.value !== null) return 'no truth arrived before its deadline'
  const least = Number(terms.minWorkers)
  if (revealed < least) {
    return `${revealed} of ${committed} predictions were revealed, and it needs ${least}`
  }
  const wagers = said.filter((each) => each.round === round.round).map(({ wager }) => BigInt(wager))
  const risked = wagers.reduce((sum, each) => sum + each, 0n)
  if (risked < BigInt(terms.minWager!)) {
    return `${tokens(risked)} tokens were at risk, and it needs ${tokens(terms.minWager)}`
  }
  return 'nobody published it before its target'
}

/** Rounds until the pool is empty at the mean cost of the settled rounds; undefined where it does not shrink. */
export function runOutOf(
  { pool }: Pick<Topic, 'pool'>,
  rounds: readonly Pick<Round, 'poolChange'>[],
): number | undefined {
  const changes = rounds.flatMap(({ poolChange }) => numberOf(poolChange) ?? [])
  const cost = -changes.reduce((sum, each) => sum + each, 0) / changes.length
  return cost > 0 ? Math.floor(numberOf(pool) / cost) : undefined
}

/**
 * What one more worker has to wager, and to stake at full confidence, for the value to move by the round's sigma towards the
 * farther end of the clamp: a share s of the money moves it by s times the distance to that end, so s/(1 - s) of the wagers of
 * the others are needed. A third of the value is the most that anyone holds. Undefined where that does not suffice.
 */
export function moveOf(
  { terms }: Pick<Topic, 'terms'>,
  round: Pick<Round, 'value' | 'clipLow' | 'clipHigh' | 'wagers' | 'sigma'>,
): { wager: number; stake: number } | undefined {
  const [value, low, high, wagers] = [round.value, round.clipLow, round.clipHigh, round.wagers].map(
    (text) => numberOf(text),
  )
  if (value == null || low == null || high == null || wagers == null) return undefined
  const share = numberOf(round.sigma) / Math.max(high - value, value - low)
  if (!(share < 1 / 3)) return undefined
  const wager = (wagers * share) / (1 - share)
  return { wager, stake: (wager * 10_000) / Number(terms.riskBps) }
}

/** In each settled round the value of the worker with the least mean squared error before it; null in the first. */
export function bestSoFar(
  settled: readonly Pick<Round, 'round' | 'truth'>[],
  said: readonly Pick<Prediction, 'round' | 'worker' | 'value'>[],
): (number | null)[] {
  const byRound = new Map<number, typeof said>()
  for (const each of said) byRound.set(each.round, [...(byRound.get(each.round) ?? []), each])
  const errors = new Map<string, { sum: number; count: number }>()
  return settled.map(({ round, truth }) => {
    const present = byRound.get(round) ?? []
    let best: { mean: number; value: number } | undefined
    for (const { worker, value } of present) {
      const past = errors.get(worker)
      if (past && (!best || past.sum / past.count < best.mean)) {
        best = { mean: past.sum / past.count, value: numberOf(value) }
      }
    }
    for (const { worker, value } of present) {
      const past = errors.get(worker) ?? { sum: 0, count: 0 }
      const error = (numberOf(value) - numberOf(truth)!) ** 2
      errors.set(worker, { sum: past.sum + error, count: past.count + 1 })
    }
    return best?.value ?? null
  })
}

/** What workers said beside the aggregates of the rounds that have one. */
export function departuresOf(
  rounds: readonly Pick<Round, 'round' | 'value'>[],
  said: readonly Pick<Prediction, 'round' | 'worker' | 'value'>[],
): Departure[] {
  const published = new Map(rounds.map(({ round, value }) => [round, numberOf(value)]))
  return said.flatMap(({ round, worker, value }) => {
    const aggregate = published.get(round)
    if (aggregate == null) return []
    return [{ worker, round: BigInt(round), residual: numberOf(value) - aggregate }]
  })
}
