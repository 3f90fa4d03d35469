const TRADING_DAYS = 252

/** A volatility in per cent a year as the size of one day's logarithmic return. */
export function dailySigma(volatility: number): number {
  return volatility / (100 * Math.sqrt(TRADING_DAYS))
}
