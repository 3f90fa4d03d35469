import { toFixed18 } from '@auspex/workers/models'
import { encodeFunctionData, parseAbi, parseEventLogs } from 'viem'
import type { Address } from 'viem'
import { deployContract } from '../../../devnet/deployNetwork.ts'
import type { Create } from '../../../devnet/deployNetwork.ts'
import type { Chain, Member } from '../../../devnet/startChain.ts'
import { tokens } from '../world/openMoney.ts'
import type { OpenedTopic } from '../world/openTopics.ts'
import { DAY } from '../world/schedule.ts'

const abi = parseAbi([
  'function update()',
  'function supply(uint256 amount)',
  'function borrow(uint256 amount)',
  'function tryRead() view returns (bool ok, uint8 reason, int256 value)',
  'function loanToValueBps() view returns (uint128)',
  'event LoanToValueMoved(uint256 fromBps, uint256 toBps, bool wasForecast)',
])
const tokenAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function approve(address spender, uint256 amount) returns (bool)',
])

const COLLATERAL = tokens(100_000)
const BORROW_EVERY = 5
const BPS = 10_000n

/** A contract that reads the feed: a lender that grows careful before markets get wild. */
export interface Consumer {
  /** Lets it look at the feed, and now and then a borrower take what it lends. */
  look(round: number): Promise<void>
  told(): ConsumerStory
}

export interface ConsumerStory {
  /** Share of the collateral that could be borrowed, basis points, for each look. */
  readonly loanToValue: readonly number[]
  /** Looks at which the forecast was good enough to rely on. */
  readonly relied: number
  readonly moves: number
  /** What was borrowed in all, base units of the asset. */
  readonly borrowed: bigint
}

/** Deploys VolatilityLending on the volatility topic; nothing where there is no such topic. */
export async function openConsumer(options: {
  chain: Chain
  network: Address
  topics: readonly OpenedTopic[]
  create: Create
  lender: Member
  borrower: Member
}): Promise<Consumer | undefined> {
  const { chain, network, topics, create, lender, borrower } = options
  const topic = topics.find(({ question }) => question.name === 'volatility')
  if (topic === undefined) return undefined

  // Two coins of its own: the network's money has no part in this.
  const collateral = await deployContract({
    name: 'TestToken',
    create,
    args: ['Collateral', 'COL'],
  })
  const asset = await deployContract({ name: 'TestToken', create, args: ['Loan', 'LOAN'] })
  const args = [network, topic.id, policy, collateral, asset, terms]
  const lending = await deployContract({ name: 'VolatilityLending', create, args })
  await print({ token: asset, to: lending })
  await print({ token: collateral, to: borrower.address })
  await borrower.send({
    to: collateral,
    data: encodeFunctionData({
      abi: tokenAbi,
      functionName: 'approve',
      args: [lending, COLLATERAL],
    }),
  })
  await act(borrower, 'supply', COLLATERAL)

  const loanToValue: number[] = []
  let relied = 0
  let moves = 0
  let borrowed = 0n

  async function print({ token, to }: { token: Address; to: Address }): Promise<void> {
    const call = { abi: tokenAbi, functionName: 'mint', args: [to, COLLATERAL] } as const
    await lender.send({ to: token, data: encodeFunctionData(call) })
  }

  async function act(member: Member, functionName: 'supply' | 'borrow', amount: bigint) {
    const data = encodeFunctionData({ abi, functionName, args: [amount] })
    const { status } = await member.send({ to: lending, data })
    if (status === 'reverted')
      throw new Error(`VolatilityLending refused to ${functionName} ${amount}`)
  }

  const source = { address: lending, abi } as const
  return {
    async look(round) {
      const data = encodeFunctionData({ abi, functionName: 'update' })
      const { logs } = await lender.send({ to: lending, data })
      moves += parseEventLogs({ abi, logs, eventName: 'LoanToValueMoved' }).length

      const [ok] = await chain.public.readContract({ ...source, functionName: 'tryRead' })
      const bps = await chain.public.readContract({ ...source, functionName: 'loanToValueBps' })
      relied += ok ? 1 : 0
      loanToValue.push(Number(bps))

      const room = (COLLATERAL * bps) / BPS - borrowed
      if (round % BORROW_EVERY !== 0 || room <= 0n) return
      await act(borrower, 'borrow', room)
      borrowed += room
    },
    told: () => ({ loanToValue, relied, moves, borrowed }),
  }
}

/** It relies on a day's forecast of several workers with money behind it, and not on one that knows nothing. */
const policy = {
  maxAge: DAY,
  minContributors: 3,
  minWagers: tokens(100),
  maxWidth: toFixed18(150),
  maxWidthBps: 0,
  minValue: 1n,
  maxValue: toFixed18(1_000),
  sequencerFeed: '0x0000000000000000000000000000000000000000',
  grace: 0,
} as const

const terms = {
  minBps: 2_000,
  maxBps: 7_500,
  stepBps: 500,
  pause: DAY / 2,
  calm: toFixed18(10),
} as const
