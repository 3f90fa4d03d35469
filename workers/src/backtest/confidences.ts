/* What the same predictions would have earned with another confidence: constant, learned and full. */
import { fromFixed18, toFixed18 } from '@auspex/sdk/maths'
import type { RecordedSource } from '../sources/dataSource.ts'
import type { Question } from '../sources/questions.ts'
import { DEFAULT_RULE, learnedConfidence } from '../worker/learnedConfidence.ts'
import type { LearnedRule } from '../worker/learnedConfidence.ts'
import type { Career } from './stakes.ts'
import type { AskedRound } from './walkForward.ts'

export const confidenceNames = ['constant', 'learned', 'full'] as const

export interface StakeCurve {
  readonly name: (typeof confidenceNames)[number]
  readonly start: bigint
  readonly end: bigint
  /** The least that was left on the way, token base units. */
  readonly lowest: bigint
  /** Stakes after each round that was played. */
  readonly stakes: readonly bigint[]
  /** How often the topic restarted with it in the field. */
  readonly restarts: bigint
}

const FULL = 10_000n

/** Plays the same values three times. What was configured is played as it was asked. */
export async function compareConfidences(options: {
  asked: readonly AskedRound[]
  source: RecordedSource
  question: Question
  configured: bigint | LearnedRule
  play: (asked: readonly AskedRound[]) => Career
}): Promise<StakeCurve[]> {
  const { asked, configured, play } = options
  const isLearned = typeof configured !== 'bigint'
  const constant = isLearned ? configured.cap : configured
  const variants = {
    constant: isLearned ? withConfidence(asked, () => constant) : asked,
    learned: isLearned ? asked : await learnedOver(options, { ...DEFAULT_RULE }),
    full: withConfidence(asked, () => FULL),
  }
  return confidenceNames.map((name) => {
    const { start, end, earned, restarts } = play(variants[name])
    const stakes = earned.map(({ stake }) => stake)
    const lowest = stakes.reduce((least, stake) => (stake < least ? stake : least), start)
    return { name, start, end, lowest, stakes, restarts }
  })
}

/** The learned confidence for values that are known, by the same rule and with the same view as live. */
export async function learnedOver(
  {
    asked,
    source,
    question,
  }: Pick<Parameters<typeof compareConfidences>[0], 'asked' | 'source' | 'question'>,
  rule: LearnedRule,
): Promise<AskedRound[]> {
  const learned = learnedConfidence({ rule, truth: question.truth })
  const rounds: AskedRound[] = []
  for (const each of asked) {
    const { value, openedAt: now, published } = each
    if (value === undefined) {
      rounds.push(each)
      continue
    }
    const history = await source.read({ now, published })
    const confidence = learned.at(history, 1)
    learned.note(history, fromFixed18(value))
    rounds.push({ ...each, confidence })
  }
  return rounds
}

/** Learned confidence for each of several forecasters' doubles, in the same rounds. */
export async function learnedField(options: {
  rounds: readonly AskedRound[]
  values: Readonly<Record<string, readonly number[]>>
  source: RecordedSource
  question: Question
}): Promise<Record<string, bigint[]>> {
  const { rounds, values, source, question } = options
  const field: Record<string, bigint[]> = {}
  for (const [name, said] of Object.entries(values)) {
    const asked = rounds.map((round, i) => ({ ...round, value: toFixed18(said[i]!) }))
    const learned = await learnedOver({ asked, source, question }, DEFAULT_RULE)
    field[name] = learned.map(({ confidence }) => confidence)
  }
  return field
}

function withConfidence(
  asked: readonly AskedRound[],
  confidenceOf: () => bigint,
): readonly AskedRound[] {
  return asked.map((each) =>
    each.value === undefined ? each : { ...each, confidence: confidenceOf() },
  )
}
