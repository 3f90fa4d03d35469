import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { hashOf } from '../math/seals.ts'
import { getDomain } from '../reads/getDomain.ts'
import { getSealLists } from '../reads/getSealLists.ts'
import type { RoundDomain, RoundKey, Seal } from '../types.ts'
import { write } from '../write.ts'

/**
 * Gives a round's first list, which the round keeps within its digest, a slot of its own, so that lists can be opened in
 * parts. `reveal` does it by itself where it is needed. Anyone may; nothing happens where it was done.
 * @throws AuspexError UnknownTopic, WrongStatus
 */
export async function unfold(
  client: AuspexClient,
  params: RoundKey,
): Promise<{ receipt: TransactionReceipt }> {
  const data = await prepareUnfold(client, params)
  return { receipt: await write(client, { to: client.network, data }) }
}

export async function prepareUnfold(client: AuspexClient, key: RoundKey): Promise<Hex> {
  const [domain, [first]] = await Promise.all([getDomain(client, key), getSealLists(client, key)])
  if (domain === undefined || first === undefined) {
    throw refusal('WrongStatus', { actual: 0, required: 1 })
  }
  return encodeUnfold({ ...key, domain, seals: first.seals })
}

export function encodeUnfold({
  topic,
  round,
  domain: { center, sigma },
  seals,
}: RoundKey & { domain: RoundDomain; seals: readonly Seal[] }): Hex {
  return encodeCall('unfold', [topic, round, center, sigma, hashOf(seals)])
}
