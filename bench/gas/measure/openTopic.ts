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
import type { AuspexClient, TopicParams } from '@auspex/sdk'
import type { Chain } from '../chain.ts'
import { draw } from './draw.ts'
import type { Mode } from './Mode.ts'
import type { Rhythm } from './Rhythm.ts'
import type { Scene } from './Scene.ts'
import { termsOf } from './termsOf.ts'

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
  return 1_000n * ONE + draw({ label: `stake ${worker}`, limit: 4_000n * ONE })
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
