import type { AuspexClient } from '../client/createAuspex.ts'
import { phaseAt, roundAt } from '../maths/schedule.ts'
import { getTopic } from '../reads/getTopic.ts'
import type { Phase, Times, TopicId } from '../words/topic.ts'
import type { RoundKey } from '../words/round.ts'

/** Where a topic stands: a round, the phase it is in, chain time in unix seconds. */
export type Turn = RoundKey & { phase: Phase; time: bigint }

/**
 * A round's phase by chain time; of the round that opened last if none is named. With `times` the topic need not be read.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTurn } from '@auspex/sdk'
 *
 * const { round, phase } = await getTurn(auspex, { topic })
 * ```
 */
export async function getTurn(
  client: AuspexClient,
  { topic, round, times }: { topic: TopicId; round?: bigint; times?: Times },
): Promise<Turn> {
  const terms = times ?? (await getTopic(client, { topic }))
  const time = await client.now()
  const number = round ?? roundAt(terms, time)
  return { topic, round: number, phase: phaseAt(terms, number, time), time }
}
