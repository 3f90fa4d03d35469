import { createTopic, fund } from '@auspex/sdk'
import type { AuspexClient, TopicId, TopicParams } from '@auspex/sdk'
import type { Question } from '@auspex/workers/models'
import type { Address } from 'viem'
import type { Calendar } from './openCalendar.ts'
import { tokens } from './openMoney.ts'
import type { Money } from './openMoney.ts'
import { termsOf } from './termsOf.ts'

/** What a topic plays against its workers, and pays for taking part. */
export const POOL = tokens(20_000)

export interface OpenedTopic {
  readonly question: Question
  readonly id: TopicId
  readonly terms: TopicParams
  /** What the creator paid in, token base units. */
  readonly pool: bigint
}

/** The creator opens a topic for each question and pays into its pool. */
export async function openTopics(options: {
  creator: AuspexClient
  money: Money
  questions: readonly Question[]
  calendar: Calendar
  truth: Address
}): Promise<OpenedTopic[]> {
  const { creator, money, questions, calendar, truth } = options
  const topics: OpenedTopic[] = []

  for (const question of questions) {
    const terms = await termsOf({ question, calendar, truth })
    const { topic: id } = await createTopic(creator, terms)
    await money.give({ to: creator.account!, amount: POOL })
    await fund(creator, { topic: id, amount: POOL })
    topics.push({ question, id, terms, pool: POOL })
  }
  return topics
}
