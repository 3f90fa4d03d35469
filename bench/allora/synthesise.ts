import { at } from '../lib/checks.ts'
import type { Regrets } from './regrets.ts'
import type { Weigh } from './weights.ts'

type Value = readonly number[]

type Synthesis = {
  implied: number[][]
  impliedWithout: number[][][]
  combined: number[]
  naive: number[]
  without: number[][]
  withOnly: number[][]
  weights: number[]
}

/**
 * Everything Allora derives from an epoch's predictions and forecasts: what each forecaster implies,
 * the combined and the naive value, and every value with one contributor left out or let in.
 * A prediction is a list with one value per label.
 */
export function synthesise({
  predictions,
  forecasts,
  networkLoss,
  regrets,
  weigh,
}: {
  predictions: readonly Value[]
  forecasts: readonly (readonly number[])[]
  networkLoss: number
  regrets: Regrets
  weigh: Weigh
}): Synthesis {
  const workers = predictions.map((_, j) => j)
  const forecasters = forecasts.map((_, k) => k)

  const implied = forecasts.map((losses) => imply({ predictions, losses, networkLoss, weigh }))
  const impliedWithout = forecasts.map((losses) =>
    workers.map((j) =>
      imply({
        predictions: without(predictions, j),
        losses: without(losses, j),
        networkLoss,
        weigh,
      }),
    ),
  )

  const weights = weigh(regrets.combined)

  return {
    implied,
    impliedWithout,
    weights,
    combined: blend({ values: [...predictions, ...implied], weights }),
    naive: blend({ values: predictions, weights: weigh(regrets.naive) }),
    without: [
      ...workers.map((j) => {
        const values = [
          ...without(predictions, j),
          ...impliedWithout.map((values) => at(values, j)),
        ]
        return blend({ values, weights: weigh(without(at(regrets.without, j), j)) })
      }),
      ...forecasters.map((k) => {
        const o = predictions.length + k
        const values = [...predictions, ...without(implied, k)]
        return blend({ values, weights: weigh(without(at(regrets.without, o), o)) })
      }),
    ],
    withOnly: forecasters.map((k) =>
      blend({
        values: [...predictions, at(implied, k)],
        weights: weigh(at(regrets.withOnly, k)),
      }),
    ),
  }
}

/** A forecaster's losses, against the network's last one, are regrets like any other. */
function imply({
  predictions,
  losses,
  networkLoss,
  weigh,
}: {
  predictions: readonly Value[]
  losses: readonly number[]
  networkLoss: number
  weigh: Weigh
}): number[] {
  return blend({ values: predictions, weights: weigh(losses.map((loss) => networkLoss - loss)) })
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, i) => i !== index)
}

const LEAST_WEIGHT = 1e-7

/** Weighted mean of values, label by label. */
function blend({
  values,
  weights,
}: {
  values: readonly (readonly number[])[]
  weights: readonly number[]
}): number[] {
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    LEAST_WEIGHT,
  )
  const labels = values[0]?.length ?? 0

  return Array.from({ length: labels }, (_, label) => {
    const sum = values.reduce((part, value, i) => part + (weights[i] ?? 0) * (value[label] ?? 0), 0)
    return sum / total
  })
}
