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
import { keccak256, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PrivateKeyAccount } from 'viem/accounts'
import { BUDGET } from '../ours/Engine.ts'
import type { Topic } from '../panel/Panel.ts'
import type { Chain } from './startChain.ts'

/** A key for every worker of a topic; the same name always has the same one. */
export function workersOf({ rounds }: Topic): Map<string, PrivateKeyAccount> {
  const names = new Set(rounds.flatMap(({ entries }) => entries.map(({ worker }) => worker)))

  return new Map(
    [...names].map((name) => [name, privateKeyToAccount(keccak256(toHex(`worker ${name}`)))]),
  )
}

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
