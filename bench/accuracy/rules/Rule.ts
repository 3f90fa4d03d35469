import type { Entry } from '../panel/Panel.ts'

/** A rule's answer to a round, and how it learns from the truth when that is known. */
export type Answer = {
  value: number
  learn: (truth: number) => void
}

/** A fresh forecaster for one topic: it sees what the workers present say and nothing else. */
export type Rule = () => (entries: readonly Entry[]) => Answer
