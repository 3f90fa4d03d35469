import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { getDomain } from '../reads/getDomain.ts'
import { getSealLists } from '../reads/getSealLists.ts'
import type { RoundDomain, RoundKey, Seal } from '../types.ts'

/**
 * Gives a round's first list, which the round keeps within its digest, a slot of its own, so that lists can be opened in
 * parts. `reveal` does it by itself where it is needed. Anyone may; nothing happens where it was done.
 * @throws AuspexError UnknownTopic, WrongStatus
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
