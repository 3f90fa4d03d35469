import { at } from '../lib/at.ts'
import type { Topic } from './panel/Panel.ts'
import type { Answer, Rule } from './rules/Rule.ts'
import { turns } from './turns.ts'

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
