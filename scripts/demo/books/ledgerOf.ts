import { getClaimable, getPosition, getSink, getTopic } from '@auspex/sdk'
import { erc20Abi, reputerTruthAbi } from '@auspex/sdk/abis'
import type { Address } from 'viem'
import type { Stage } from '../world/stage.ts'

/** Where the tokens are, base units. All three are equal, or something is lost. */
export interface Ledger {
  /** All that was ever printed. */
  readonly minted: bigint
  /** The balances of all accounts and contracts of the demo. */
  readonly held: bigint
  /** The same money by its purpose: what both contracts say they owe, and what is in wallets. */
  readonly accounted: bigint
}

/** Counts all money twice, each time in other books. Takes rounds to be settled. */
export async function ledgerOf({ stage }: { stage: Stage }): Promise<Ledger> {
  const { network, truth, money } = stage
  const contracts = [network, truth]
  const balances = await Promise.all(
    money.holders.map(async (holder) => ({ holder, amount: await balanceOf(stage, holder) })),
  )
  const wallets = balances.filter(({ holder }) => !contracts.includes(holder))

  return {
    minted: await totalSupply(stage),
    held: sum(balances.map(({ amount }) => amount)),
    accounted:
      (await owedByNetwork(stage)) +
      (await owedByTruth(stage)) +
      sum(wallets.map(({ amount }) => amount)),
  }
}

/** Stakes, deposits and withdrawals on their way, pools, tips not claimed yet, and what was slashed. */
async function owedByNetwork({ observer, topics, money }: Stage): Promise<bigint> {
  const positions = topics.flatMap(({ id, workers }) =>
    workers.map(async ({ address }) => {
      const { stake, pending, leaving } = await getPosition(observer, {
        topic: id,
        worker: address,
      })
      return stake + pending + leaving
    }),
  )
  const pools = topics.map(async ({ id }) => (await getTopic(observer, { topic: id })).pool)
  const creditors = [...money.holders, await getSink(observer)]
  const claims = creditors.map((account) => getClaimable(observer, { account }))
  return sum(await Promise.all([...positions, ...pools, ...claims]))
}

/** What reputers staked, and what anyone can claim of it. */
async function owedByTruth({ observer, topics, truth, reputers, money }: Stage): Promise<bigint> {
  const source = { address: truth, abi: reputerTruthAbi } as const
  const stakes = topics.flatMap(({ id }) =>
    reputers.map(async ({ address }) => {
      const args = [id, address] as const
      return (await observer.public.readContract({ ...source, functionName: 'reputerOf', args }))
        .stake
    }),
  )
  const claims = money.holders.map((account) =>
    observer.public.readContract({ ...source, functionName: 'claimableOf', args: [account] }),
  )
  return sum(await Promise.all([...stakes, ...claims]))
}

async function balanceOf({ observer, money }: Stage, holder: Address): Promise<bigint> {
  const call = {
    address: money.token,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [holder],
  } as const
  return observer.public.readContract(call)
}

async function totalSupply({ observer, money }: Stage): Promise<bigint> {
  return observer.public.readContract({
    address: money.token,
    abi: erc20Abi,
    functionName: 'totalSupply',
  })
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
