import { openTensors } from '@auspex/workers/models'
import type { Forecaster, Question, Tensors } from '@auspex/workers/models'
import { castOf } from '../cast/castOf.ts'
import type { CastMember } from '../cast/castOf.ts'
import type { Calendar } from '../world/openCalendar.ts'

/** A worker to be, and its model. */
export interface Learner extends Omit<CastMember, 'create'> {
  readonly forecaster: Forecaster
}

/** Makes a question's models and lets them learn all that is known when round 0 opens. */
export async function learnPast(options: {
  question: Question
  calendar: Calendar
  tensors: Tensors
  seed: number
}): Promise<Learner[]> {
  const { question, calendar, tensors, seed } = options
  const { source, start } = calendar
  const past = await source.read({ now: Number(start) })

  const learners: Learner[] = []
  for (const { create, ...spec } of castOf({ question: question.name, tensors, seed })) {
    const forecaster = create()
    await forecaster.fit(past)
    learners.push({ ...spec, forecaster })
  }
  return learners
}

/** TensorFlow.js on the best backend there is. */
export async function bringUpTensors(): Promise<Tensors> {
  const opened = await openTensors()
  if (opened.status === 'ready') return opened.tensors

  const reasons = opened.refused.map(({ name, reason }) => `${name}: ${reason}`)
  throw new Error(`No backend of TensorFlow.js can train here.\n${reasons.join('\n')}`)
}
