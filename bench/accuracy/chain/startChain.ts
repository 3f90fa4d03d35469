import type { Address } from 'viem'
import type { AuspexClient } from '@auspex/sdk'
import { deployAll } from '../../../devnet/deployAll.ts'
import { keyOf, startChain as startDevnet } from '../../../devnet/startChain.ts'

/** The devnet with the network on it, whose clock the bench moves. */
export type Chain = {
  /** owns every position and sends every transaction */
  keeper: AuspexClient
  /** a truth source over a feed that the bench writes */
  truth: Address
  /** lets a feed tell a value for a moment in the past, and gives the proof of it */
  tell: (answer: { value: bigint; at: bigint }) => Promise<`0x${string}`>
  now: () => bigint
  /** the next transaction runs at this time or, where that has passed, at once */
  goTo: (time: bigint) => Promise<void>
  stop: () => Promise<void>
}

/** Enough for 256 workers in one transaction. */
const GAS = 200_000_000n
const DECIMALS = 18

/** Starts an embedded chain and deploys the network on it. The contracts must have been built. */
export async function startChain(): Promise<Chain> {
  const devnet = await startDevnet({ gasLimit: GAS })
  const payer = devnet.join(keyOf('bench accuracy'))
  const { owner, truth, tell, give } = await deployAll(devnet, payer, { decimals: DECIMALS })
  await give(payer)

  return {
    keeper: owner,
    ...{ truth, tell },
    now: devnet.now,
    goTo: async (time) => {
      if (time > devnet.now()) await devnet.moveTo(time)
    },
    stop: devnet.close,
  }
}
