import { expect } from 'chai'
import { bootstrapRatio, lossPanel } from '../../../bench/accuracy/measure/bootstrapRatio.ts'
import { dieboldMariano } from '../../../bench/accuracy/measure/dieboldMariano.ts'
import { intervalQuality } from '../../../bench/accuracy/measure/intervalQuality.ts'
import { lossRatio, ratioToBest } from '../../../bench/accuracy/measure/ratios.ts'
import { replayTopic } from '../../../bench/accuracy/measure/replayTopic.ts'
import type { TopicResult } from '../../../bench/accuracy/measure/replayTopic.ts'
import { replayTwin } from '../../../bench/accuracy/ours/replayTwin.ts'
import { peerNames } from '../../../bench/accuracy/rules/peers.ts'
import type { PeerName } from '../../../bench/accuracy/rules/peers.ts'
import { expectNear } from '../../helpers/expectNear.ts'
import { randomTopic } from './randomTopic.ts'

describe('measuring', () => {
  it('takes the geometric mean over topics of summed losses', () => {
    const results = [
      resultOf({ ours: [1, 1], mean: [4, 4], truths: [0, 0], said: [{ a: 1 }, { a: 1 }] }),
      resultOf({ ours: [9, 0], mean: [4, 5], truths: [0, 0], said: [{ a: 1 }, { a: 1 }] }),
    ]
    expectNear(lossRatio({ results, rule: 'ours', against: 'mean' }), 0.5, 1e-12)
  })

  it('compares with the best worker that was there half of the time, on its own rounds', () => {
    // a: 3 of 4 rounds, losses 1, 1, 4; b: 1 of 4, too rare. The mean lost 4 + 4 and 2 + 2.
    const results = [
      resultOf({
        ours: [2, 3],
        mean: [4, 4],
        truths: [0, 0],
        said: [{ a: 1, b: 0.1 }, { a: 1 }],
      }),
      resultOf({ ours: [1, 8], mean: [2, 2], truths: [0, 0], said: [{ a: 2 }, { c: 5 }] }),
    ]
    const byHand = ((2 + 3) / 8 + 1 / 4) / ((1 + 1) / 8 + 4 / 4)
    expectNear(ratioToBest({ results, rule: 'ours' }), byHand, 1e-12)
  })

  it('knows no best worker where all come too rarely', () => {
    const said = [{ a: 1 }, { b: 1 }, { c: 1 }]
    const results = [resultOf({ ours: [1, 1, 1], mean: [1, 1, 1], truths: [0, 0, 0], said })]
    expect(ratioToBest({ results, rule: 'ours' })).to.equal(undefined)
  })

  it('finds the interval of a ratio, the same in every run', async () => {
    const results = await twoTopics()
    const panel = lossPanel({ results, rules: ['ours', 'mean'] })
    const first = bootstrapRatio({ panel, rule: 'ours', against: 'mean' })
    const ratio = lossRatio({ results, rule: 'ours', against: 'mean' })
    expect(bootstrapRatio({ panel, rule: 'ours', against: 'mean' })).to.deep.equal(first)
    expect(first.low).to.be.lessThan(ratio)
    expect(first.high).to.be.greaterThan(ratio)
    expect(bootstrapRatio({ panel, rule: 'mean', against: 'mean' })).to.deep.equal({
      low: 1,
      high: 1,
    })
  })

  it('tells with Diebold and Mariano who loses less', () => {
    const draw = (low: number) => Array.from({ length: 50 }, (_, i) => low + (i % 3))
    const said = draw(0).map(() => ({ a: 1 }))
    const truths = draw(0).map(() => 0)
    const better = [resultOf({ ours: draw(1), mean: draw(1.5).toReversed(), truths, said })]
    const worse = [resultOf({ ours: draw(1.5), mean: draw(1).toReversed(), truths, said })]
    const equal = [resultOf({ ours: draw(1), mean: draw(1), truths, said })]
    expect(dieboldMariano({ results: better, against: 'mean' })).to.be.lessThan(-1.96)
    expect(dieboldMariano({ results: worse, against: 'mean' })).to.be.greaterThan(1.96)
    expect(dieboldMariano({ results: equal, against: 'mean' })).to.equal(undefined)
  })

  it('reduces to the plain statistic where rounds do not depend on one another', () => {
    // Eight rounds: the bandwidth is 2, and the differences are their own covariances.
    const ours = [3, 1, 4, 1, 5, 9, 2, 6]
    const mean = ours.map(() => 4)
    const differences = ours.map((loss) => (loss - 4) / 32)
    const centre = differences.reduce((sum, value) => sum + value, 0) / 8
    const lagged = (shift: number) =>
      differences
        .slice(shift)
        .reduce((sum, value, i) => sum + (value - centre) * ((differences[i] ?? 0) - centre), 0) / 8
    const variance = lagged(0) + 2 * (2 / 3) * lagged(1) + 2 * (1 / 3) * lagged(2)
    const said = ours.map(() => ({ a: 1 }))
    const results = [resultOf({ ours, mean, truths: ours.map(() => 0), said })]
    expectNear(
      dieboldMariano({ results, against: 'mean' }),
      centre / Math.sqrt(variance / 8),
      1e-12,
    )
  })

  it('counts how often the interval held', async () => {
    const results = await twoTopics()
    const intervals = results.flatMap((result) => result.intervals)
    const promised = intervals.filter((interval) => interval !== undefined)
    const quality = intervalQuality(results)
    expect(promised.length).to.be.greaterThan(0)
    expect(promised.length).to.be.lessThan(intervals.length)
    expect(quality?.coverage).to.equal(promised.filter(({ held }) => held).length / promised.length)
  })
})

async function twoTopics(): Promise<TopicResult[]> {
  return Promise.all(
    [5, 6].map((seed) =>
      replayTopic({ topic: randomTopic({ seed, rounds: 60, lag: 1 }), engine: replayTwin }),
    ),
  )
}

function resultOf({
  ours,
  mean,
  truths,
  said,
}: {
  ours: number[]
  mean: number[]
  truths: number[]
  said: Record<string, number>[]
}): TopicResult {
  const others = Object.fromEntries(peerNames.map((name) => [name, mean])) as Record<
    PeerName,
    number[]
  >

  return {
    topic: {
      name: 'made|up',
      rounds: truths.map((truth, number) => ({
        number,
        lag: 0,
        truth,
        entries: Object.entries(said[number] ?? {}).map(([worker, prediction]) => ({
          worker,
          prediction,
          confidence: 1,
        })),
      })),
    },
    losses: { ...others, ours, mean },
    intervals: truths.map(() => undefined),
    shares: [],
  }
}
