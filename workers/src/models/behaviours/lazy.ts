import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { online } from '../families/online.ts'

/** Looks at the market every `every` bars and repeats itself in between. */
export function lazy({ series, every }: { series: Series; every: number }): Forecaster {
  return online({
    name: 'lazy',
    initial: { said: 0 },
    learn(state, history, index) {
      if (index % every === 0) state.said = series(history, index)
    },
    predict: ({ said }) => said,
  })
}
