import { expect } from 'chai'
import { benchmarksOf } from '../../scripts/demo/books/benchmarksOf.ts'
import type { PlayedRound } from '../../scripts/demo/play/playedRound.ts'
import { keyOf } from '../../scripts/demo/world/clientOf.ts'
import { openCalendar } from '../../scripts/demo/world/openCalendar.ts'
import { DAY, HORIZON } from '../../scripts/demo/world/schedule.ts'
import { readSampleSource } from '../../workers/src/sources/openSource.ts'

function roundOf(truth: number, ...predictions: (number | undefined)[]): PlayedRound {
  return {
    round: 0,
    date: '',
    truth,
    aggregate: 0,
    interval: undefined,
    predictions,
    weights: predictions.map(() => 0),
    gains: predictions.map(() => ({ reward: 0n, pool: 0n, peers: 0n })),
    tip: 0n,
    poolChange: 0n,
  }
}

describe("the demo's books", () => {
  it('measure against the plain mean and median of those who spoke', () => {
    const [one] = benchmarksOf({ rounds: [roundOf(0, 1, 2, 9, undefined)] })
    expect(one!.mean).to.equal(4)
    expect(one!.median).to.equal(2)
    const [two] = benchmarksOf({ rounds: [roundOf(0, 1, 2, 4, 9)] })
    expect(two!.median).to.equal(3)
  })

  it('pick the best worker by what was known before the round', () => {
    const rounds = [roundOf(10, 10, 20), roundOf(10, 99, 10), roundOf(10, 7, 8)]
    const picked = benchmarksOf({ rounds }).map(({ bestSoFar }) => bestSoFar)
    // Nobody yet, so the mean; then the first, who had been right; then the second.
    expect(picked).to.deep.equal([15, 99, 8])
  })

  it('pass over the best worker where it is silent', () => {
    const rounds = [roundOf(10, 10, 12, 30), roundOf(10, undefined, 5, 6)]
    expect(benchmarksOf({ rounds })[1]!.bestSoFar).to.equal(5)
  })
})

describe("the demo's calendar", () => {
  it('dates each bar to the target of its round, and no bar of a round is known when it opens', async () => {
    const opened = await openCalendar({ from: '2016-01-04', rounds: 20 })
    if (opened.status === 'refused') throw new Error(opened.why)
    const { start, source, barOf, dateOf } = opened.calendar

    for (let round = 0; round < 20; round++) {
      const opening = Number(start) + round * DAY
      expect((await source.read({ now: opening })).length).to.equal(barOf(round))
      expect((await source.read({ now: opening + HORIZON - 1 })).length).to.equal(barOf(round))
      expect((await source.read({ now: opening + HORIZON })).length).to.equal(barOf(round) + 1)
    }
    expect(dateOf(0)).to.equal('2016-01-04')
    expect(dateOf(5)).to.equal('2016-01-11')
  })

  it('changes nothing but the dates', async () => {
    const opened = await openCalendar({ from: undefined, rounds: 500 })
    if (opened.status === 'refused') throw new Error(opened.why)
    const moved = await opened.calendar.source.read({ now: Infinity })
    const sample = await (await readSampleSource()).read({ now: Infinity })
    expect(moved.length).to.equal(sample.length)
    const last = sample.length - 1
    expect(opened.calendar.barOf(499)).to.equal(last)
    expect({ ...moved.at(last), time: 0 }).to.deep.equal({ ...sample.at(last), time: 0 })
  })
})

describe("the demo's keys", () => {
  it('follow from the seed and the owner alone', () => {
    const key = keyOf({ seed: 3, owner: 'ada' })
    expect(keyOf({ seed: 3, owner: 'ada' })).to.equal(key)
    expect(keyOf({ seed: 4, owner: 'ada' })).to.not.equal(key)
    expect(keyOf({ seed: 3, owner: 'ben' })).to.not.equal(key)
  })
})

describe("the demo's pages", () => {})
