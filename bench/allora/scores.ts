import { at } from '../lib/checks.ts'
import type { Losses } from './regrets.ts'
import { terms } from './terms.ts'

/** How much the network's loss grows when a worker is left out; zero for a lone worker. */
export function scoreWorkers(losses: Losses): number[] {
  if (losses.workers.length === 1) return [0]

  return losses.without
    .slice(0, losses.workers.length)
    .map((withoutWorker) => withoutWorker - losses.combined)
}

/**
 * What a forecaster adds to the naive value and what its leaving takes from the combined one. The
 * first part fades as forecasters become many.
 */
export function scoreForecasters(losses: Losses): number[] {
  const forecasters = losses.implied.length
  if (forecasters === 1) return [0]

  const share = 2 ** -(forecasters - 1)

  return losses.implied.map((_, k) => {
    const added = losses.naive - at(losses.withOnly, k)
    const missed = at(losses.without, losses.workers.length + k) - losses.combined
    return share * added + (1 - share) * missed
  })
}

const STEP = 0.001
const LEARNING_RATE = 0.05
const ITERATIONS = 10
const SMALLEST_GRADIENT = 0.001
const LEAST_LISTENED = 0.5

/**
 * Scores reputers while learning whom to listen to: the listening coefficients climb the
 * stake-weighted sum of scores, and at least half of the stake is always listened to.
 */
export function scoreReputers({
  reports,
  stakes,
  listening: before,
}: {
  reports: readonly (readonly number[])[]
  stakes: readonly number[]
  listening: readonly number[]
}): { scores: number[]; listening: number[] } {
  const weigh = (values: readonly number[]) =>
    values.reduce((sum, value, m) => sum + value * at(stakes, m), 0)
  const score = (listening: readonly number[]) => consensusScores({ reports, stakes, listening })
  const listened = (listening: readonly number[]) => weigh(listening) / weigh(stakes.map(() => 1))

  let listening = [...before]
  let scores: number[] = []

  for (let i = 0; i < ITERATIONS; i++) {
    const held = listening
    scores = score(held)
    const total = weigh(scores)
    const gradient = held.map((coefficient, m) => {
      const step = coefficient === 1 ? -STEP : STEP
      const moved = held.map((other, l) => (l === m ? other + step : other))
      return (1 - total / weigh(score(moved))) / step
    })

    const climbed = held.map((coefficient, m) =>
      Math.min(Math.max(coefficient + LEARNING_RATE * at(gradient, m), 0), 1),
    )
    listening = climbed
    if (listened(climbed) < LEAST_LISTENED) {
      const share = (LEAST_LISTENED - listened(held)) / (listened(climbed) - listened(held))
      listening = held.map((old, m) => old + share * (at(climbed, m) - old))
    }

    if (Math.max(...gradient.map(Math.abs)) < SMALLEST_GRADIENT) break
  }

  return { scores, listening }
}

/** How near each reputer's losses are to the consensus, in which no stake counts beyond its fair share. */
function consensusScores(
  {
    reports,
    stakes,
    listening,
  }: {
    reports: readonly (readonly number[])[]
    stakes: readonly number[]
    listening: readonly number[]
  },
  { reputerEpsilon }: { reputerEpsilon: number } = terms,
): number[] {
  const heard = stakes.map((stake, m) => stake * at(listening, m))
  const total = heard.reduce((sum, stake) => sum + stake, 0)
  const adjusted = heard.map((stake) => Math.min((stakes.length * stake) / total, 1))
  const consensus = stakeMean({ reports, stakes: adjusted })
  const size = norm(consensus)

  return reports.map((report) => {
    const distance = norm(report.map((loss, slot) => loss - at(consensus, slot)))
    return 1 / (distance / size + reputerEpsilon)
  })
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}

/** Stake-weighted mean of what reputers reported, slot by slot. */
export function stakeMean({
  reports,
  stakes,
}: {
  reports: readonly (readonly number[])[]
  stakes: readonly number[]
}): number[] {
  const total = stakes.reduce((sum, stake) => sum + stake, 0)

  return (reports[0] ?? []).map((_, slot) => {
    const sum = reports.reduce(
      (part, report, m) => part + (stakes[m] ?? 0) * (report[slot] ?? 0),
      0,
    )
    return sum / total
  })
}
