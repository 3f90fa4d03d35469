import { at } from '../../lib/checks.ts'
import type { Entry, Topic } from '../panel/Panel.ts'
import { turns } from '../turns.ts'

/** A rule's answer to a round, and how it learns from the truth when that is known. */
type Answer = {
  value: number
  learn: (truth: number) => void
}

/** A fresh forecaster for one topic: it sees what the workers present say and nothing else. */
export type Rule = () => (entries: readonly Entry[]) => Answer

/** What a rule would have said, round by round. */
export function replayPeer({ topic, rule }: { topic: Topic; rule: Rule }): number[] {
  const ask = rule()
  const answers: Answer[] = []

  for (const { step, index, round } of turns(topic.rounds)) {
    if (step === 'ask') answers.push(ask(round.entries))
    if (step === 'learn') at(answers, index).learn(round.truth)
  }

  return answers.map(({ value }) => value)
}
