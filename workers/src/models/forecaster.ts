import type { History } from '../sources/history.ts'
import { toFixed18 } from '@auspex/sdk/maths'

/** What a node asks of a model. Both calls see only what the history shows. */
export interface Model {
  readonly name: string
  /** Learns from every bar not learned from yet. */
  fit(history: History): void | Promise<void>
  /** Forecasts the bar after the last one of the history that was learned. */
  predict(history: History): number | Promise<number>
}

/** A model of one question that can be put aside and taken up again. */
export interface Forecaster extends Model {
  /** All it has learned, as JSON. */
  save(): Memory
  /** Takes up where a saved forecaster of the same name stopped. */
  load(memory: Memory): void
}

export interface Memory {
  readonly name: string
  /** How many bars were learned from. */
  readonly seen: number
  readonly state: unknown
}

/** The one way from a model to a prediction, live and in a replay: learn, forecast, fix. */
export async function forecast(turn: { forecaster: Model; history: History }): Promise<bigint> {
  const { forecaster, history } = turn
  await forecaster.fit(history)
  return toFixed18(await forecaster.predict(history))
}
