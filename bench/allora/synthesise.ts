import { at } from '../lib/at.ts'
import { blend } from './blend.ts'
import type { Regrets } from './Regrets.ts'
import type { Weigh } from './Weigh.ts'

type Value = readonly number[]

export type Synthesis = {
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
