import { at } from '../lib/at.ts'
import { consensusScores } from './consensusScores.ts'

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
