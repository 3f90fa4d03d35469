import { forecast } from '../models/forecast.ts'
import type { Model } from '../models/forecaster.ts'
import type { DataSource } from '../sources/dataSource.ts'
import type { Predicted } from './worker.ts'

/** What a prediction may look at: nothing dated later than `now`. */
export type Moment = {
  /** When the round opened, unix seconds. */
  now: number
  /** What the feed said by then. */
  published: number | undefined
}

export type Predict = (moment: Moment) => Promise<Predicted>

const HIGHEST = 2n ** 103n - 1n

/** Predicts with a model and a source of data. A model that fails or says nonsense abstains. */
export function predictWith(options: {
  forecaster: Model
  source: DataSource
  /** Basis points, 1 to 10000. */
  confidence: bigint
}): Predict {
  const { forecaster, source, confidence } = options
  return async (moment) => {
    try {
      const history = await source.read(moment)
      if (history.length === 0)
        return { status: 'abstained', reason: `${source.name} has no data yet` }

      const value = await forecast({ forecaster, history })
      if (value > HIGHEST || value < -HIGHEST) {
        return {
          status: 'abstained',
          reason: `${forecaster.name} says ${value}, which is out of range`,
        }
      }
      return { status: 'predicted', prediction: { value, confidence } }
    } catch (error) {
      return { status: 'abstained', reason: `${forecaster.name}: ${(error as Error).message}` }
    }
  }
}
