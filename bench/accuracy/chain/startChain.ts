import { network } from 'hardhat'
import { encodeAbiParameters, encodeFunctionData, toHex } from 'viem'
import type { Address } from 'viem'
import { createAuspex } from '@auspex/sdk'
import type { Transaction } from '@auspex/sdk'
import type { Chain } from './Chain.ts'

const GAS = 200_000_000n
const PURSE = 2n ** 95n
const HEARTBEAT = 86_400n
/** The first round of a feed's first phase is one above this. */
const FEED_PHASE = 1n << 64n

/** Starts an embedded chain and deploys the network on it. The contracts must have been built. */
export async function startChain(): Promise<Chain> {
  const connection = await network.create({
    network: 'node',
    override: { blockGasLimit: GAS, transactionGasCap: GAS },
  })
  const { viem, provider } = connection
  const publicClient = await viem.getPublicClient()
  const [wallet] = await viem.getWalletClients()
  if (wallet === undefined) throw new Error('The embedded chain has no accounts')

  const account = wallet.account.address
  const token = await viem.deployContract('TestToken', ['Bench', 'BENCH'])
  const feed = await viem.deployContract('MockAggregator', [18, 'recorded truths'])
  await feed.write.pushMany!([
    [0n, 0n],
    [1n, 2n],
  ])
  const truth = await viem.deployContract('FeedTruth', [feed.address, HEARTBEAT])
  const desk = await viem.deployContract('TopicDesk', [token.address])
  const { address: contract } = await viem.deployContract('TopicNetwork', [desk.address])
  await token.write.mint!([account, PURSE])
  await token.write.approve!([contract, PURSE])

  const send = async ({ to, data }: Transaction) => {
    const request = { from: account, to, data, gas: toHex(GAS) }
    const hash = (await provider.request({
      method: 'eth_sendTransaction',
      params: [request],
    })) as Address
    return publicClient.getTransactionReceipt({ hash })
  }
  const now = async () => (await publicClient.getBlock()).timestamp
  let answers = FEED_PHASE + 2n

  return {
    keeper: await createAuspex({
      network: contract,
      token: token.address,
      publicClient,
      walletClient: wallet,
      simulate: false,
      send,
    }),
    truth: truth.address,
    now,
    stop: () => connection.close(),
    tell: async ({ value, at }) => {
      const answer = answers + 1n
      const args = [
        [value, value],
        [at, at + 1n],
      ] as const
      await send({
        to: feed.address,
        data: encodeFunctionData({ abi: feed.abi, functionName: 'pushMany', args }),
      })
      answers += 2n
      return encodeAbiParameters([{ type: 'uint80' }], [answer])
    },
    goTo: async (time) => {
      if (time <= (await now())) return
      await provider.request({ method: 'evm_setNextBlockTimestamp', params: [toHex(time)] })
    },
  }
}
