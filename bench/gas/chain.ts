import type { AuspexClient, Transaction } from '@auspex/sdk'
import { encodeFunctionData, erc20Abi, parseAbi, size } from 'viem'
import type { Address, Hex } from 'viem'
import { deployAll } from '../../devnet/deployAll.ts'
import { deployContract } from '../../devnet/deployNetwork.ts'
import { keyOf as keyNamed, startChain as startDevnet } from '../../devnet/startChain.ts'
import type { Member } from '../../devnet/startChain.ts'
import { at } from '../lib/checks.ts'

/** The forks that are measured: one that rollups still run, and the newest that the embedded chain knows. */
export const hardforks = ['prague', 'osaka'] as const
export type Hardfork = (typeof hardforks)[number]

/** What a figure without a fork's name was measured on. */
export const NEWEST: Hardfork = 'osaka'

/** What transactions cost: gas used, and bytes of calldata. */
export type Cost = { gas: number; calldata: number }
type Measured<Result> = { cost: Cost; result: Result }

/** The devnet with the network on it. Keys, addresses and times are the same in every run. */
export type Chain = {
  keeper: AuspexClient
  /** each signs and sends in its own name */
  workers: readonly AuspexClient[]
  /** a truth source over a feed that the bench writes */
  truth: Address
  /** makes a topic's AggregatorV3 views */
  factory: Address
  /** puts a contract of others on the chain, by the code that creates it; this is not counted */
  deploy: (creation: Hex) => Promise<Address>
  /** lets the feed tell a value for a past moment, and gives the proof of it */
  tell: (answer: { value: bigint; at: bigint }) => Promise<Hex>
  now: () => bigint
  /** the next transaction runs at this time */
  goTo: (time: bigint) => Promise<void>
  /** gas and calldata of all transactions that clients send while the work is done */
  measure: <Result>(work: () => Promise<Result>) => Promise<Measured<Result>>
  /** what work would cost that is undone afterwards */
  rehearse: (work: () => Promise<unknown>) => Promise<Cost>
  stop: () => Promise<void>
}

/** Chain time of the first transaction; figures follow from it, as a topic's id holds its start. */
const BIRTH = 1_893_456_002n
const PURSE = 2n ** 90n
const mintAbi = parseAbi(['function mint(address to, uint256 amount)'])

/** The same name always has the same key. */
export function keyOf(name: string): Hex {
  return keyNamed(`bench ${name}`)
}

/** Starts an embedded chain and deploys the network on it. The contracts must have been built. */
export async function startChain({
  hardfork,
  workers: count,
}: {
  hardfork: Hardfork
  workers: number
}): Promise<Chain> {
  // Every transaction has a block of its own, a second after the last: clocks outside play no part.
  const devnet = await startDevnet({ hardfork, start: BIRTH, step: 1n, isSizeFree: true })
  const names = ['keeper', ...Array.from({ length: count }, (_, i) => `worker ${i}`)]
  const members = names.map((name) => devnet.join(keyOf(name)))
  const payer = at(members, 0)
  const { network, token, truth, tell, create, clientOf } = await deployAll(devnet, payer)
  const factory = await deployContract({ name: 'FeedFactory', create, args: [network] })

  let spent: Cost = { gas: 0, calldata: 0 }
  const openClient = async (member: Member) => {
    const send = async ({ to, data }: Transaction) => {
      const receipt = await member.send({ to, data })
      if (receipt.status === 'reverted') {
        // The same call before its block says why.
        const blockNumber = receipt.blockNumber - 1n
        await devnet.public.call({ account: member.address, to, data, blockNumber })
        throw new Error(`Reverted: ${receipt.transactionHash}`)
      }
      spent.gas += Number(receipt.gasUsed)
      spent.calldata += size(data)
      return receipt
    }
    await devnet.endow(member.address)
    return { ...(await clientOf(member)), send }
  }
  const clients = await Promise.all(members.map(openClient))
  for (const { account, send } of clients) {
    const mint = { abi: mintAbi, functionName: 'mint', args: [account!, PURSE] } as const
    const approve = { abi: erc20Abi, functionName: 'approve', args: [network, PURSE] } as const
    await send({ to: token, data: encodeFunctionData(mint) })
    await send({ to: token, data: encodeFunctionData(approve) })
  }

  const measure: Chain['measure'] = async (work) => {
    const before = { ...spent }
    const result = await work()
    const cost = { gas: spent.gas - before.gas, calldata: spent.calldata - before.calldata }
    return { cost, result }
  }

  return {
    keeper: at(clients, 0),
    workers: clients.slice(1),
    ...{ truth, factory, tell, measure },
    deploy: create,
    now: devnet.now,
    goTo: devnet.moveTo,
    rehearse: async (work) => {
      const before = { ...spent }
      const { cost } = await devnet.undo(() => measure(work))
      await Promise.all(members.map((member) => member.recount()))
      spent = before
      return cost
    },
    stop: devnet.close,
  }
}
