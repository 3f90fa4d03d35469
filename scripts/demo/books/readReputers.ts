import { getClaimable } from '@auspex/sdk'
import { reputerTruthAbi } from '@auspex/sdk/abis'
import type { Stage } from '../world/stage.ts'

/** How a reputer stands at the end, over all topics. Money in token base units. */
export interface ReputerSummary {
  readonly name: string
  readonly kind: 'honest' | 'liar'
  readonly stake: bigint
  readonly stakeEnd: bigint
  /** Rounds it was slashed in for a report too far from the truth. */
  readonly outliers: number
  /** What publishing and settling earned it. */
  readonly tips: bigint
}

export async function readReputers({ stage }: { stage: Stage }): Promise<ReputerSummary[]> {
  const { observer, truth, topics, reputers } = stage
  const slashes = await observer.public.getContractEvents({
    address: truth,
    abi: reputerTruthAbi,
    eventName: 'Slashed',
    fromBlock: 0n,
    strict: true,
  })

  return Promise.all(
    reputers.map(async ({ name, address, isLiar, stake }) => {
      const stakes = topics.map(async ({ id }) => {
        const call = { address: truth, abi: reputerTruthAbi, functionName: 'reputerOf' } as const
        return (await observer.public.readContract({ ...call, args: [id, address] })).stake
      })
      const own = slashes.filter(({ args }) => args.reputer === address && !args.wasSilent)
      return {
        name,
        kind: isLiar ? ('liar' as const) : ('honest' as const),
        stake: stake * BigInt(topics.length),
        stakeEnd: (await Promise.all(stakes)).reduce((sum, each) => sum + each, 0n),
        outliers: own.length,
        tips: await getClaimable(observer, { account: address }),
      }
    }),
  )
}
