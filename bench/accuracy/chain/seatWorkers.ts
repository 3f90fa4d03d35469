import type { PrivateKeyAccount } from 'viem/accounts'
import {
  accountOf,
  compactSignature,
  consentTypedData,
  createTopic,
  encodeActivate,
  encodeDeposit,
  encodeTakeSeat,
  multicall,
} from '@auspex/sdk'
import type { TopicId, TopicParams } from '@auspex/sdk'
import { BUDGET } from '../ours/wagerOf.ts'
import type { Chain } from './startChain.ts'

/** A wager is a ten thousandth of this; what is left over takes up rounding, so that wagers stay equal. */
const STAKE = BUDGET * 10_000n + 5_000n
const BATCH = 32

/** Opens a topic and gives every worker an equal stake and a seat. */
export async function seatWorkers({
  chain,
  params,
  workers,
}: {
  chain: Chain
  params: TopicParams
  workers: readonly PrivateKeyAccount[]
}): Promise<TopicId> {
  const { keeper } = chain
  const { topic } = await createTopic(keeper, params)
  const owner = accountOf(keeper)
  const place = { chainId: keeper.chainId, network: keeper.network }

  const deposits = await Promise.all(
    workers.map(async (account) => {
      const deadline = 2n ** 48n
      const typed = consentTypedData({ ...place, topic, owner, deadline })
      const consent = { deadline, ...compactSignature(await account.signTypedData(typed)) }
      return encodeDeposit({ topic, amount: STAKE, worker: account.address, consent })
    }),
  )
  const seats = workers.flatMap(({ address: worker }, i) => [
    encodeActivate({ topic, worker }),
    encodeTakeSeat({ topic, worker, seat: BigInt(i) }),
  ])

  await inBatches({ chain, calls: deposits })
  await chain.goTo(chain.now() + params.activationDelay + 1n)
  await inBatches({ chain, calls: seats })

  return topic
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
