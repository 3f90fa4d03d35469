import { logVolume } from '../sources/logVolume.ts'
import { rangeVolatility } from '../sources/rangeVolatility.ts'
import { volatilityState } from './features/volatilityState.ts'
import { window } from './features/window.ts'
import type { Forecaster } from './forecaster.ts'
import { mean } from './maths/mean.ts'
import { regressLog } from './regressLog.ts'

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
