import { recoverTypedDataAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { typedDataDomain } from '@auspex/sdk'
import type { Place, RoundKey } from '@auspex/sdk'

/**
 * A new journal that listens for a round before its first signature. Two that were begun in the same moment have signed nothing
 * yet, so neither can see the other on the chain: a reputer that both tell of themselves shows each to the other.
 */
export type Listener = RoundKey & {
  worker: Address
  /** When the journal was begun, chain time. */
  since: bigint
  /** 32 bytes drawn when its node started. */
  id: Hex
  /** The worker's, over all of it. */
  signature: Hex
}

/** Another journal of the same key, as a reputer heard it. */
export type Heard = Pick<Listener, 'since' | 'id' | 'signature'> & {
  /** Milliseconds since it was heard last: one that ended is not heard again. */
  agoMs: number
}

/** Journals of a key and round that are remembered, and keys. */
const MOST_OF_ONE = 4
const MOST_KEYS = 4096

/** What a worker signs to say that its journal listens in a round. */
export function listenerTypedData(
  place: Place,
  { topic, round, since, id }: Pick<Listener, 'topic' | 'round' | 'since' | 'id'>,
) {
  return {
    domain: typedDataDomain(place),
    types: {
      Listener: [
        { name: 'topic', type: 'bytes32' },
        { name: 'round', type: 'uint256' },
        { name: 'since', type: 'uint256' },
        { name: 'id', type: 'bytes32' },
      ],
    },
    primaryType: 'Listener',
    message: { topic, round, since, id },
  } as const
}

/** Whether the worker's key signed it. */
export async function isSignedListener(place: Place, listener: Listener): Promise<boolean> {
  const { signature, worker } = listener
  const signer = await recoverTypedDataAddress({
    ...listenerTypedData(place, listener),
    signature,
  }).catch(() => undefined)
  return signer?.toLowerCase() === worker.toLowerCase()
}

/** Whether of two journals of a key the first one goes on: the one begun earlier, and of two of one moment one of them. */
export function isOlder(
  one: Pick<Listener, 'since' | 'id'>,
  other: Pick<Listener, 'since' | 'id'>,
): boolean {
  if (one.since !== other.since) return one.since < other.since
  return one.id.toLowerCase() < other.id.toLowerCase()
}

/** What a reputer remembers of journals that listen; in memory, as it matters for a round. */
export function listenerBook(now: () => number = Date.now) {
  const heard = new Map<string, Map<Hex, Omit<Heard, 'agoMs'> & { at: number }>>()

  /** Notes a journal, and gives the others of its key and round. */
  return (listener: Listener): Heard[] => {
    const { topic, round, worker, since, id, signature } = listener
    const key = `${topic} ${round} ${worker}`.toLowerCase()
    const own = heard.get(key) ?? new Map()
    heard.delete(key)
    heard.set(key, own)
    if (heard.size > MOST_KEYS) heard.delete(heard.keys().next().value!)
    own.delete(id)
    own.set(id, { since, id, signature, at: now() })
    if (own.size > MOST_OF_ONE) own.delete(own.keys().next().value!)
    return [...own.values()]
      .filter((each) => each.id !== id)
      .map(({ at, ...each }) => ({ ...each, agoMs: now() - at }))
  }
}
