import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import { getDomain, getRound, getSealLists } from '../reads/getRound.ts'
import type { RoundDomain, RoundKey } from '../words/round.ts'
import type { Seal } from '../words/seal.ts'

/**
 * Gives a round's first list, which the round keeps within its digest, a slot of its own, so that lists can be opened in
 * parts. `reveal` calls it if needed. Anyone may; nothing happens if it was done before.
 * @throws AuspexError UnknownTopic, WrongStatus
 *
 * @example
 * ```ts
 * import { unfold } from '@auspex/sdk'
 *
 * await unfold(auspex, { topic, round })
 * ```
 */
export async function unfold(
  client: AuspexClient,
  params: RoundKey,
): Promise<{ receipt: TransactionReceipt }> {
  return sendPrepared(client, await prepareUnfold(client, params))
}

export async function prepareUnfold(
  client: AuspexClient,
  key: RoundKey,
): Promise<Prepared<{ receipt: TransactionReceipt }>> {
  const [domain, [first]] = await Promise.all([getDomain(client, key), getSealLists(client, key)])
  if (domain === undefined || first === undefined) {
    throw refusal('WrongStatus', { actual: 0, required: 1 })
  }
  const data = encodeUnfold({ ...key, domain, seals: first.seals })
  return { data, resultOf: (receipt) => ({ receipt }) }
}

export function encodeUnfold({
  topic,
  round,
  domain: { center, sigma },
  seals,
}: RoundKey & { domain: RoundDomain; seals: readonly Seal[] }): Hex {
  return encodeCall('unfold', [topic, round, center, sigma, seals])
}

/** The call that has to go before a reveal, as long as the round's first list is folded. */
export async function unfolding(client: AuspexClient, key: RoundKey): Promise<readonly Hex[]> {
  const { status, listing } = await getRound(client, key)
  const isFolded = status === 'open' && (listing === 'sole' || listing === 'first')
  return isFolded ? [(await prepareUnfold(client, key)).data] : []
}
