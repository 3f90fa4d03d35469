import type { History } from '../sources/history.ts'
import type { Forecaster } from './forecaster.ts'
import { requireForward } from './requireForward.ts'
import { requireOwnMemory } from './requireOwnMemory.ts'

/** A forecaster that learns bar by bar: what it knows is a function of the bars alone. */
export function online<State>(model: {
  name: string
  initial: State
  learn(state: State, history: History, index: number): void
  predict(state: State, history: History): number
}): Forecaster {
  const { name, learn, predict } = model
  let state = structuredClone(model.initial)
  let seen = 0

  return {
    name,
    fit(history) {
      requireForward({ name, seen, history })
      for (; seen < history.length; seen++) learn(state, history, seen)
    },
    predict: (history) => predict(state, history),
    save: () => ({ name, seen, state: structuredClone(state) }),
    load(memory) {
      requireOwnMemory({ name, memory })
      state = structuredClone(memory.state as State)
      seen = memory.seen
    },
  }
}
