import type { History } from '../sources/history.ts'
import type { Model } from './forecaster.ts'
import { toFixed18 } from './toFixed18.ts'

/** The one way from a model to a prediction, live and in a replay: learn, forecast, fix. */
export async function forecast(turn: { forecaster: Model; history: History }): Promise<bigint> {
  const { forecaster, history } = turn
  await forecaster.fit(history)
  return toFixed18(await forecaster.predict(history))
}
