import { har } from '../models/families/autoregression.ts'
import { ewma, lastValue } from '../models/families/averages.ts'
import { online } from '../models/families/online.ts'
import { within } from '../models/families/logistic.ts'
import { forecast } from '../models/forecaster.ts'
import type { Forecaster } from '../models/forecaster.ts'
import { fromFixed18 } from '@auspex/sdk/maths'
import type { RecordedSource } from '../sources/dataSource.ts'
import type { Question } from '../sources/questions.ts'
import type { PastRound } from './walkForward.ts'

/** What anybody can say without an idea of their own. */
export const baselineNames = ['last', 'mean', 'ewma', 'har'] as const
export type BaselineName = (typeof baselineNames)[number]

function createBaselines({ truth, measure }: Question): Record<BaselineName, Forecaster> {
  const bound = (forecaster: Forecaster) =>
    measure === 'probability' ? within({ forecaster, low: 0, high: 1 }) : forecaster
  return {
    last: lastValue({ series: truth }),
    mean: online({
      name: 'mean',
      initial: { sum: 0, count: 0 },
      learn(state, history, index) {
        state.sum += truth(history, index)
        state.count += 1
      },
      predict: ({ sum, count }) => sum / count,
    }),
    ewma: ewma({ series: truth, halfLife: measure === 'probability' ? 15 : 3 }),
    har: bound(har({ series: truth, constant: true, memory: 2000, penalty: 1e-4 })),
  }
}

/** What the baselines would have said in the same rounds, from the same data. */
export async function answerBaselines(options: {
  source: RecordedSource
  question: Question
  rounds: readonly PastRound[]
}): Promise<Record<BaselineName, number[]>> {
  const { source, question, rounds } = options
  const forecasters = createBaselines(question)
  const said: Record<BaselineName, number[]> = { last: [], mean: [], ewma: [], har: [] }
  for (const { openedAt } of rounds) {
    const history = await source.read({ now: openedAt })
    for (const name of baselineNames) {
      const value = await forecast({ forecaster: forecasters[name], history })
      said[name].push(fromFixed18(value))
    }
  }
  return said
}
