import { createAuspex } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { encodeFunctionData, parseAbi } from 'viem'
import type { Address } from 'viem'
import { deployContract } from '../../../scripts/deploy/deployContract.ts'
import { deployNetwork } from '../../../scripts/deploy/deployNetwork.ts'
import type { Chain, Member } from './Chain.ts'
import { keyOf } from './keyOf.ts'

const DECIMALS = 8
/** An answer this old is still the truth: longer than the bench lasts. */
const HEARTBEAT = 10n ** 9n
const PURSE = 2n ** 95n
const moneyAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function approve(address spender, uint256 amount)',
])
const feedAbi = parseAbi(['function pushMany(int192[] answers, uint64[] updatedAts)'])

/** What stands on the chain, and whoever pays for everything but the reputer's own. */
export type Deployed = {
  network: Address
  token: Address
  truth: Address
  /** Owns every stake and pays into every pool. */
  owner: AuspexClient
  /** A client that signs by itself and sends inside this process. */
  clientOf: (member: Member) => Promise<AuspexClient>
  /** Lets the feed tell a value of a moment that has passed. */
  tell: (answer: { value: bigint; at: bigint }) => Promise<void>
}

/** Deploys the network, a feed that the bench writes and a truth source over it. */
export async function deployAll(chain: Chain): Promise<Deployed> {
  const payer = await chain.join(keyOf('owner'))
  const create = async (data: `0x${string}`): Promise<Address> => {
    const { contractAddress } = await payer.send({ data })
    if (!contractAddress) throw new Error('A contract could not be deployed')
    return contractAddress
  }
  const { network, token } = await deployNetwork({ create })
  const feedArgs = [DECIMALS, 'truths of the bench']
  const feed = await deployContract({ name: 'MockAggregator', create, args: feedArgs })
  const history = [
    [0n, 0n],
    [1n, 2n],
  ] as const
  await payer.send({
    to: feed,
    data: encodeFunctionData({ abi: feedAbi, functionName: 'pushMany', args: history }),
  })
  const truth = await deployContract({ name: 'FeedTruth', create, args: [feed, HEARTBEAT] })

  const clientOf = ({ account, send }: Member) =>
    createAuspex({
      ...{ network, token, chainId: chain.id, publicClient: chain.public, simulate: false },
      account: account.address,
      send,
      signTypedData: (data) => account.signTypedData(data),
      now: async () => chain.now(),
    })
  const { address } = payer.account
  const mint = { abi: moneyAbi, functionName: 'mint', args: [address, PURSE] } as const
  const approve = { abi: moneyAbi, functionName: 'approve', args: [network, PURSE] } as const
  await payer.send({ to: token, data: encodeFunctionData(mint) })
  await payer.send({ to: token, data: encodeFunctionData(approve) })

  return {
    ...{ network, token, truth, clientOf },
    owner: await clientOf(payer),
    tell: async ({ value, at }) => {
      // The answer after it proves that it was the last one at that moment.
      const args = [
        [value, value],
        [at, at + 1n],
      ] as const
      const data = encodeFunctionData({ abi: feedAbi, functionName: 'pushMany', args })
      const { status } = await payer.send({ to: feed, data })
      if (status === 'reverted') throw new Error('The feed took no answer')
    },
  }
}
