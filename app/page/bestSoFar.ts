import { numberOf } from './formats.ts'
import type { Prediction, Round } from './types.ts'

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
