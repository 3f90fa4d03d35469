import { logReturn } from '../sources/logReturn.ts'
import { rangeVolatility } from '../sources/rangeVolatility.ts'
import { dailySigma } from './features/dailySigma.ts'
import { means } from './features/means.ts'
import { window } from './features/window.ts'
import type { Forecaster } from './forecaster.ts'
import { positive } from './maths/positive.ts'
import { sum } from './maths/sum.ts'
import { regressLog } from './regressLog.ts'

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
