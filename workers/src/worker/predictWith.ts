import { predictionOf } from '../models/forecaster.ts'
import type { Model } from '../models/forecaster.ts'
import { fromFixed18 } from '@auspex/sdk/maths'
import type { DataSource } from '../sources/dataSource.ts'
import { digestOf } from '../sources/history.ts'
import type { History } from '../sources/history.ts'
import type { Series } from '../sources/series.ts'
import { messageOf } from '../runtime/operatorError.ts'
import type { LearnedConfidence } from './learnedConfidence.ts'
import type { Predicted } from './workerTurn.ts'

/** What a prediction may look at: nothing dated later than `now`. */
export type Moment = {
  /** When the round opened, unix seconds. */
  now: number
  /** What the feed said by then. */
  published: number | undefined
}

export type Predict = (moment: Moment) => Promise<Predicted>

/** What makes data too old, or a prediction absurd. */
export type Sanity = {
  /** What the topic asks for, as the data knows it. */
  truth: Series
  /** How many usual moves of the truth a prediction may lie from the last one. */
  maxSigmas: number
  /** Seconds after which the newest row is too old to predict from. */
  maxAge?: number
}

const HIGHEST = 2n ** 103n - 1n
/** How many of the last truths tell what a usual move is. */
const LATEST = 250

/**
 * Predicts with a model and a source of data. A model that fails or says nonsense abstains for good in the round; data
 * that cannot be used may be mended until the round's commit window is over.
 */
export function predictWith(options: {
  forecaster: Model
  source: DataSource
  /** The most that is wagered, basis points, 1 to 10000; a model that is less sure wagers its share of it. Or how it is learned. */
  confidence: bigint | LearnedConfidence
  sanity?: Sanity
}): Predict {
  const { forecaster, source, sanity } = options
  return async (moment) => {
    const read = await source.read(moment).catch((error: Error) => error)
    if (read instanceof Error) return { status: 'abstained', reason: read.message }
    const fault = faultOfData(read, source, sanity)
    if (fault !== undefined) return { status: 'abstained', reason: fault }

    const inputs = digestOf(read)
    try {
      const { value, confidence: share } = await predictionOf({ forecaster, history: read })
      const confidence = shareOf(options.confidence, share, read)
      const absurd = faultOf(value, read, sanity)
      if (absurd === undefined) {
        if (typeof options.confidence !== 'bigint') {
          options.confidence.note(read, fromFixed18(value))
        }
        return { status: 'predicted', prediction: { value, confidence }, inputs }
      }
      return nonsense(`${forecaster.name} says ${fromFixed18(value)}, ${absurd}`)
    } catch (error) {
      return nonsense(`${forecaster.name}: ${messageOf(error)}`)
    }
  }
}

/** At least one basis point: less would be no prediction. */
function shareOf(most: bigint | LearnedConfidence, share: number, history: History): bigint {
  if (typeof most !== 'bigint') return most.at(history, share)
  const bps = BigInt(Math.round(Number(most) * share))
  return bps > 0n ? bps : 1n
}

function nonsense(reason: string): Predicted {
  return { status: 'abstained', reason, isFinal: true }
}

function faultOfData(history: History, { name }: DataSource, sanity?: Sanity): string | undefined {
  const { length, now } = history
  if (length === 0) return `${name} has no data yet`
  if (sanity?.maxAge === undefined) return undefined

  const { time } = history.at(length - 1)
  if (now - time <= sanity.maxAge) return undefined
  const since = new Date(time * 1000).toISOString()
  return `${name} is stale: its newest row is of ${since}, older than maxAge of ${sanity.maxAge} s`
}

function faultOf(value: bigint, history: History, sanity?: Sanity): string | undefined {
  if (value > HIGHEST || value < -HIGHEST) return 'which is out of range'
  if (sanity === undefined) return undefined

  const { truth, maxSigmas } = sanity
  const { length } = history
  const first = Math.max(0, length - LATEST)
  const truths = Array.from({ length: length - first }, (_, i) => truth(history, first + i))
  const moves = truths.slice(1).map((each, i) => each - truths[i]!)
  const sigma = Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length)
  const last = truths.at(-1)!
  const distance = Math.abs(fromFixed18(value) - last)
  if (sigma > 0) {
    const sigmas = distance / sigma
    if (sigmas <= maxSigmas) return undefined
    return `${sigmas.toPrecision(3)} usual moves from the last truth ${last}: more than maxSigmas of ${maxSigmas}`
  }
  // A truth that has not moved, or is the only one, says nothing of usual moves: its own size bounds them.
  const times = distance / Math.abs(last)
  if (last === 0 || times <= maxSigmas) return undefined
  return `${times.toPrecision(3)} times the last truth ${last}, which never moved: more than maxSigmas of ${maxSigmas}`
}
