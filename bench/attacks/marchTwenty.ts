import { defaultsFor } from '@auspex/sdk'
import { ewma, forecast, har, rangeVolatility, readSampleSource } from '@auspex/workers/models'
import { fromFixedPoint, toFixedPoint } from '../lib/fixedPoint.ts'
import { openTwinTopic } from '@auspex/sdk/maths'
import { STAKE, TERMS } from './play.ts'
import type { Row } from './Row.ts'

const DAYS = 150
const MARCH = '2020-03'

/**
 * Two workers through March 2020, when volatility rose tenfold in three weeks: two values have no majority to be measured
 * against, so only the domain bounds them, and it must not hold the feed back.
 */
export async function marchTwenty(): Promise<Row> {
  const source = await readSampleSource()
  const { times } = source
  const first = times.length - DAYS
  const series = rangeVolatility
  const forecasters = [
    ewma({ series, halfLife: 3 }),
    har({ series, constant: true, memory: 2000, penalty: 1e-4 }),
  ]
  const whole = await source.read({ now: Infinity })
  const terms = {
    ...TERMS,
    ...defaultsFor('volatility', 4n),
    center: toFixedPoint(rangeVolatility(whole, first - 1)),
    sigma: toFixedPoint(5),
    min: 0n,
    max: toFixedPoint(1000),
  }
  const topic = openTwinTopic({ terms, pool: 0n })
  forecasters.forEach((_, i) => topic.deposit(`worker ${i}`, STAKE))

  let [ours, mean] = [0, 0]
  for (let day = first; day < times.length; day++) {
    // What was known at the close before: nothing of the day itself.
    const history = await source.read({ now: times[day - 1]! })
    const values: bigint[] = []
    for (const forecaster of forecasters) values.push(await forecast({ forecaster, history }))
    const opened = topic.commit(
      BigInt(day - first),
      values.map((value, i) => ({ worker: `worker ${i}`, value, confidence: 10_000n })),
    )
    const round = topic.publish(opened)
    const truth = rangeVolatility(whole, day)
    topic.settle(round, toFixedPoint(truth))
    if (!new Date(times[day]! * 1000).toISOString().startsWith(MARCH)) continue
    ours += (fromFixedPoint(round.aggregate.value) - truth) ** 2
    mean += ((fromFixedPoint(values[0]!) + fromFixedPoint(values[1]!)) / 2 - truth) ** 2
  }

  return {
    attacker: 'none: two workers over March 2020',
    measure: 'loss over that of their mean',
    figure: ours / mean,
    most: 1.05,
  }
}
