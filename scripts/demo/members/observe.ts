import type { DataSource, Observe } from '@auspex/workers'
import { toFixed18 } from '@auspex/workers/models'
import type { Question } from '@auspex/workers/models'

/** What a reputer sees at a round's target time: the answer the source gives as soon as the bar is there. */
export function observeWith(options: { source: DataSource; question: Question }): Observe {
  const { source, question } = options
  return async ({ targetTime }) => {
    const history = await source.read({ now: Number(targetTime) })
    const last = history.length - 1
    if (history.at(last).time !== Number(targetTime)) return undefined
    return toFixed18(question.truth(history, last))
  }
}

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
