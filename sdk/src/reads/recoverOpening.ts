import type { AuspexClient } from '../client/createAuspex.ts'
import { eventsWithTransactions } from '../contract/logs.ts'
import type { LogRange } from '../contract/logs.ts'
import type { RoundKey } from '../words/round.ts'
import type { Opening } from '../words/seal.ts'
import { capsulesIn, openCapsule } from '../words/prediction.ts'
import type { SaltParams } from '../words/prediction.ts'
import { findSeal } from '../words/seal.ts'

/**
 * Finds what a worker committed to in a round from the chain and its key alone: the transaction of each list holds the
 * prediction, encrypted by `seal`. Undefined where no list holds one that this key can open.
 *
 * @example
 * ```ts
 * import { recoverOpening } from '@auspex/sdk'
 *
 * const opening = await recoverOpening(auspex, { topic, round, worker, saltKey })
 * ```
 */
export async function recoverOpening(
  client: AuspexClient,
  {
    topic,
    round,
    worker,
    saltKey,
    ...range
  }: RoundKey & Pick<SaltParams, 'worker' | 'saltKey'> & LogRange,
): Promise<Opening | undefined> {
  const { chainId, network } = client
  const emitted = await eventsWithTransactions(client, 'PredictionsCommitted', {
    topic,
    round,
    ...range,
  })
  for (const { args, transactionHash } of emitted) {
    const { input } = await client.public.getTransaction({ hash: transactionHash })
    for (const { commitment, capsule } of capsulesIn({ input, topic, round })) {
      if (findSeal({ seals: args.seals, worker, commitment }) === undefined) continue
      const key = { chainId, network, topic, round, worker, saltKey, commitment }
      const opening = await openCapsule({ ...key, capsule })
      if (opening) return opening
    }
  }
  return undefined
}
