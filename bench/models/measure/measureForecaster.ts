import type { History } from '@auspex/workers'
import type { RecordedSource, WorkerSpec } from '@auspex/workers/models'
import { median } from '../../lib/statistics.ts'
import type { Measured } from './Plan.ts'
import { repeat, timed, timingOf } from './timing.ts'

/** Days that a forecaster lives through after its first fit. */
const DAYS = 20

type Days = { before: History; days: readonly History[] }
type Life = Pick<Measured, 'predictions' | 'tensorGrowth'> & {
  fit: number
  learn: number
  predict: number
}

/** A forecaster as a worker runs it: the first fit, then day by day learning one bar and predicting. */
export async function measureForecaster({
  forecaster,
  spec,
  source,
  repeats,
  countTensors,
}: {
  forecaster: string
  spec: WorkerSpec
  source: RecordedSource
  repeats: number
  /** Given where tensors compute; such a forecaster trains by batches, not by day. */
  countTensors?: () => number
}): Promise<Measured> {
  const lived = await lastDays(source)
  const lives = await repeat({ run: () => live({ spec, countTensors, ...lived }), repeats })
  const { predictions, tensorGrowth } = lives[0]

  return {
    forecaster,
    batch: null,
    fit: timingOf(lives.map(({ fit }) => fit)),
    step: countTensors === undefined ? timingOf(lives.map(({ learn }) => learn)) : null,
    predict: timingOf(lives.map(({ predict }) => predict)),
    tensorGrowth,
    predictions,
  }
}

async function live({
  spec,
  before,
  days,
  countTensors,
}: Days & { spec: WorkerSpec; countTensors: (() => number) | undefined }): Promise<Life> {
  const forecaster = spec.create()
  const tensors = countTensors?.() ?? 0
  const fit = await timed(() => forecaster.fit(before))
  const learned: number[] = []
  const predicted: number[] = []
  const predictions: number[] = []

  for (const day of days) {
    learned.push(await timed(() => forecaster.fit(day)))
    predicted.push(await timed(async () => predictions.push(await forecaster.predict(day))))
  }

  return {
    fit,
    learn: median(learned),
    predict: median(predicted),
    predictions,
    tensorGrowth: countTensors === undefined ? null : countTensors() - tensors,
  }
}

async function lastDays(source: RecordedSource): Promise<Days> {
  const [first, ...days] = source.times.slice(-DAYS - 1)
  if (first === undefined) throw new RangeError(`${source.name} is empty`)

  return {
    before: await source.read({ now: first }),
    days: await Promise.all(days.map((now) => source.read({ now }))),
  }
}
