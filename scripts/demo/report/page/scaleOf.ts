/** A linear scale from values to places, with round numbers to mark it by. */
export interface Scale {
  readonly ticks: readonly number[]
  place(value: number): number
}

/** Lays the values between `from` and `to`, with some air around them unless they are the whole. */
export function scaleOf(options: {
  values: readonly number[]
  from: number
  to: number
  count: number
  isWhole?: boolean
}): Scale {
  const { values, from, to, count, isWhole = false } = options
  const least = Math.min(...values)
  const most = Math.max(...values)
  const air = isWhole ? 0 : (most - least || 1) * 0.04
  const low = least - air
  const high = most + air

  const step = roundStep((high - low) / count)
  const first = Math.ceil(low / step)
  const ticks = Array.from(
    { length: Math.floor(high / step) - first + 1 },
    (_, i) => (first + i) * step,
  )
  return { ticks, place: (value) => from + ((value - low) / (high - low)) * (to - from) }
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  const times = step / power
  if (times <= 1) return power
  if (times <= 2) return 2 * power
  return times <= 5 ? 5 * power : 10 * power
}
