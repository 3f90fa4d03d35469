import type { History } from './history.ts'

/** One number a bar, looking back from it and never forward. */
export type Series = (history: History, index: number) => number

/** The closing price. */
export function closeOf(history: History, index: number): number {
  return history.at(index).close
}

/** Logarithm of the close over the close before; the first bar has none and counts as unmoved. */
export function logReturn(history: History, index: number): number {
  if (index === 0) return 0
  return Math.log(history.at(index).close / history.at(index - 1).close)
}

const LARGE = 0.01

/** 1 when the close moved by more than 1 % from the close before, otherwise 0. */
export function largeMove(history: History, index: number): number {
  if (index === 0) return 0
  const before = history.at(index - 1).close
  return Math.abs(history.at(index).close - before) > LARGE * before ? 1 : 0
}

/** Logarithm of the bar's volume, one added so that a bar without trades counts as zero. */
export function logVolume(history: History, index: number): number {
  return Math.log1p(history.at(index).volume)
}

/** Parkinson (1980): for a driftless walk E[ln(high / low)^2] = 4 ln 2 sigma^2. */
const PARKINSON = 1 / (2 * Math.sqrt(Math.LN2))
const TRADING_DAYS = 252

/** Volatility in per cent a year from the day's range: ln(high / low) / (2 sqrt(ln 2)), annualised. */
export function rangeVolatility(history: History, index: number): number {
  const { high, low } = history.at(index)
  return 100 * Math.sqrt(TRADING_DAYS) * PARKINSON * Math.log(high / low)
}

const MONTH = 22
const FIRST_GUESS = 0.01

/**
 * Mean size of the last month's daily returns, with one guess of 1 % among them: it never is zero,
 * so that it can divide.
 */
export function usualMove(history: History, index: number): number {
  const start = Math.max(1, index - MONTH + 1)
  let total = FIRST_GUESS
  for (let i = start; i <= index; i++) total += Math.abs(logReturn(history, i))
  return total / (index - start + 2)
}

/** The day's return in units of what was usual the day before: calm and wild years look alike. */
export function scaledReturn(history: History, index: number): number {
  return index === 0 ? 0 : logReturn(history, index) / usualMove(history, index - 1)
}

/** Logarithm of the way from the close back to the middle of the bar's range. */
export function wayBack(history: History, index: number): number {
  const { high, low, close } = history.at(index)
  return Math.log((high + low) / 2 / close)
}
