import { concatHex, isAddressEqual, keccak256, numberToHex, sliceHex, stringToHex } from 'viem'
import type { Address, Hex } from 'viem'
import type { AuspexClient, RoundKey, TopicId } from '@auspex/sdk'
import { findMined } from '../chain/findMined.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { isOlder, isSignedListener, listenerTypedData } from '../http/listeners.ts'
import type { Journal } from '../journal/journal.ts'

/*
 * How a new journal learns of another one of the same key that has signed nothing yet: each announces itself to its reputers,
 * and on the chain by a transaction from the key to itself. The account's nonces lead to the announcements of the others, so
 * that two machines find each other also where no reputer is common to them. Of two journals the younger one stops.
 */

/** What begins the data of an announcement: no function of the network has this selector. */
const MARK = sliceHex(keccak256(stringToHex('auspex: a new journal listens')), 0, 4)
/** MARK, topic, since, id, and how many this journal has sent before. */
const SIZE = 4 + 32 + 8 + 32 + 1

/** A journal as its announcement names it. */
export type Announcement = { topic: TopicId; since: bigint; id: Hex }

export type Listening = {
  /** Notes the account's nonce, from which on announcements of others are looked for; once, as early as possible. */
  begin: () => Promise<void>
  /** Announces this journal, and says whether an older one of the same key announced itself since this one began. */
  hearsOlder: (turn: RoundKey) => Promise<boolean>
  /** Whether the chain holds this journal's announcement, and all that the account sent since `begin` was looked at. */
  isHeard: () => boolean
}

/** The data of an announcement; `count` tells repeated ones apart. */
export function encodeAnnouncement({ topic, since, id }: Announcement, count = 0): Hex {
  const times = numberToHex(count % 256, { size: 1 })
  return concatHex([MARK, topic, numberToHex(since, { size: 8 }), id, times])
}

/** What an announcement says; undefined where the data is none. */
export function decodeAnnouncement(data: Hex): Announcement | undefined {
  if (data.length !== 2 + 2 * SIZE || sliceHex(data, 0, 4) !== MARK) return undefined
  return {
    topic: sliceHex(data, 4, 36),
    since: BigInt(sliceHex(data, 36, 44)),
    id: sliceHex(data, 44, 76),
  }
}

/** Listens for other journals of a worker's key. */
export function createListening(options: {
  client: AuspexClient
  worker: Address
  journal: Pick<Journal, 'since' | 'id'>
  reputers: readonly Endpoint[]
}): Listening {
  const { client, worker, journal, reputers } = options
  const { chainId, network } = client
  const place = { chainId, network }
  let announced: { round: bigint; at: number } | undefined
  /** The account's nonces below were looked at. */
  let seen: number | undefined
  let sent = 0
  let isSending = false
  let isMined = false
  let isLookedAt = false
  /** Younger journals that were answered, so that one that was restarted meanwhile hears of this one. */
  const answered = new Set<Hex>()

  const countOf = (blockTag: 'latest' | 'pending' = 'latest') =>
    client.public.getTransactionCount({ address: worker, blockTag })

  // From the pending nonce on: an announcement that a node which ended has left in the pool is none of one that runs, and
  // one that runs answers a younger journal.
  async function begin(): Promise<void> {
    const [latest, pending] = await Promise.all([
      countOf().catch(() => undefined),
      countOf('pending').catch(() => undefined),
    ])
    if (latest !== undefined) seen ??= Math.max(latest, pending ?? latest)
  }

  async function hearsOlder({ topic, round }: RoundKey): Promise<boolean> {
    const own = { topic, round, worker, since: journal.since, id: journal.id }
    if (sent === 0) announceOnChain(own)
    const [hasOne, hasOther] = await Promise.all([hearsFromReputers(own), hearsFromChain(own)])
    return hasOne || hasOther
  }

  async function hearsFromReputers(own: RoundKey & Announcement & { worker: Address }) {
    const { round } = own
    if (announced?.round !== round) announced = { round, at: Date.now() }
    const elapsed = Date.now() - announced.at
    const signature = await client.signTypedData(listenerTypedData(place, own))
    const answers = await Promise.all(
      reputers.map((each) => each.announce?.({ ...own, signature })),
    )
    const others = answers.flatMap((each) => (each?.status === 'heard' ? each.others : []))
    // One that ended before this one began says nothing any longer.
    const older = others.filter((each) => each.agoMs < elapsed && isOlder(each, own))
    const signed = await Promise.all(
      older.map((each) => isSignedListener(place, { ...own, ...each })),
    )
    return signed.includes(true)
  }

  async function hearsFromChain(own: Announcement): Promise<boolean> {
    isLookedAt = false
    const head = await countOf().catch(() => undefined)
    if (head === undefined) return false
    seen ??= head
    for (; seen < head; seen++) {
      const mined = await findMined(client.public, { address: worker, nonce: seen }).catch(
        () => undefined,
      )
      // No answer is not a negative answer: this nonce is looked at again the next time.
      if (mined === undefined) return false
      const other = isAddressEqual(mined.to, worker) ? decodeAnnouncement(mined.data) : undefined
      if (other === undefined || other.topic !== own.topic || other.id === own.id) continue
      if (isOlder(other, own)) return true
      if (answered.has(other.id)) continue
      answered.add(other.id)
      announceOnChain(own)
    }
    isLookedAt = true
    return false
  }

  /** Nothing waits for it: a chain that takes no transactions holds up no reveal. */
  function announceOnChain(own: Announcement): void {
    if (isSending) return
    isSending = true
    const data = encodeAnnouncement(own, sent)
    sent += 1
    client
      .send({ to: worker, data })
      .then(({ status }) => (isMined ||= status === 'success'))
      .catch(() => (sent = Math.max(0, sent - 1)))
      .finally(() => (isSending = false))
  }

  return { begin, hearsOlder, isHeard: () => isMined && isLookedAt }
}
