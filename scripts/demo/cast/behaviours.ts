/* Those of the demo's workers who do not work honestly, so that it shows what becomes of them. */
import type { History } from '@auspex/workers'
import { online } from '@auspex/workers/models'
import type { Forecaster } from '@auspex/workers/models'

type Series = (history: History, index: number) => number

/** Knows an honest forecast and predicts something else. */
export function liar(options: {
  forecaster: Forecaster
  lie: (forecast: number) => number
}): Forecaster {
  const { forecaster, lie } = options

  return {
    ...forecaster,
    name: 'liar',
    async predict(history) {
      return lie(await forecaster.predict(history))
    },
  }
}

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

/** Repeats the last aggregate of the feed; before there is one, the last value. */
export function copier({ series }: { series: Series }): Forecaster {
  return online({
    name: 'copier',
    initial: {},
    learn() {},
    predict: (_, history) => history.published ?? series(history, history.length - 1),
  })
}
