import { getPosition, getSeat, getTopic } from '@auspex/sdk'
import { ledgerOf } from './ledgerOf.ts'
import type { PlayedRound } from '../play/playedRound.ts'
import type { ConsumerStory } from '../members/openConsumer.ts'
import type { Ledger } from './ledgerOf.ts'
import { readReputers } from './readReputers.ts'
import type { ReputerSummary } from './readReputers.ts'
import type { Stage, StagedTopic } from '../world/stage.ts'
import { summarise } from './summarise.ts'
import type { Summary } from './summarise.ts'

/** What a run came to. */
export interface Report {
  readonly seed: number
  readonly summaries: readonly Summary[]
  readonly reputers: readonly ReputerSummary[]
  readonly consumer: ConsumerStory | undefined
  readonly ledger: Ledger
}

/** Adds everything up, and checks the stakes of the books against those of the chain. */
export async function closeBooks(options: {
  stage: Stage
  played: readonly (readonly PlayedRound[])[]
  seed: number
}): Promise<Report> {
  const { stage, played, seed } = options
  const summaries: Summary[] = []

  for (const [i, topic] of stage.topics.entries()) {
    const seats = await readSeats({ stage, topic })
    const summary = summarise({ topic, played: played[i]!, seats })
    await requireStakes({ stage, summary })
    await requirePool({ stage, summary })
    summaries.push(summary)
  }

  return {
    seed,
    summaries,
    reputers: await readReputers({ stage }),
    consumer: stage.consumer?.told(),
    ledger: await ledgerOf({ stage }),
  }
}

async function readSeats(at: {
  stage: Stage
  topic: StagedTopic
}): Promise<(number | undefined)[]> {
  const { stage, topic } = at
  return Promise.all(
    topic.workers.map(async ({ address }, seat) => {
      const occupant = await getSeat(stage.observer, { topic: topic.id, seat: BigInt(seat) })
      return occupant?.toLowerCase() === address.toLowerCase() ? seat : undefined
    }),
  )
}

/** The books follow the rule's twin, the chain follows the rule: they cannot differ by a unit. */
async function requireStakes({
  stage,
  summary,
}: {
  stage: Stage
  summary: Summary
}): Promise<void> {
  const { topic, workers } = summary
  for (const { name, address, stakeEnd } of workers) {
    const { stake } = await getPosition(stage.observer, { topic: topic.id, worker: address })
    if (stake === stakeEnd) continue
    throw new Error(
      `${name} in ${topic.question.name} has ${stake} at stake on the chain and ${stakeEnd} in the books`,
    )
  }
}

async function requirePool({ stage, summary }: { stage: Stage; summary: Summary }): Promise<void> {
  const { topic, pool } = summary
  const { pool: kept } = await getTopic(stage.observer, { topic: topic.id })
  if (kept === pool.end) return
  throw new Error(
    `The pool of ${topic.question.name} holds ${kept} on the chain and ${pool.end} in the books`,
  )
}
