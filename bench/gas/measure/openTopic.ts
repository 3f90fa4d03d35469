import {
  accountOf,
  createTopic,
  encodeActivate,
  encodeDeposit,
  encodeTakeSeat,
  fund,
  multicall,
  signConsent,
} from '@auspex/sdk'
import type { AuspexClient, TopicId, TopicParams } from '@auspex/sdk'
import type { Address } from 'viem'
import { draw } from '../../lib/random.ts'
import type { Chain } from '../chain.ts'

/**
 * How predictions reach the chain. `batched`: sealed, one list and one reveal by a reputer. `direct`: sealed, two
 * transactions of every worker's own. `signedOnly`: signed and revealed by a reputer, without a commit.
 */
export type Mode = 'batched' | 'direct' | 'signedOnly'

/** Those in which one transaction carries all workers. */
export type BatchedMode = Exclude<Mode, 'direct'>

/**
 * How a reputer sends what is due. `usual`: as it does by default, two transactions a round: one when the round opens and
 * the truth of an older one is known, one when the round can be published. `row`: every window of one round meets a window
 * of the next, and all that is due in a window waits for one transaction. `apart`: a transaction for every phase.
 */
export type Rhythm = 'usual' | 'row' | 'apart'

/** Those in which phases share transactions. */
export type JoinedRhythm = Exclude<Rhythm, 'apart'>

/** A funded topic whose every worker on the chain has a seat. */
export type Scene = { chain: Chain; topic: TopicId; params: TopicParams; mode: Mode }

const ONE = 10n ** 18n
const POOL = 100_000n * ONE
const START_IN = 100_000n
const BATCH = 32

/** Opens a topic, funds it and seats all workers of the chain, the keeper paying their stakes. */
export async function openTopic({
  chain,
  mode,
  rhythm = 'apart',
  terms = {},
}: {
  chain: Chain
  mode: Mode
  rhythm?: Rhythm
  /** In place of those that the rhythm has. */
  terms?: Partial<TopicParams>
}): Promise<Scene> {
  const { keeper, workers, truth } = chain
  const start = chain.now() + START_IN
  const params = { ...termsOf({ truth, start, mode, rhythm }), ...terms }
  const { topic } = await createTopic(keeper, params)
  await fund(keeper, { topic, amount: POOL, approval: 'never' })
  const owner = accountOf(keeper)

  const depositOf = async (client: AuspexClient) => {
    const worker = accountOf(client)
    const consent = await signConsent(client, { topic, owner })
    return encodeDeposit({ topic, amount: stakeOf(worker), worker, consent })
  }
  const seats = workers
    .map(accountOf)
    .flatMap((worker, i) => [
      encodeActivate({ topic, worker }),
      encodeTakeSeat({ topic, worker, seat: BigInt(i) }),
    ])

  await inBatches({ chain, calls: await Promise.all(workers.map(depositOf)) })
  await chain.goTo(chain.now() + params.activationDelay)
  await inBatches({ chain, calls: seats })

  return { chain, topic, params, mode }
}

/** Somewhere between 1,000 and 5,000 tokens, to the last unit: few zero bytes, as in life. */
function stakeOf(worker: string): bigint {
  return 1_000n * ONE + draw({ label: `stake ${worker.toLowerCase()}`, limit: 4_000n * ONE })
}

async function inBatches({
  chain,
  calls,
}: {
  chain: Chain
  calls: readonly `0x${string}`[]
}): Promise<void> {
  for (let i = 0; i < calls.length; i += BATCH) {
    await multicall(chain.keeper, { calls: calls.slice(i, i + BATCH) })
  }
}

const DAY = 86_400n

/** Length of the commit and reveal windows, seconds. */
export const WINDOW = 1_000n

/** Terms of a topic whose rounds have such a rhythm. */
export function termsOf({
  truth,
  start,
  mode,
  rhythm,
}: {
  truth: Address
  start: bigint
  mode: Mode
  rhythm: Rhythm
}): TopicParams {
  const commitWindow = mode === 'signedOnly' ? 0n : WINDOW
  const schedules: Record<Rhythm, Pick<TopicParams, 'cadence' | 'horizon'>> = {
    usual: { cadence: DAY, horizon: DAY },
    row: { cadence: WINDOW, horizon: commitWindow + 2n * WINDOW },
    apart: { cadence: DAY, horizon: 80_000n },
  }

  return {
    ...schedules[rhythm],
    description: 'A price, some time ahead',
    truth,
    decimals: 8n,
    seats: 256n,
    ringSize: 4n,
    riskBps: 400n,
    start,
    commitWindow,
    revealWindow: WINDOW,
    lead: WINDOW,
    truthWindow: 80_000n,
    activationDelay: 100n,
    unstakeDelay: 100n,
    minWorkers: 1n,
    minWager: ONE,
    minStake: ONE,
    intervalBps: 9000n,
    poolRateBps: 100n,
    poolShareBps: 1000n,
    rewardCapBps: 10n,
    tipBps: 4n,
    referenceRateBps: 10_000n,
    domain: 'adaptive',
    domainScale: 30_000n,
    min: 0n,
    max: 1_000_000n * ONE,
    center: 100n * ONE,
    sigma: 2n * ONE,
  }
}
