import { toFixed18 } from '../../../workers/src/models/toFixed18.ts'
import type { Observe } from '../../../workers/src/roles/truths/fromReports.ts'
import type { DataSource } from '../../../workers/src/sources/dataSource.ts'
import type { Question } from '../../../workers/src/sources/question.ts'

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
