import type { Observe } from '@auspex/workers'
import type { Question } from '@auspex/workers/models'

const ONE = 10n ** 18n

/** Every so many rounds another answer than the one that was seen: 5 % more, or the opposite. */
export function lieAbout(options: {
  question: Question
  observe: Observe
  every: bigint
}): Observe {
  const { question, observe, every } = options
  return async (moment) => {
    const seen = await observe(moment)
    if (seen === undefined || moment.round % every !== every - 1n) return seen
    return question.name === 'move' ? ONE - seen : (seen * 105n) / 100n
  }
}
