/*
 * What a ChallengedTruth and its StakeArbiter hold: challenges, cases, votes, jurors. A truth is named by its address as
 * `source`, an arbiter by its own as `arbiter` (getDisputeTerms).
 */
import { isAddressEqual, zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { challengedTruthAbi } from '../abis/challengedTruthAbi.ts'
import { stakeArbiterAbi } from '../abis/stakeArbiterAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom } from '../contract/calls.ts'
import type { RoundKey } from '../words/round.ts'
import { reportStatuses } from './reputers.ts'

type Source = { source: Address }
type Arbiter = { arbiter: Address }

const MOST_JURORS = 32n

/** How a challenge stands; in the order of the contract's enum. */
export const disputeStatuses = ['none', 'open', 'upheld', 'overturned', 'unanswered'] as const
export type DisputeStatus = (typeof disputeStatuses)[number]

/** How a case stands; in the order of the contract's enum. */
export const rulings = ['pending', 'decided', 'silent'] as const
export type Ruling = (typeof rulings)[number]

/** What a challenge costs, and who decides it. Money in token base units, times in seconds. */
export type DisputeTerms = {
  arbiter: Address
  /** What both are paid in. */
  token: Address
  /** Lost by a challenge that is not upheld. */
  bond: bigint
  /** What the arbiter takes for a case. */
  fee: bigint
  /** How long after a tally its value can be challenged. */
  challengeWindow: bigint
  /** How long a case takes at most. */
  duration: bigint
}

/**
 * The terms of challenges at a ChallengedTruth.
 *
 * @example
 * ```ts
 * import { getDisputeTerms } from '@auspex/sdk'
 *
 * const { arbiter, bond, fee } = await getDisputeTerms(auspex, { source })
 * ```
 */
export async function getDisputeTerms(
  client: AuspexClient,
  { source }: Source,
): Promise<DisputeTerms> {
  const truth = { abi: challengedTruthAbi, address: source }
  const [arbiter, token, bond, challengeWindow] = await Promise.all([
    readFrom(client, truth, 'arbiter', []),
    readFrom(client, truth, 'token', []),
    readFrom(client, truth, 'bond', []),
    readFrom(client, truth, 'challengeWindow', []),
  ])
  const target = { abi: stakeArbiterAbi, address: arbiter }
  const [fee, duration] = await Promise.all([
    readFrom(client, target, 'fee', []),
    readFrom(client, target, 'duration', []),
  ])
  return { arbiter, token, bond, fee, challengeWindow, duration }
}

/** A challenge of a round's truth. */
export type Dispute = {
  /** Who paid the bond and the arbiter's fee. */
  challenger: Address
  status: Exclude<DisputeStatus, 'none'>
  /** The arbiter's case. */
  id: bigint
}

/**
 * The challenge of a round's truth; undefined where nobody challenged it.
 *
 * @example
 * ```ts
 * import { getDispute } from '@auspex/sdk'
 *
 * const dispute = await getDispute(auspex, { source, topic, round })
 * ```
 */
export async function getDispute(
  client: AuspexClient,
  { source, topic, round }: Source & RoundKey,
): Promise<Dispute | undefined> {
  const truth = { abi: challengedTruthAbi, address: source }
  const { challenger, status, id } = await readFrom(client, truth, 'disputeOf', [topic, round])
  const named = disputeStatuses[Number(status)]!
  return named === 'none' ? undefined : { challenger, status: named, id }
}

/** A case of an arbiter. */
export type Case = {
  /** Who gets the fee back if nobody votes. */
  payer: Address
  /** Unix time. */
  openedAt: bigint
  /** Jurors that may vote. */
  seats: bigint
  /** Whether its fee is paid out and silence is slashed. */
  isClosed: boolean
  ruling: Ruling
  /** What happened, 1e18 fixed point; undefined unless decided. */
  value: bigint | undefined
}

/**
 * A case and its ruling; undefined where there is none of that number.
 *
 * @example
 * ```ts
 * import { getCase } from '@auspex/sdk'
 *
 * const found = await getCase(auspex, { arbiter, id })
 * ```
 */
export async function getCase(
  client: AuspexClient,
  { arbiter, id }: Arbiter & { id: bigint },
): Promise<Case | undefined> {
  const target = { abi: stakeArbiterAbi, address: arbiter }
  const [{ payer, openedAt, seats, isClosed }, [kept, value]] = await Promise.all([
    readFrom(client, target, 'getCase', [id]),
    readFrom(client, target, 'rulingOf', [id]),
  ])
  if (openedAt === 0n) return undefined
  const ruling = rulings[Number(kept)]!
  const decided = ruling === 'decided' ? value : undefined
  return { payer, openedAt, seats, isClosed, ruling, value: decided }
}

/** A juror's vote in a case, its weight frozen when the case was opened. */
export type Vote = {
  /** Its place among the case's votes. */
  seat: bigint
  juror: Address
  /** Token base units. */
  weight: bigint
  status: (typeof reportStatuses)[number]
  commitment: Hex
  /** 1e18 fixed point; undefined until opened. */
  value: bigint | undefined
}

/**
 * All votes of a case, by their places.
 *
 * @example
 * ```ts
 * import { getVotes } from '@auspex/sdk'
 *
 * const votes = await getVotes(auspex, { arbiter, id })
 * ```
 */
export async function getVotes(
  client: AuspexClient,
  { arbiter, id }: Arbiter & { id: bigint },
): Promise<Vote[]> {
  const target = { abi: stakeArbiterAbi, address: arbiter }
  const { seats } = await readFrom(client, target, 'getCase', [id])
  const places = Array.from({ length: Number(seats) }, (_, i) => BigInt(i))
  return Promise.all(
    places.map(async (seat) => {
      const kept = await readFrom(client, target, 'voteOf', [id, seat])
      const status = reportStatuses[Number(kept.status)]!
      const value = status === 'revealed' ? kept.value : undefined
      const { juror, weight, commitment } = kept
      return { seat, juror, weight, status, commitment, value }
    }),
  )
}

/**
 * The place of a juror among a case's votes; undefined where it may not vote in it.
 *
 * @example
 * ```ts
 * import { getVoteSeat } from '@auspex/sdk'
 *
 * const seat = await getVoteSeat(auspex, { arbiter, id, juror })
 * ```
 */
export async function getVoteSeat(
  client: AuspexClient,
  { arbiter, id, juror }: Arbiter & { id: bigint; juror: Address },
): Promise<bigint | undefined> {
  const votes = await getVotes(client, { arbiter, id })
  return votes.find((vote) => isAddressEqual(vote.juror, juror))?.seat
}

/** An account that decides cases. */
export type Juror = {
  /** Token base units that slashing has left. */
  stake: bigint
  /** When it registered, unix time. */
  since: bigint
  /** When it may withdraw, unix time; undefined while it stays. */
  leavesAt: bigint | undefined
  seat: bigint
}

/**
 * A juror of an arbiter; undefined where the account is none.
 *
 * @example
 * ```ts
 * import { getJuror } from '@auspex/sdk'
 *
 * const found = await getJuror(auspex, { arbiter, juror })
 * ```
 */
export async function getJuror(
  client: AuspexClient,
  { arbiter, juror }: Arbiter & { juror: Address },
): Promise<Juror | undefined> {
  const target = { abi: stakeArbiterAbi, address: arbiter }
  const { stake, since, leavesAt, seat } = await readFrom(client, target, 'jurorOf', [juror])
  if (since === 0n) return undefined
  return { stake, since, leavesAt: leavesAt === 0n ? undefined : leavesAt, seat }
}

/**
 * The first free seat of an arbiter; undefined where all 32 are taken.
 *
 * @example
 * ```ts
 * import { getFreeJurorSeat } from '@auspex/sdk'
 *
 * const seat = await getFreeJurorSeat(auspex, { arbiter })
 * ```
 */
export async function getFreeJurorSeat(
  client: AuspexClient,
  { arbiter }: Arbiter,
): Promise<bigint | undefined> {
  const target = { abi: stakeArbiterAbi, address: arbiter }
  for (let seat = 0n; seat < MOST_JURORS; seat++) {
    if ((await readFrom(client, target, 'seatOf', [seat])) === zeroAddress) return seat
  }
  return undefined
}

/**
 * What an account may claim of an arbiter, token base units.
 *
 * @example
 * ```ts
 * import { getJurorClaimable } from '@auspex/sdk'
 *
 * const amount = await getJurorClaimable(auspex, { arbiter, account })
 * ```
 */
export async function getJurorClaimable(
  client: AuspexClient,
  { arbiter, account }: Arbiter & { account: Address },
): Promise<bigint> {
  return readFrom(client, { abi: stakeArbiterAbi, address: arbiter }, 'claimableOf', [account])
}
