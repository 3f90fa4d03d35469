import type { History } from './history.ts'

/** Parkinson (1980): for a driftless walk E[ln(high / low)^2] = 4 ln 2 sigma^2. */
const PARKINSON = 1 / (2 * Math.sqrt(Math.LN2))
const TRADING_DAYS = 252

/** Volatility in per cent a year from the day's range: ln(high / low) / (2 sqrt(ln 2)), annualised. */
export function rangeVolatility(history: History, index: number): number {
  const { high, low } = history.at(index)
  return 100 * Math.sqrt(TRADING_DAYS) * PARKINSON * Math.log(high / low)
}
