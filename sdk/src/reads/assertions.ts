/* What an OptimisticArbiter has asserted at its oracle, by its cases. */
import type { Address, Hex } from 'viem'
import { optimisticArbiterAbi } from '../abis/optimisticArbiterAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom } from '../contract/calls.ts'
import { AuspexError } from '../contract/errors.ts'
import { rulings } from './disputes.ts'
import type { Ruling } from './disputes.ts'

/** How an assertion stands; in the order of the contract's enum. */
export const assertionStatuses = ['none', 'asserted', 'disputed', 'truthful', 'untruthful'] as const
export type AssertionStatus = (typeof assertionStatuses)[number]

/** A case of an OptimisticArbiter. Values are 1e18 fixed point, times unix time, money token base units. */
export type Assertion = {
  oracle: Address
  /** The oracle's name for it. */
  assertionId: Hex
  status: Exclude<AssertionStatus, 'none'>
  /** What the reporters say, and what the challenger says instead. */
  reported: bigint
  claimed: bigint
  openedAt: bigint
  /** From when on an undisputed assertion is the ruling, and can no longer be disputed. */
  disputableUntil: bigint
  /** From when on a dispute that was not decided ends without a ruling. */
  decidedBy: bigint
  /** What disputing it costs, in which token. */
  bond: bigint
  token: Address
  ruling: Ruling
  /** What happened; undefined unless decided. */
  value: bigint | undefined
}

/**
 * A case and its assertion; undefined where there is none of that number.
 *
 * @example
 * ```ts
 * import { getAssertion } from '@auspex/sdk'
 *
 * const assertion = await getAssertion(auspex, { arbiter, id })
 * ```
 */
export async function getAssertion(
  client: AuspexClient,
  { arbiter, id }: { arbiter: Address; id: bigint },
): Promise<Assertion | undefined> {
  const target = { abi: optimisticArbiterAbi, address: arbiter }
  const [kept, [ruling, value], oracle, token, liveness, duration] = await Promise.all([
    readFrom(client, target, 'assertionOf', [id]),
    readFrom(client, target, 'rulingOf', [id]),
    readFrom(client, target, 'oracle', []),
    readFrom(client, target, 'token', []),
    readFrom(client, target, 'liveness', []),
    readFrom(client, target, 'duration', []),
  ])
  const status = assertionStatuses[Number(kept.status)]!
  if (status === 'none') return undefined
  const { id: assertionId, reported, claimed, openedAt, bond } = kept
  const named = rulings[Number(ruling)]!
  return {
    ...{ oracle, assertionId, status, reported, claimed, openedAt, bond, token },
    disputableUntil: openedAt + liveness,
    decidedBy: openedAt + duration,
    ruling: named,
    value: named === 'decided' ? value : undefined,
  }
}

/** As `getAssertion`; refuses a number that has no case. */
export async function requireAssertion(
  client: AuspexClient,
  { arbiter, id }: { arbiter: Address; id: bigint },
): Promise<Assertion> {
  const assertion = await getAssertion(client, { arbiter, id })
  if (assertion !== undefined) return assertion
  throw new AuspexError(
    'UnknownCase',
    { arbiter, id },
    `The arbiter ${arbiter} has no case ${id}. Take the number that challengeTruth returned, or that getDispute has.`,
  )
}
