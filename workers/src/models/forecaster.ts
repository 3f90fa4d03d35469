import type { History } from '../sources/history.ts'
import { toFixed18 } from '@auspex/sdk/maths'
import { shown } from '../runtime/operatorError.ts'

/** What a node asks of a model. Both calls see only what the history shows. */
export interface Model {
  readonly name: string
  /** Learns from every bar not learned from yet. */
  fit(history: History): void | Promise<void>
  /** Forecasts the bar after the last one of the history that was learned. */
  predict(history: History): number | Said | Promise<number | Said>
}

/** A forecast, and how sure the model is of it: above 0 and at most 1 of what its owner lets it wager. */
export interface Said {
  readonly value: number
  readonly confidence?: number
}

/** A model of one question that can be put aside and taken up again. */
export interface Forecaster extends Model {
  predict(history: History): number | Promise<number>
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
  return (await predictionOf(turn)).value
}

/** As `forecast`, with the model's own confidence: a share of what it may wager, 1 where it says none. */
export async function predictionOf(turn: {
  forecaster: Model
  history: History
}): Promise<{ value: bigint; confidence: number }> {
  const { forecaster, history } = turn
  await forecaster.fit(history)
  const said: unknown = await forecaster.predict(history)
  const isForm = typeof said === 'object' && said !== null
  const { value, confidence = 1 }: Answer = isForm ? said : { value: said }
  // A file of somebody's own is held to no types: text that looks like a number is none.
  if (typeof value !== 'number') throw new RangeError(`${shown(value)} is no value`)
  if (typeof confidence !== 'number' || !(confidence > 0 && confidence <= 1)) {
    throw new RangeError(`${shown(confidence)} is no confidence: it goes from above 0 to 1`)
  }
  return { value: toFixed18(value), confidence }
}

type Answer = { value?: unknown; confidence?: unknown }
