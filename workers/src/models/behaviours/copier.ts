import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { online } from '../families/online.ts'

/** Repeats the last aggregate of the feed; before there is one, the last value. */
export function copier({ series }: { series: Series }): Forecaster {
  return online({
    name: 'copier',
    initial: {},
    learn() {},
    predict: (_, history) => history.published ?? series(history, history.length - 1),
  })
}
