import { toFixed18 } from '@auspex/sdk/maths'
import type { Observe } from '../reporter.ts'
import type { DataSource } from '../../sources/dataSource.ts'
import type { Series } from '../../sources/series.ts'

/**
 * What a source says happened: the answer of the last bar at or before the target time. Nothing where no bar came since
 * the round opened, or where a further bar up to the target time may still come.
 */
export function observeWith(options: {
  source: DataSource
  truth: Series
  /** Seconds from a round's opening to its target time. */
  horizon: bigint
  /** Chain time. */
  now: () => Promise<bigint>
}): Observe {
  const { source, truth, horizon, now } = options
  return async ({ targetTime }) => {
    const known = await source.read({ now: Number(await now()) })
    const history = await source.read({ now: Number(targetTime) })
    const last = history.length - 1
    if (last < 0) return undefined

    const { time } = history.at(last)
    const isOfRound = time > Number(targetTime - horizon)
    const isLast = time === Number(targetTime) || known.length > history.length
    return isOfRound && isLast ? toFixed18(truth(history, last)) : undefined
  }
}
