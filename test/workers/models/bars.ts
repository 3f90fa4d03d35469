import type { Bar } from '../../../workers/src/sources/history.ts'

const DAY = 86_400

/** Bars of consecutive days with the given closes and, if given, ranges about them. */
export function barsOf(closes: readonly number[], range: (index: number) => number = () => 0.02) {
  return closes.map((close, index): Bar => {
    const open = closes[index - 1] ?? close
    const middle = Math.max(open, close)
    return {
      time: DAY * (index + 1),
      open,
      high: middle * (1 + range(index)),
      low: Math.min(open, close) * (1 - range(index)),
      close,
      volume: 1000,
    }
  })
}
