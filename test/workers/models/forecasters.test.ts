import { expect } from 'chai'
import { carr } from '../../../workers/src/models/families/carr.ts'
import { ewma, rollingMean, lastValue } from '../../../workers/src/models/families/averages.ts'
import type { Forecaster } from '../../../workers/src/models/forecaster.ts'
import { garch } from '../../../workers/src/models/families/garch.ts'
import { har, ridge, leverage } from '../../../workers/src/models/families/autoregression.ts'
import { hazard } from '../../../workers/src/models/families/hazard.ts'
import { logistic, within } from '../../../workers/src/models/families/logistic.ts'
import { midpoint, onReturns } from '../../../workers/src/models/families/returns.ts'
import { neighbours } from '../../../workers/src/models/families/neighbours.ts'
import { createHistory } from '../../../workers/src/sources/history.ts'
import type { Bar } from '../../../workers/src/sources/history.ts'
import { closeOf, logReturn, rangeVolatility } from '../../../workers/src/sources/series.ts'
import { barsOf } from './bars.ts'
import { expectNear } from '../../helpers/expectNear.ts'

async function next(forecaster: Forecaster, bars: readonly Bar[]): Promise<number> {
  const history = createHistory({ bars, now: Infinity })
  await forecaster.fit(history)
  return forecaster.predict(history)
}

/** A bounded, irregular series that repeats at every run. */
function wobble(length: number): number[] {
  return Array.from({ length }, (_, i) => Math.sin(i * 1.7) + Math.sin(i * i * 0.37))
}

