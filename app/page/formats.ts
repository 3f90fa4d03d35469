/* Numbers, times and names in words. */

/** A fixed point number or an amount of 18 decimals as a number; null stays null. */
export function numberOf(text: string): number
export function numberOf(text: string | null | undefined): number | null
export function numberOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(BigInt(text)) / 1e18
}

/** Four significant digits, thousands apart. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  const digits = size >= 1000 ? 1 : size >= 100 ? 2 : size >= 1 ? 3 : 4
  return value.toLocaleString('en-US', {
    minimumFractionDigits: size === 0 ? 0 : digits,
    maximumFractionDigits: digits,
  })
}

/** Tokens, with their sign where it says something. */
export function tokens(text: string | bigint | null | undefined, isSigned = false): string {
  if (text === null || text === undefined) return '–'
  const value = Number(BigInt(text)) / 1e18
  const words = Math.abs(value).toLocaleString('en-US', { maximumFractionDigits: 2 })
  const sign = value < 0 ? '−' : isSigned && value > 0 ? '+' : ''
  return `${sign}${words}`
}

export function percent(share: number | null | undefined, digits = 1): string {
  if (share === null || share === undefined || Number.isNaN(share)) return '–'
  return `${(share * 100).toFixed(digits)} %`
}

/** A moment in UTC, to the minute. */
export function utc(seconds: number | null | undefined): string {
  if (!seconds) return '–'
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export function local(seconds: number | null | undefined): string {
  return seconds ? new Date(seconds * 1000).toLocaleString() : ''
}

/** The two ends of a hash. */
export function short(hash: string): string {
  return `${hash.slice(0, 6)}…${hash.slice(-4)}`
}

/** A duration in its two largest units, without those that are zero. */
export function lasting(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [Math.floor(seconds % 60), 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : []))
    .join(' ')
}
