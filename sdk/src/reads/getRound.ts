import type { Address } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { ALL_CLOSED, listings, roundStatuses } from '../words/round.ts'
import type { Round, RoundKey, RoundDomain, RoundStatus } from '../words/round.ts'
import { unpack } from '../maths/float.ts'
import { readNetwork } from '../contract/calls.ts'
import { eventsOf } from '../contract/logs.ts'
import type { LogRange } from '../contract/logs.ts'
import type { Seal } from '../words/seal.ts'
import { revealedIn } from '../words/prediction.ts'
import type { Revealed } from '../words/prediction.ts'
import { unpackOutcome } from '../words/outcome.ts'
import type { Outcome, Resolution } from '../words/outcome.ts'
import { refusal } from '../contract/errors.ts'

/**
 * A round as the ring holds it; status none if it was never opened or its place was reused.
 *
 * @example
 * ```ts
 * import { getRound } from '@auspex/sdk'
 *
 * const { status } = await getRound(auspex, { topic, round })
 * ```
 */
export async function getRound(client: AuspexClient, { topic, round }: RoundKey): Promise<Round> {
  const kept = await readNetwork(client, 'roundOf', [topic, round])
  const listing = listings[Number(kept.listing)]!
  return {
    ...kept,
    peak: unpack(kept.peak),
    status: roundStatuses[Number(kept.status)]!,
    listing,
    // A round that was revealed and published at once does not write its seats again.
    closed: listing === 'revealed' ? ALL_CLOSED : kept.closed,
  }
}

/**
 * The domain that was frozen when a round opened; undefined if it was not opened.
 *
 * @example
 * ```ts
 * import { getDomain } from '@auspex/sdk'
 *
 * const domain = await getDomain(auspex, { topic, round })
 * ```
 */
export async function getDomain(
  client: AuspexClient,
  key: RoundKey,
): Promise<RoundDomain | undefined> {
  const [opened] = await eventsOf(client, 'RoundOpened', { ...key, most: 1 })
  return opened && { center: opened.center, sigma: opened.sigma }
}

/** What one committer sealed in a round; the first list of a round is the zero address's, whoever committed it. */
export type SealList = { committer: Address; seals: readonly Seal[] }

/**
 * All lists that were committed to a round, oldest first.
 *
 * @example
 * ```ts
 * import { getSealLists } from '@auspex/sdk'
 *
 * const lists = await getSealLists(auspex, { topic, round })
 * ```
 */
export async function getSealLists(
  client: AuspexClient,
  params: RoundKey & LogRange,
): Promise<readonly SealList[]> {
  const emitted = await eventsOf(client, 'PredictionsCommitted', params)
  return emitted.map(({ committer, seals }) => ({ committer, seals }))
}

/**
 * The list a committer sealed in a round; undefined if it committed none. With it a worker that was left out reveals
 * alone.
 *
 * @example
 * ```ts
 * import { getSeals } from '@auspex/sdk'
 *
 * const seals = await getSeals(auspex, { topic, round, committer: worker })
 * ```
 */
export async function getSeals(
  client: AuspexClient,
  params: RoundKey & LogRange & { committer: Address },
): Promise<readonly Seal[] | undefined> {
  const [emitted] = await eventsOf(client, 'PredictionsCommitted', { ...params, most: 1 })
  return emitted?.seals
}

/**
 * All that was revealed in a round, in the order of the reveals.
 *
 * @example
 * ```ts
 * import { getRevealed } from '@auspex/sdk'
 *
 * const { predictions, workers } = await getRevealed(auspex, { topic, round })
 * ```
 */
export async function getRevealed(client: AuspexClient, key: RoundKey): Promise<Revealed> {
  return revealedIn(await eventsOf(client, 'PredictionsRevealed', key))
}

/**
 * What `publish` found; undefined where the round was not published.
 *
 * @example
 * ```ts
 * import { getOutcome } from '@auspex/sdk'
 *
 * const outcome = await getOutcome(auspex, { topic, round })
 * ```
 */
export async function getOutcome(
  client: AuspexClient,
  key: RoundKey,
): Promise<Outcome | undefined> {
  const [published] = await eventsOf(client, 'RoundPublished', { ...key, most: 1 })
  return published && unpackOutcome(published.outcome)
}

/**
 * What `resolve` found; undefined where the round was not resolved.
 *
 * @example
 * ```ts
 * import { getResolution } from '@auspex/sdk'
 *
 * const resolution = await getResolution(auspex, { topic, round })
 * ```
 */
export async function getResolution(
  client: AuspexClient,
  key: RoundKey,
): Promise<Resolution | undefined> {
  const [resolved] = await eventsOf(client, 'RoundResolved', { ...key, most: 1 })
  return resolved?.resolution
}

/** As `getOutcome`, refusing with WrongStatus where there is none. */
export async function requiredOutcome(client: AuspexClient, key: RoundKey): Promise<Outcome> {
  return (await getOutcome(client, key)) ?? refuse(client, key, 'published')
}

/** As `getResolution`, refusing with WrongStatus where there is none. */
export async function requiredResolution(client: AuspexClient, key: RoundKey): Promise<Resolution> {
  return (await getResolution(client, key)) ?? refuse(client, key, 'resolved')
}

async function refuse(client: AuspexClient, key: RoundKey, required: RoundStatus): Promise<never> {
  const { status } = await getRound(client, key)
  throw refusal('WrongStatus', {
    actual: roundStatuses.indexOf(status),
    required: roundStatuses.indexOf(required),
  })
}

/** Whether all that was committed to a round is revealed, so that it can be published before its reveals are over. */
export function isFullyRevealed({ status, closed }: Pick<Round, 'status' | 'closed'>): boolean {
  return status === 'open' && closed === ALL_CLOSED
}
