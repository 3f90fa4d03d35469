import { network } from 'hardhat'
import { encodeAbiParameters, encodeFunctionData, size, toHex } from 'viem'
import type { Address, Hex } from 'viem'
import { accountOf, createAuspex } from '@auspex/sdk'
import type { Send, Transaction } from '@auspex/sdk'
import { at } from '../../lib/at.ts'
import type { Chain } from './Chain.ts'
import type { Hardfork } from './hardforks.ts'
import { keyOf } from './keyOf.ts'
import type { Cost } from './Measured.ts'

const BIRTH = '2030-01-01T00:00:00Z'
const SECONDS = 1000
const GAS = 16_000_000n
const ETHER = 10n ** 18n
const PURSE = 2n ** 90n
const FEED_DECIMALS = 8
const HEARTBEAT = 86_400n * 7n
/** The first round of a feed's first phase is one above this. */
const FEED_PHASE = 1n << 64n
/** Two answers: a feed without a history is refused. */
const HISTORY = [
  [0n, 0n],
  [1n, 2n],
] as const

/** Starts an embedded chain and deploys the network on it. The contracts must have been built. */
export async function startChain({
  hardfork,
  workers: count,
}: {
  hardfork: Hardfork
  workers: number
}): Promise<Chain> {
  const keys = ['keeper', ...Array.from({ length: count }, (_, i) => `worker ${i}`)].map(keyOf)
  const connection = await network.create({
    network: 'node',
    override: {
      hardfork,
      // A contract that grew too large is told of by its size, not by a failed deployment.
      allowUnlimitedContractSize: true,
      initialDate: BIRTH,
      accounts: keys.map((privateKey) => ({ privateKey, balance: ETHER * 1_000n })),
    },
  })
  const { viem, provider } = connection
  const publicClient = await viem.getPublicClient()
  const wallets = await viem.getWalletClients()

  let time = BigInt(Date.parse(BIRTH) / SECONDS)
  const setTime = async (next: bigint) => {
    time = next
    await provider.request({ method: 'evm_setNextBlockTimestamp', params: [toHex(time)] })
  }
  const goTo = async (next: bigint) => {
    if (next <= time) throw new RangeError(`Time ${next} has passed`)
    await setTime(next)
  }

  let spent: Cost = { gas: 0, calldata: 0 }
  // Every transaction has a block of its own, a second after the last: clocks outside play no part.
  const transact = async (transaction: { from: Address; to?: Address; data: Hex }) => {
    const params = [{ ...transaction, gas: toHex(GAS) }]
    const hash = (await provider.request({ method: 'eth_sendTransaction', params })) as Hex
    const receipt = await publicClient.getTransactionReceipt({ hash })
    await goTo(time + 1n)
    return receipt
  }
  const sendAs =
    (from: Address): Send =>
    async ({ to, data }: Transaction) => {
      const receipt = await transact({ from, to, data })
      spent.gas += Number(receipt.gasUsed)
      spent.calldata += size(data)
      return receipt
    }

  const deploy = async (name: string, args: unknown[]): Promise<Address> => {
    await goTo(time + 1n)
    return (await viem.deployContract(name as string, args)).address
  }
  const token = await deploy('TestToken', ['Bench', 'BENCH'])
  const feed = await deploy('MockAggregator', [FEED_DECIMALS, 'truths of the bench'])
  const { abi: feedAbi } = await viem.getContractAt('MockAggregator', feed)
  await goTo(time + 1n)
  await transact({
    from: at(wallets, 0).account.address,
    to: feed,
    data: encodeFunctionData({ abi: feedAbi, functionName: 'pushMany', args: HISTORY }),
  })
  const truth = await deploy('FeedTruth', [feed, HEARTBEAT])
  const contract = await deploy('TopicNetwork', [await deploy('TopicDesk', [token])])
  const factory = await deploy('FeedFactory', [contract])
  await goTo(time + 1n)

  const clientOf = async (i: number) => {
    const wallet = at(wallets, i)
    const send = sendAs(wallet.account.address)
    const place = { network: contract, token, publicClient, walletClient: wallet }
    return createAuspex({
      ...place,
      chainId: await publicClient.getChainId(),
      simulate: false,
      send,
    })
  }
  const { abi: tokenAbi } = await viem.getContractAt('TestToken', token)
  const clients = await Promise.all(keys.map((_, i) => clientOf(i)))
  const keeper = at(clients, 0)
  for (const client of clients) {
    const mint = { functionName: 'mint', args: [client.account, PURSE] }
    const approve = { functionName: 'approve', args: [contract, PURSE] }
    await client.send({ to: token, data: encodeFunctionData({ abi: tokenAbi, ...mint }) })
    await client.send({ to: token, data: encodeFunctionData({ abi: tokenAbi, ...approve }) })
  }
  let answers = FEED_PHASE + 2n

  const measure: Chain['measure'] = async (work) => {
    const before = { ...spent }
    const result = await work()
    const cost = { gas: spent.gas - before.gas, calldata: spent.calldata - before.calldata }
    return { cost, result }
  }

  return {
    keeper,
    workers: clients.slice(1),
    truth,
    factory,
    deploy: async (creation) => {
      const { contractAddress } = await transact({ from: accountOf(keeper), data: creation })
      if (!contractAddress) throw new Error('No contract came of it')
      return contractAddress
    },
    now: () => time,
    goTo,
    tell: async ({ value, at: moment }) => {
      const answer = answers + 1n
      const args = [
        [value, value],
        [moment, moment + 1n],
      ]
      const functionName = 'pushMany'
      const data = encodeFunctionData({ abi: feedAbi, functionName, args })
      await keeper.send({ to: feed, data })
      answers += 2n
      return encodeAbiParameters([{ type: 'uint80' }], [answer])
    },
    measure,
    rehearse: async (work) => {
      const before = { spent: { ...spent }, time }
      const snapshot = await provider.request({ method: 'evm_snapshot' })
      const { cost } = await measure(work)
      await provider.request({ method: 'evm_revert', params: [snapshot] })
      spent = before.spent
      await setTime(before.time)
      return cost
    },
    stop: () => connection.close(),
  }
}
