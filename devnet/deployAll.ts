import { createAuspex } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { encodeAbiParameters, encodeFunctionData, parseAbi } from 'viem'
import type { Address, Hex } from 'viem'
import { deployContract, deployNetwork } from './deployNetwork.ts'
import type { Chain, Member } from './startChain.ts'

/** Of the feed's answers, where a stage names no others. */
const DECIMALS = 8
/** An answer this old is still the truth: longer than anything that plays on such a chain lasts, seconds. */
const HEARTBEAT = 10n ** 9n
/** The first round of a feed's first phase is one above this. */
const FEED_PHASE = 1n << 64n
const PURSE = 2n ** 95n
const moneyAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function approve(address spender, uint256 amount)',
])
const feedAbi = parseAbi(['function pushMany(int192[] answers, uint64[] updatedAts)'])

/** What stands on the chain, and who pays for it. */
export interface Deployed {
  readonly network: Address
  readonly token: Address
  /** A truth source over a feed that `tell` writes. */
  readonly truth: Address
  /** Deploys, owns the feed, and has tokens and coin enough for everything. */
  readonly owner: AuspexClient
  /** Puts another contract on the chain, by the code that creates it. */
  create(code: Hex): Promise<Address>
  /** A member's client: signs by itself, sends inside this process, and tries no write by a call first. */
  clientOf(member: Member, changes?: Partial<AuspexClient>): Promise<AuspexClient>
  /** Mints tokens for an account and lets the network take them. */
  give(member: Member, amount?: bigint): Promise<void>
  /** Writes the truth of a moment that has passed into the feed, and gives its proof. */
  tell(answer: { value: bigint; at: bigint }): Promise<Hex>
}

type Place = { readonly network: Address; readonly token: Address }

/** Deploys a test token, a feed with its truth source, and the network, always in this order: the addresses follow from it. */
export async function deployAll(
  chain: Chain,
  payer: Member,
  {
    decimals = DECIMALS,
    on,
  }: { decimals?: number; /** A network that stands already. */ on?: Place } = {},
): Promise<Deployed> {
  const create = (code: Hex) => createWith(payer, code)
  const token =
    on?.token ?? (await deployContract({ name: 'TestToken', create, args: ['Devnet', 'DEV'] }))
  const feedArgs = [decimals, 'truths of the devnet']
  const feed = await deployContract({ name: 'MockAggregator', create, args: feedArgs })
  // Two answers: a feed without a history is refused.
  await push([0n, 0n], [1n, 2n])
  const truth = await deployContract({ name: 'FeedTruth', create, args: [feed, HEARTBEAT] })
  const { network } = on ?? (await deployNetwork({ create, token }))
  let answers = FEED_PHASE + 2n

  async function push(values: readonly bigint[], times: readonly bigint[]): Promise<void> {
    const call = { abi: feedAbi, functionName: 'pushMany', args: [values, times] } as const
    const { status } = await payer.send({ to: feed, data: encodeFunctionData(call) })
    if (status === 'reverted') throw new Error('The feed refused an answer')
  }

  const clientOf: Deployed['clientOf'] = async ({ account, send }, changes = {}) => ({
    ...(await createAuspex({
      ...{ network, token, chainId: chain.id, publicClient: chain.public, simulate: false },
      account: account.address,
      send,
      signTypedData: (data) => account.signTypedData(data),
      now: async () => chain.now(),
    })),
    ...changes,
  })

  return {
    ...{ network, token, truth, create, clientOf },
    owner: await clientOf(payer),

    async give(member, amount = PURSE) {
      const mint = { functionName: 'mint', args: [member.address, amount] } as const
      const approve = { functionName: 'approve', args: [network, amount] } as const
      await member.send({ to: token, data: encodeFunctionData({ abi: moneyAbi, ...mint }) })
      await member.send({ to: token, data: encodeFunctionData({ abi: moneyAbi, ...approve }) })
    },

    async tell({ value, at }) {
      // The answer after it proves that it was the last one at that moment.
      const answer = answers + 1n
      await push([value, value], [at, at + 1n])
      answers += 2n
      return encodeAbiParameters([{ type: 'uint80' }], [answer])
    },
  }
}

/** Sends a contract's creation code; throws where no contract came of it. */
async function createWith(payer: Member, code: Hex): Promise<Address> {
  const { contractAddress } = await payer.send({ data: code })
  if (!contractAddress) throw new Error('The chain created no contract')
  return contractAddress
}
