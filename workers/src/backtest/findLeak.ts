import { forecast } from '../models/forecaster.ts'
import type { Forecaster } from '../models/forecaster.ts'
import { createHistory } from '../sources/history.ts'
import type { Bar } from '../sources/history.ts'

export interface Leak {
  /** Index of the last bar that was known. */
  index: number
  /** What was forecast with the real future on file, and with another one or none. */
  real: bigint
  other: bigint
}

/**
 * Asks afresh made forecasters for the bar after each given index three times: with the real future
 * on file, with a scrambled one and with none. Whatever differs knew what it could not know.
 */
export async function findLeak(options: {
  bars: readonly Bar[]
  create: (bars: readonly Bar[]) => Forecaster
  indexes: readonly number[]
}): Promise<Leak | undefined> {
  const { bars, create, indexes } = options

  for (const index of indexes) {
    const past = bars.slice(0, index + 1)
    const real = await ask({ bars, create, index })
    for (const future of [scrambled(bars.slice(index + 1)), []]) {
      const other = await ask({ bars: [...past, ...future], create, index })
      if (other !== real) return { index, real, other }
    }
  }
  return undefined
}

async function ask(options: {
  bars: readonly Bar[]
  create: (bars: readonly Bar[]) => Forecaster
  index: number
}): Promise<bigint> {
  const { bars, create, index } = options
  const history = createHistory({ bars, now: bars[index]!.time })
  return forecast({ forecaster: create(bars), history })
}

/** The same instants with the prices of the days in reverse order and doubled. */
function scrambled(bars: readonly Bar[]): Bar[] {
  return bars.map(({ time }, i) => {
    const { open, high, low, close, volume } = bars[bars.length - 1 - i]!
    return { time, open: 2 * open, high: 2.1 * high, low: 2 * low, close: 2 * close, volume }
  })
}
