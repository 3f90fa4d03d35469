import type { Question } from '../../sources/questions.ts'

/** How far a forecast lay from the truth; lower is better. */
export type Loss = (forecast: number, truth: number) => number

/** Volatilities below this count as this, so that a day without a range has a logarithm. */
const LEAST_VOLATILITY = 0.1
/** No probability is surer than this, or one mistake would cost everything. */
const LEAST_CHANCE = 1e-6

export const squared: Loss = (forecast, truth) => (forecast - truth) ** 2

/**
 * QLIKE (Patton 2011) of variances: r - ln r - 1 with r the square of truth over forecast. It does not favour whoever says
 * too little, and a wild day does not outweigh all calm ones.
 */
export const qlike: Loss = (forecast, truth) => {
  const [said, was] = [forecast, truth].map((each) => Math.max(LEAST_VOLATILITY, each))
  const ratio = (was! / said!) ** 2
  return ratio - Math.log(ratio) - 1
}

/** Logarithmic score of a probability: minus the logarithm of what was said of what happened, in nats. */
export const logScore: Loss = (forecast, truth) => {
  const chance = truth > 0.5 ? forecast : 1 - forecast
  return -Math.log(Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance)))
}

/**
 * Score of an interval of a level (Gneiting and Raftery 2007): its width, and for a truth outside the way to it times
 * 2 / (1 - level).
 */
export function intervalScore(interval: {
  low: number
  high: number
  truth: number
  level: number
}): number {
  const { low, high, truth, level } = interval
  const missed = Math.max(0, low - truth) + Math.max(0, truth - high)
  return high - low + (2 / (1 - level)) * missed
}

/** The losses that suit a question; the first one is what the grade follows. */
export function lossesOf(question: Pick<Question, 'measure'>): { [name: string]: Loss } {
  if (question.measure === 'volatility') return { qlike, squared }
  if (question.measure === 'probability') return { brier: squared, log: logScore }
  return { squared }
}
