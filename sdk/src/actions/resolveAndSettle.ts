import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { toldIn } from '../events.ts'
import { gradient } from '../math/scoring.ts'
import { clamp } from '../math/numbers.ts'
import { getRecords } from '../reads/getRecords.ts'
import { getTopic } from '../reads/getTopic.ts'
import { getTruth } from '../reads/getTruth.ts'
import { learningOf } from '../learningOf.ts'
import { requiredOutcome } from '../required.ts'
import { truthStatuses } from '../types.ts'
import type { Outcome, Resolution, RevealedRecord, RoundKey } from '../types.ts'
import { multicall } from './multicall.ts'
import { encodeResolve, resolve } from './resolve.ts'
import { encodeSettle } from './settle.ts'

export type ResolveAndSettleParams = RoundKey & {
  /** As `publish` told; read from the chain where not given. */
  outcome?: Outcome
  /** All of the round, in the order they were revealed; read from the chain where not given. */
  records?: readonly RevealedRecord[]
  /** What the truth source needs to find the answer; empty where it needs nothing. */
  proof?: Hex
}

export type ResolvedAndSettled =
  | {
      status: 'settled'
      resolution: Resolution
      tip: bigint
      dust: bigint
      receipt: TransactionReceipt
    }
  | { status: 'void'; receipt: TransactionReceipt }

const INT104_MAX = 2n ** 103n - 1n

/**
 * `resolve` and `settle` in one transaction, both or neither. What `resolve` will find is worked out beforehand; where
 * another round of the topic is resolved in between, it is refused with WrongOutcome and can be tried again.
 * @throws AuspexError as `resolve` and `settle`
 */
export async function resolveAndSettle(
  client: AuspexClient,
  params: ResolveAndSettleParams,
): Promise<ResolvedAndSettled> {
  const { topic, round, proof = '0x' } = params
  const outcome = params.outcome ?? (await requiredOutcome(client, params))
  const expected = await foresee(client, { topic, round, outcome, proof })
  if (expected === 'void') return voided(client, { topic, round, outcome, proof })

  const records = params.records ?? (await getRecords(client, params))
  const calls = [
    encodeResolve({ topic, round, outcome, proof }),
    encodeSettle({ topic, round, outcome, resolution: expected, records }),
  ]
  const { receipt } = await multicall(client, { calls })
  const { resolution } = toldIn(client, receipt, 'RoundResolved')
  const { tip, dust } = toldIn(client, receipt, 'RoundSettled')
  return { status: 'settled', resolution, tip, dust, receipt }
}

type Foreseen = RoundKey & { outcome: Outcome; proof: Hex }

async function foresee(
  client: AuspexClient,
  { topic, round, outcome, proof }: Foreseen,
): Promise<Resolution | 'void'> {
  const state = await getTopic(client, { topic })
  const { status, value } = await getTruth(client, { topic, round, proof, state })
  if (status === 'void') return 'void'
  if (status !== 'known') {
    throw refusal('TruthUnknown', { status: truthStatuses.indexOf(status) })
  }

  const truth = clamp(value, -INT104_MAX - 1n, INT104_MAX)
  return { truth, gradient: gradient(outcome.inner, truth, learningOf(state)) }
}

async function voided(client: AuspexClient, params: Foreseen): Promise<ResolvedAndSettled> {
  const resolved = await resolve(client, params)
  if (resolved.status === 'void') return resolved
  throw new Error(`The truth source said void of round ${params.round} and then knew the answer`)
}
