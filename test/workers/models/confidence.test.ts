import { expect } from 'chai'
import { expectNear } from '../../helpers/expectNear.ts'
import { createHistory } from '../../../workers/src/sources/history.ts'
import { closeOf } from '../../../workers/src/sources/series.ts'
import {
  DEFAULT_RULE,
  edgeOf,
  kellyOf,
  learnedConfidence,
} from '../../../workers/src/worker/learnedConfidence.ts'
import { createRandom } from '../../../workers/src/backtest/maths/random.ts'
import { barsOf } from './bars.ts'

const DAY = 86_400
const DAYS = 150

describe('a learned confidence', () => {
  const random = createRandom(7)
  const closes = Array.from({ length: DAYS }, () => 100 + 10 * random())
  const bars = barsOf(closes)

  /** Says something each day and gives the confidences, basis points. */
  function play(say: (day: number) => number, rule = DEFAULT_RULE): number[] {
    const learned = learnedConfidence({ rule, truth: closeOf })
    const given: number[] = []
    for (let day = 1; day < DAYS; day++) {
      // What was published in the last round, which missed it by one.
      const published = day > 1 ? closes[day - 1]! + 1 + day / 1e6 : undefined
      const history = createHistory({ bars, now: DAY * day, published })
      given.push(Number(learned.at(history, 1)))
      learned.note(history, say(day))
    }
    return given
  }

  it('is the floor until something is shown, and for who is worse than the aggregate', () => {
    const good = play((day) => closes[day]!)
    expect(new Set(good.slice(0, 10))).to.deep.equal(new Set([2000]))
    expect(new Set(play((day) => closes[day]! + 3))).to.deep.equal(new Set([2000]))
  })

  it('goes to the cap for who is better, and never above', () => {
    expect(play((day) => closes[day]!).at(-1)).to.equal(10_000)
    const capped = play((day) => closes[day]!, { ...DEFAULT_RULE, cap: 6000n })
    expect(capped.at(-1)).to.equal(6000)
    expect(Math.max(...capped)).to.equal(6000)
  })

  it('falls again within its window when skill is gone', () => {
    const turned = play((day) => closes[day]! + (day < 80 ? 0 : 3), { ...DEFAULT_RULE, window: 30 })
    expect(turned[78]).to.equal(10_000)
    expect(turned.at(-1)).to.equal(2000)
  })

  it('follows nothing that was not known: another future changes no confidence', () => {
    const learned = (series: readonly number[]) => {
      const tracker = learnedConfidence({ rule: DEFAULT_RULE, truth: closeOf })
      const given: bigint[] = []
      for (let day = 1; day < 60; day++) {
        const history = createHistory({
          bars: barsOf(series),
          now: DAY * day,
          published: undefined,
        })
        given.push(tracker.at(history, 1))
        tracker.note(history, closes[day]!)
      }
      return given
    }
    const other = closes.map((close, i) => (i < 60 ? close : 1000))
    expect(learned(other)).to.deep.equal(learned(closes))
  })

  it('wagers Kelly’s fraction of a small edge in units of what is at risk', () => {
    const edges = Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 0.52 : -0.48))
    const kelly = 0.02 / ((0.52 ** 2 + 0.48 ** 2) / 2)
    const wanted = (0.5 * (80 / 100) * kelly) / 0.04
    expectNear(kellyOf(edges, { fraction: 0.5, risk: 0.04 }), wanted, 1e-9)
    expect(kellyOf(edges.slice(0, 9), DEFAULT_RULE)).to.equal(0)
    expect(edgeOf(1, 3, 1)).to.equal(1)
    expect(edgeOf(3, 1, 1)).to.equal(-1)
    expect(edgeOf(1, 1, 1)).to.equal(0)
  })
})
