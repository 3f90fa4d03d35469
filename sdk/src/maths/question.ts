/*
 * One definition of a number for a topic's creator, a worker and a reporter. `getDefinition` reads a truth source's.
 */
import { averageOf, momentsOf, returnOf, touchOf, volatilityOf } from './samples.ts'

/** What a truth source asks of the answers it samples. Windows are seconds up to the target time. */
export type Question =
  | { kind: 'value' }
  | { kind: 'return'; window: bigint; samples: bigint }
  | { kind: 'volatility'; window: bigint; samples: bigint }
  /** `size`: share of the start, 1e18 fixed point. */
  | { kind: 'move'; window: bigint; samples: bigint; size: bigint }
  | { kind: 'average'; window: bigint; samples: bigint }
  /** The geometric mean over all seconds of the window, by `poolPriceOf`; not made of samples. */
  | { kind: 'poolAverage'; window: bigint }

/** A question that follows from samples. */
export type SampledQuestion = Exclude<Question, { kind: 'poolAverage' }>

/** The moments whose answers a question needs, ascending; the last is the target time. Unix seconds. */
export function timesOf(question: SampledQuestion, targetTime: bigint): bigint[] {
  return question.kind === 'value' ? [targetTime] : momentsOf(question, targetTime)
}

/**
 * The number that the truth source computes of the answers at these moments, to the last bit, 1e18 fixed point; undefined
 * where it makes the round void.
 * @param answers 1e18 fixed point, one for each of `timesOf`
 */
export function answerOf(
  question: SampledQuestion,
  answers: readonly bigint[],
): bigint | undefined {
  switch (question.kind) {
    case 'value':
      return answers[0]
    case 'return':
      return returnOf([answers[0]!, answers.at(-1)!])
    case 'volatility':
      return volatilityOf(answers, question.window)
    case 'move':
      return touchOf(answers, question.size)
    case 'average':
      return averageOf(answers)
  }
}
