/* Figures of a topic that follow from its rows. */
import { numberOf, tokens } from './formats.ts'
import type { Prediction, Round, Topic } from './types.ts'

/** Rounds that two workers must have in common. */
export const FEWEST = 8
/** Workers that the matrix shows. */
const MOST = 12

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

/** Workers with the most predictions, and Pearson's correlation of each pair where enough rounds are common. */
export function correlationsOf(
  rounds: readonly Pick<Round, 'round' | 'value'>[],
  said: readonly Pick<Prediction, 'round' | 'worker' | 'value'>[],
): { names: string[]; matrix: (number | null)[][] } {
  const published = new Map(rounds.map(({ round, value }) => [round, numberOf(value)]))
  const residuals = new Map<string, Map<number, number>>()
  for (const { round, worker, value } of said) {
    const aggregate = published.get(round)
    if (aggregate == null) continue
    const own = residuals.get(worker) ?? new Map<number, number>()
    residuals.set(worker, own.set(round, numberOf(value) - aggregate))
  }
  const names = [...residuals]
    .filter(([, own]) => own.size >= FEWEST)
    .sort((a, b) => b[1].size - a[1].size)
    .slice(0, MOST)
    .map(([worker]) => worker)
  const matrix = names.map((one) =>
    names.map((other) => {
      const [a, b] = [residuals.get(one)!, residuals.get(other)!]
      const common = [...a.keys()].filter((round) => b.has(round))
      if (common.length < FEWEST) return null
      return pearson(
        common.map((round) => a.get(round)!),
        common.map((round) => b.get(round)!),
      )
    }),
  )
  return { names, matrix }
}

/** Null where one of the two never moves. */
function pearson(a: readonly number[], b: readonly number[]): number | null {
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length
  const [middleA, middleB] = [mean(a), mean(b)]
  let [both, squareA, squareB] = [0, 0, 0]
  for (const [i, each] of a.entries()) {
    const [x, y] = [each - middleA, b[i]! - middleB]
    both += x * y
    squareA += x * x
    squareB += y * y
  }
  return squareA > 0 && squareB > 0 ? both / Math.sqrt(squareA * squareB) : null
}
