/* What a ReputerTruth holds: panels, seats, stakes and reports. Each takes its address as `source`. */
import { zeroAddress } from 'viem'
import type { Address, ContractFunctionArgs, ContractFunctionReturnType, Hex } from 'viem'
import { reputerTruthAbi } from '../abis/reputerTruthAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom } from '../contract/calls.ts'
import type { Onchain } from '../contract/calls.ts'
import type { TopicId } from '../words/topic.ts'
import type { RoundKey } from '../words/round.ts'

type Abi = typeof reputerTruthAbi
type Source = { source: Address }
type ReadName =
  | 'panelOf'
  | 'reputerOf'
  | 'seatOf'
  | 'reporterOf'
  | 'reportOf'
  | 'claimableOf'
  | 'commitWindow'
  | 'revealWindow'

const MOST_SEATS = 16n
/** `until` of a reputer that stays. */
const ALWAYS = 2n ** 32n - 1n

/** A topic's panel and the clock of its rounds; seconds. Undefined until its first seat is taken. */
export type Panel = {
  /** Target time of round 0, unix time. */
  firstTarget: bigint
  cadence: bigint
  /** From a round's opening to its target time. */
  horizon: bigint
  /** Rounds that have a place at once. */
  ring: bigint
  /** Seats that were ever taken. */
  seats: bigint
  /** How far a report may lie from the median, on top of a share of it; 1e18 fixed point. */
  tolerance: bigint
  /** From the target time, how long sealed reports are taken. */
  commitWindow: bigint
  /** After that, how long reports are opened. */
  revealWindow: bigint
}

/**
 * A topic's panel at a ReputerTruth; undefined until its first seat is taken.
 *
 * @example
 * ```ts
 * import { getPanel } from '@auspex/sdk'
 *
 * const panel = await getPanel(auspex, { source, topic })
 * ```
 */
export async function getPanel(
  client: AuspexClient,
  { source, topic }: Source & { topic: TopicId },
): Promise<Panel | undefined> {
  const [panel, commitWindow, revealWindow] = await Promise.all([
    read(client, source, 'panelOf', [topic]),
    read(client, source, 'commitWindow', []),
    read(client, source, 'revealWindow', []),
  ])
  if (panel.cadence === 0n) return undefined
  const { terms: _, ...clock } = panel
  return { ...clock, commitWindow, revealWindow }
}

/** One term of a reputer: the rounds `from` up to `until`, which is not among them. */
export type ReputerTerm = {
  seat: bigint
  /** Token base units that slashing has left. */
  stake: bigint
  from: bigint
  /** Undefined while it stays. */
  until: bigint | undefined
  /** When it may withdraw, unix time; undefined while it stays. */
  leavesAt: bigint | undefined
}

/**
 * An account's term in a topic's panel; undefined if it has none.
 *
 * @example
 * ```ts
 * import { getReputer } from '@auspex/sdk'
 *
 * const term = await getReputer(auspex, { source, topic, reputer })
 * ```
 */
export async function getReputer(
  client: AuspexClient,
  { source, topic, reputer }: Source & { topic: TopicId; reputer: Address },
): Promise<ReputerTerm | undefined> {
  const { account, seat, stake, from, until, leavesAt } = await read(client, source, 'reputerOf', [
    topic,
    reputer,
  ])
  if (account === zeroAddress) return undefined
  const stays = until === ALWAYS
  return {
    ...{ seat, stake, from },
    until: stays ? undefined : until,
    leavesAt: stays ? undefined : leavesAt,
  }
}

/**
 * The reputer that holds a seat for the rounds that have not opened yet; undefined if it is free.
 *
 * @example
 * ```ts
 * import { getReputerSeat } from '@auspex/sdk'
 *
 * const occupant = await getReputerSeat(auspex, { source, topic, seat: 0n })
 * ```
 */
export async function getReputerSeat(
  client: AuspexClient,
  { source, topic, seat }: Source & { topic: TopicId; seat: bigint },
): Promise<Address | undefined> {
  return present(await read(client, source, 'seatOf', [topic, seat]))
}

/**
 * The first seat that nobody holds, or the next new one; undefined where all sixteen are held.
 *
 * @example
 * ```ts
 * import { getFreeReputerSeat } from '@auspex/sdk'
 *
 * const seat = await getFreeReputerSeat(auspex, { source, topic })
 * ```
 */
export async function getFreeReputerSeat(
  client: AuspexClient,
  { source, topic }: Source & { topic: TopicId },
): Promise<bigint | undefined> {
  const { seats } = await read(client, source, 'panelOf', [topic])
  for (let seat = 0n; seat < seats; seat++) {
    if ((await getReputerSeat(client, { source, topic, seat })) === undefined) return seat
  }
  return seats < MOST_SEATS ? seats : undefined
}

/**
 * The reputer that reports on a round from a seat, and its stake as weight; undefined if nobody does.
 *
 * @example
 * ```ts
 * import { getReporter } from '@auspex/sdk'
 *
 * const reporter = await getReporter(auspex, { source, topic, round, seat: 0n })
 * ```
 */
export async function getReporter(
  client: AuspexClient,
  { source, topic, round, seat }: Source & RoundKey & { seat: bigint },
): Promise<{ reporter: Address; weight: bigint } | undefined> {
  const [reporter, weight] = await read(client, source, 'reporterOf', [topic, round, seat])
  return reporter === zeroAddress ? undefined : { reporter, weight }
}

/** How far a report has come; in the order of the contract's enum. */
export const reportStatuses = ['none', 'committed', 'revealed'] as const

/**
 * The report from a seat on a round: its commitment while it is sealed, its value (1e18 fixed point) once it is revealed.
 * @throws AuspexError UnknownTopic where the topic has no panel
 *
 * @example
 * ```ts
 * import { getReport } from '@auspex/sdk'
 *
 * const report = await getReport(auspex, { source, topic, round, seat: 0n })
 * if (report.status === 'revealed') console.log(report.value)
 * ```
 */
export async function getReport(
  client: AuspexClient,
  { source, topic, round, seat }: Source & RoundKey & { seat: bigint },
): Promise<
  | { status: 'none' }
  | { status: 'committed'; commitment: Hex }
  | { status: 'revealed'; value: bigint }
> {
  const { status: kept, content } = await read(client, source, 'reportOf', [topic, round, seat])
  const status = reportStatuses[Number(kept)]!
  if (status === 'none') return { status }
  if (status === 'committed') return { status, commitment: content }
  return { status, value: BigInt.asIntN(104, BigInt(content)) }
}

/**
 * What an account may claim of a ReputerTruth, token base units.
 *
 * @example
 * ```ts
 * import { getReputerClaimable } from '@auspex/sdk'
 *
 * const amount = await getReputerClaimable(auspex, { source, account })
 * ```
 */
export async function getReputerClaimable(
  client: AuspexClient,
  { source, account }: Source & { account: Address },
): Promise<bigint> {
  return read(client, source, 'claimableOf', [account])
}

function present(account: Address): Address | undefined {
  return account === zeroAddress ? undefined : account
}

function read<const name extends ReadName>(
  client: AuspexClient,
  source: Address,
  functionName: name,
  args: Onchain<ContractFunctionArgs<Abi, 'view', name>>,
): Promise<Onchain<ContractFunctionReturnType<Abi, 'view', name>>> {
  return readFrom(client, { abi: reputerTruthAbi, address: source }, functionName, args)
}
