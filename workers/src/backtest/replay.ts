import { forecast } from '../models/forecaster.ts'
import type { Forecaster } from '../models/forecaster.ts'
import { fromFixed18, toFixed18 } from '@auspex/sdk/maths'
import type { Question } from '../sources/questions.ts'
import type { RecordedSource } from '../sources/dataSource.ts'

export interface ReplayedRound {
  /** Index of the bar that was asked for. */
  index: number
  /** Unix seconds of the last bar the workers could see. */
  openedAt: number
  /** In the order of the forecasters, 1e18 fixed point. */
  predictions: bigint[]
  truth: bigint
}

/**
 * Asks the forecasters for one bar after the other, each time with nothing but the bars before it.
 * `aggregate`, if given, sees each finished round and returns what the feed published in it, which
 * the forecasters may look at in the next one.
 */
export async function replay(options: {
  source: RecordedSource
  question: Pick<Question, 'truth'>
  forecasters: readonly Forecaster[]
  /** Index of the first bar to ask for, at least 1. */
  first: number
  rounds: number
  aggregate?: (round: ReplayedRound) => bigint
}): Promise<ReplayedRound[]> {
  const { source, question, forecasters, first, rounds, aggregate } = options
  const replayed: ReplayedRound[] = []
  let published: number | undefined

  for (let index = first; index < first + rounds; index++) {
    const openedAt = timeOf({ source, index: index - 1 })
    const history = await source.read({ now: openedAt, published })
    const predictions: bigint[] = []
    for (const forecaster of forecasters) predictions.push(await forecast({ forecaster, history }))

    const known = await source.read({ now: timeOf({ source, index }) })
    const round = { index, openedAt, predictions, truth: toFixed18(question.truth(known, index)) }
    replayed.push(round)
    if (aggregate !== undefined) published = fromFixed18(aggregate(round))
  }
  return replayed
}

function timeOf({ source, index }: { source: RecordedSource; index: number }): number {
  const time = source.times[index]
  if (time === undefined) throw new RangeError(`${source.name} has no bar with the index ${index}`)
  return time
}
