/** A time, with its spread if there is one, in milliseconds or microseconds. */
export function timeText(median: number | null, spread: number | null = null): string {
  if (median === null) return '-'
  const [unit, size] = median < 0.1 ? ['µs', 1e-3] : ['ms', 1]
  const time = digits(median / size)
  return spread === null ? `${time} ${unit}` : `${time} ± ${digits(spread / size)} ${unit}`
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value.toFixed(value >= 10 ? 1 : 2)
}
