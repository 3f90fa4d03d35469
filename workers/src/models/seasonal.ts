import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { online } from './online.ts'

const SECONDS_A_DAY = 86_400
const DAYS = [0, 1, 2, 3, 4, 5, 6]

/** A smoothed level times what the coming weekday usually is of it. */
export function seasonal(options: {
  series: Series
  halfLife: number
  memory: number
}): Forecaster {
  const { series, memory } = options
  const keep = 0.5 ** (1 / options.halfLife)
  const keepDay = Math.exp(-1 / memory)

  return online({
    name: 'seasonal',
    initial: {
      level: 0,
      weight: 0,
      days: DAYS.map(() => ({ ratios: 0, weight: 0 })),
    },
    learn(state, history, index) {
      const value = series(history, index)
      const day = state.days[weekday(history.at(index).time)]!
      const usual = share(day)
      if (state.weight > 0 && state.level > 0) {
        day.ratios = keepDay * day.ratios + (value * state.weight) / state.level
        day.weight = keepDay * day.weight + 1
      }
      state.level = keep * state.level + value / usual
      state.weight = keep * state.weight + 1
    },
    predict({ level, weight, days }, history) {
      const { time } = history.at(history.length - 1)
      return (level / weight) * share(days[weekday(nextTradingDay(time))]!)
    },
  })
}

function share({ ratios, weight }: { ratios: number; weight: number }): number {
  return weight > 10 ? ratios / weight : 1
}

function weekday(time: number): number {
  return new Date(time * 1000).getUTCDay()
}

function nextTradingDay(time: number): number {
  return time + SECONDS_A_DAY * (weekday(time) === 5 ? 3 : 1)
}
