import { createHmac } from 'node:crypto'
import { encodePacked, hexToBytes } from 'viem'
import type { Address, Hex } from 'viem'
import {
  AuspexError,
  accountOf,
  getAssertion,
  getCase,
  getDispute,
  getDisputeTerms,
  getTopic,
} from '@auspex/sdk'
import type {
  Assertion,
  AuspexClient,
  Case,
  Dispute,
  DisputeTerms,
  RoundKey,
  TopicId,
} from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'

/** Where answers of a topic are challenged. Refuses a topic whose truth comes from elsewhere. */
export async function openDisputes(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<DisputeTerms & { source: Address }> {
  const { truth: source } = await getTopic(client, { topic })
  const terms = await getDisputeTerms(client, { source }).catch((cause: Error) => {
    throw new OperatorError(
      'requirement',
      `The truth of ${topic} comes from ${source}, which takes no challenges (${cause.message.split('\n')[0]}). Only the answers of a ChallengedTruth can be challenged.`,
      cause,
    )
  })
  return { ...terms, source }
}

/** The challenge of a round; refuses a round that nobody challenged. */
export async function openDispute(
  client: AuspexClient,
  { topic, round }: RoundKey,
): Promise<DisputeTerms & { source: Address; dispute: Dispute }> {
  const terms = await openDisputes(client, { topic })
  const dispute = await getDispute(client, { source: terms.source, topic, round })
  if (dispute !== undefined) return { ...terms, dispute }
  throw new OperatorError(
    'requirement',
    `Nobody has challenged round ${round} of ${topic}. Challenge it with: auspex dispute open ${topic} ${round} <value>`,
  )
}

/** What decides a challenge: a case before jurors, or an assertion at an optimistic oracle. */
export type Decision =
  { kind: 'jury'; found: Case } | { kind: 'oracle'; found: Assertion } | { kind: 'other' }

/** Arbiters have no name of their own: one that has no cases of jurors is asked for its assertion. */
export async function decisionOf(
  client: AuspexClient,
  key: { arbiter: Address; id: bigint },
): Promise<Decision> {
  const jury = await getCase(client, key).catch(isAnotherKind)
  if (jury !== undefined) return { kind: 'jury', found: jury }
  const assertion = await getAssertion(client, key).catch(isAnotherKind)
  if (assertion !== undefined) return { kind: 'oracle', found: assertion }
  return { kind: 'other' }
}

/** A contract without such a function reverts or answers nothing; a chain that does not answer says nothing of its kind. */
function isAnotherKind(error: Error): undefined {
  const missing = ['ContractFunctionZeroDataError', 'ContractFunctionRevertedError']
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AuspexError || missing.includes(cause.name)) return undefined
  }
  throw error
}

/** Refuses what only jurors do where an oracle decides. */
export async function requireJury(
  client: AuspexClient,
  key: { arbiter: Address; id: bigint },
): Promise<Case> {
  const decision = await decisionOf(client, key)
  if (decision.kind === 'jury') return decision.found
  throw new OperatorError(
    'requirement',
    `The arbiter ${key.arbiter} has no jury. See auspex dispute show for who decides.`,
  )
}

/** Thirty-two bytes that nobody can guess, and that a juror finds again with its key alone. */
export function voteSalt(
  client: AuspexClient,
  { saltKey, arbiter, id }: { saltKey: Hex; arbiter: Address; id: bigint },
): Hex {
  const message = encodePacked(
    ['string', 'uint256', 'address', 'uint256', 'address'],
    ['vote', BigInt(client.chainId), arbiter, id, accountOf(client)],
  )
  const mac = createHmac('sha256', hexToBytes(saltKey)).update(hexToBytes(message))
  return `0x${mac.digest('hex')}`
}
