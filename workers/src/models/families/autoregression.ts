import { logReturn, logVolume, rangeVolatility } from '../../sources/series.ts'
import type { Series } from '../../sources/series.ts'
import { means, window } from '../features/window.ts'
import type { Forecaster } from '../forecaster.ts'
import { regress, regressLog } from './regress.ts'
import { dailySigma, volatilityState } from '../features/volatilityState.ts'
import { positive, sum, mean } from '../maths/numbers.ts'

const DAY_WEEK_MONTH = [1, 5, 22]

/** Heterogeneous autoregression (Corsi 2009): regression on the means of a day, a week, a month. */
export function har(options: {
  series: Series
  constant: boolean
  memory: number
  penalty: number
}): Forecaster {
  const { series } = options

  return regress({
    name: 'har',
    target: series,
    features: (history, end) => means({ history, series, end, windows: DAY_WEEK_MONTH }),
    size: 3,
    ...options,
  })
}

/** Autoregressive ridge regression on the last `lags` values. */
export function ridge(options: {
  series: Series
  lags: number
  constant: boolean
  memory: number
  penalty: number
}): Forecaster {
  const { series, lags } = options

  return regress({
    name: 'ridge',
    target: series,
    features(history, end) {
      const recent = window({ history, series, end, size: lags }).reverse()
      return [...recent, ...new Array<number>(lags - recent.length).fill(recent.at(-1)!)]
    },
    size: lags,
    ...options,
  })
}

/** Heterogeneous autoregression in logarithms that knows that falling prices raise volatility. */
export function leverage({ memory }: { memory: number }): Forecaster {
  return regressLog({
    name: 'leverage',
    target: rangeVolatility,
    features(history, end) {
      const windows = [1, 5, 22]
      const levels = means({ history, series: rangeVolatility, end, windows }).map(positive)
      const sigma = dailySigma(levels[2]!)
      const returns = window({ history, series: logReturn, end, size: 10 }).map((x) => x / sigma)
      const falls = [1, 3, 10].map((days) => Math.min(0, sum(returns.slice(-days))))
      return [...levels.map(Math.log), returns.at(-1)!, ...falls]
    },
    size: 7,
    constant: true,
    memory,
    penalty: 1e-3,
  })
}

/** Next range volatility from past ranges and moves, trading volume and where the day closed. */
export function activity({ memory }: { memory: number }): Forecaster {
  return regressLog({
    name: 'activity',
    target: rangeVolatility,
    features(history, end) {
      const volumes = window({ history, series: logVolume, end, size: 22 })
      const { high, low, close } = history.at(end)
      const place = high > low ? (high - close) / (high - low) : 0.5
      const rush = volumes.at(-1)! - mean(volumes)
      return [...volatilityState(history, end), rush, place]
    },
    size: 10,
    constant: true,
    memory,
    penalty: 1e-3,
  })
}