describe('Forecasters', () => {
  const series = closeOf

  it('lastValue says the last value', async () => {
    expect(await next(lastValue({ series }), barsOf([3, 1, 4]))).to.equal(4)
  })

  it('rollingMean says the mean of its window, or of what there is', async () => {
    expect(await next(rollingMean({ series, size: 2 }), barsOf([3, 1, 4]))).to.equal(2.5)
    expect(await next(rollingMean({ series, size: 9 }), barsOf([3, 1, 5]))).to.equal(3)
  })

  it('ewma halves a weight every half-life', async () => {
    const expected = (4 + 1 / 2 + 3 / 4) / (1 + 1 / 2 + 1 / 4)
    expectNear(await next(ewma({ series, halfLife: 1 }), barsOf([3, 1, 4])), expected, 1e-12)
  })

  it('ridge finds the rule of a series that has one', async () => {
    const values = [5, 6]
    for (let i = 2; i < 3000; i++) {
      values.push(20 + 0.5 * values[i - 1]! - 0.3 * values[i - 2]! + Math.sin(i * i))
    }
    const model = ridge({ series, lags: 2, constant: true, memory: Infinity, penalty: 1e-9 })
    const expected = 20 + 0.5 * values[2999]! - 0.3 * values[2998]!
    expectNear(await next(model, barsOf(values)), expected, 0.3)
  })

  it('ridge without a constant and with a large penalty says little', async () => {
    const bars = barsOf(wobble(300).map((x) => 100 + x))
    const free = ridge({ series: logReturn, lags: 1, constant: false, memory: 100, penalty: 0 })
    const held = ridge({ series: logReturn, lags: 1, constant: false, memory: 100, penalty: 9 })
    expectNear(await next(held, bars), (await next(free, bars)) / 10, 1e-9)
  })

  it('har finds the shares of day, week and month', async () => {
    const values = wobble(22).map((x) => 10 + x)
    const mean = (size: number) => values.slice(-size).reduce((sum, x) => sum + x, 0) / size
    const rule = () => 1 + 0.3 * mean(1) + 0.3 * mean(5) + 0.3 * mean(22)
    for (let i = 0; i < 400; i++) values.push(rule() + Math.sin(i * i * 0.7))
    const model = har({ series, constant: true, memory: Infinity, penalty: 0 })
    expectNear(await next(model, barsOf(values)), rule(), 0.2)
  })

  it('onReturns turns a return into a price', async () => {
    const forecaster = rollingMean({ series: logReturn, size: 2 })
    const expected = 121 * 1.1
    expectNear(await next(onReturns({ forecaster }), barsOf([100, 110, 121])), expected, 1e-9)
  })

  it('within keeps an answer inside its bounds', async () => {
    const forecaster = lastValue({ series })
    expect(await next(within({ forecaster, low: 0, high: 1 }), barsOf([5]))).to.equal(1)
    expect(await next(within({ forecaster, low: 6, high: 7 }), barsOf([5]))).to.equal(6)
  })

  it('midpoint expects the way back when closes came back before', async () => {
    // Every close lies far above the middle of its range or far below, and the next undoes it.
    const bars = barsOf(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 100 : 104)))
    const model = onReturns({ forecaster: midpoint({ memory: 100, penalty: 0 }) })
    expect(await next(model, bars.slice(0, 199))).to.be.greaterThan(102)
    expect(await next(model, bars)).to.be.lessThan(102)
  })

  for (const [name, model] of Object.entries({
    garch: () => garch({ series: rangeVolatility, memory: 500 }),
    carr: () => carr({ series: rangeVolatility, memory: 500 }),
    leverage: () => leverage({ memory: 500 }),
  })) {
    it(`${name} rises with a storm and does not forget it within days`, async () => {
      const calm = wobble(600).map((x) => 100 + 0.3 * x)
      const isStorm = (i: number) => i >= 575 && i < 590
      const stormy = calm.map((close, i) => (isStorm(i) ? 100 + 4 * (close - 100) : close))
      const range = (i: number) => 0.004 + 0.002 * Math.sin(i * i)
      const quiet = barsOf(calm, range)
      const rough = barsOf(stormy, (i) => (isStorm(i) ? 4 : 1) * range(i))
      const until = (bars: Bar[], end: number) => next(model(), bars.slice(0, end))
      expect(await until(quiet, 590)).to.be.greaterThan(0)
      expect(await until(rough, 590)).to.be.greaterThan(1.5 * (await until(quiet, 590)))
      expect(await until(rough, 593)).to.be.greaterThan(1.6 * (await until(quiet, 593)))
    })
  }

  it('carr learns that ranges widen after falls where they do', async () => {
    const falls = wobble(800).map((x) => x < 0)
    const closes = falls.map(() => 1000)
    for (let i = 1; i < 800; i++) closes[i] = closes[i - 1]! * (falls[i] ? 0.99 : 1.01)
    const bars = barsOf(closes, (i) => (falls[i - 1] ? 0.02 : 0.005))
    const after = (index: number) =>
      next(carr({ series: rangeVolatility, memory: 500 }), bars.slice(0, index + 1))
    const fall = falls.lastIndexOf(true)
    const rise = falls.lastIndexOf(false)
    expect(await after(fall)).to.be.greaterThan(1.1 * (await after(rise)))
  })

  describe('of an event that follows a signal', () => {
    const signals = wobble(1500).map((x) => 10 + x)
    const target = (i: number) => (signals[i - 1]! > 10.8 ? 1 : 0)
    const event: typeof closeOf = (_, i) => (i === 0 ? 0 : target(i))
    const bars = barsOf(signals)
    const low = signals.findLastIndex((x) => x < 9.5)
    const high = signals.findLastIndex((x) => x > 11.2)

    for (const [name, model] of Object.entries({
      hazard: () => hazard({ event, signal: closeOf, bins: 20 }),
      neighbours: () =>
        neighbours({ target: event, features: (h, end) => [closeOf(h, end)], count: 20 }),
      logistic: () =>
        logistic({
          target: event,
          features: (h, end) => [closeOf(h, end) - 10],
          size: 1,
          memory: 5000,
          penalty: 1,
        }),
    })) {
      it(`${name} tells when it is likely and when not`, async () => {
        expect(await next(model(), bars.slice(0, low + 1))).to.be.within(0, 0.15)
        expect(await next(model(), bars.slice(0, high + 1))).to.be.within(0.75, 1)
      })
    }
  })
})
