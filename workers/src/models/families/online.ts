import type { History } from '../../sources/history.ts'
import type { Forecaster, Memory } from '../forecaster.ts'

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

/** What was learned cannot be forgotten bar by bar, so a forecaster never goes back in time. */
export function requireForward(turn: { name: string; seen: number; history: History }): void {
  const { name, seen, history } = turn
  if (history.length >= seen) return
  throw new Error(`${name} has learned from ${seen} bars and cannot go back to ${history.length}`)
}

export function requireOwnMemory({ name, memory }: { name: string; memory: Memory }): void {
  if (memory.name === name) return
  throw new Error(`${name} cannot load the memory of ${memory.name}`)
}
