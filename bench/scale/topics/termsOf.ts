import type { Address } from 'viem'
import type { TopicParams } from '@auspex/sdk'
import { termsOf as ordinaryTerms } from '../../../devnet/termsOf.ts'

const ONE = 10n ** 18n

/** Terms of a topic with a round every twenty minutes; three of them pass in an hour. */
export function termsOf({
  seats,
  ...of
}: {
  description: string
  truth: Address
  seats: number
  start: bigint
}): TopicParams {
  return ordinaryTerms({
    ...of,
    seats: BigInt(seats),
    cadence: 1_200n,
    commitWindow: 120n,
    revealWindow: 120n,
    lead: 60n,
    horizon: 900n,
    truthWindow: 7_200n,
    activationDelay: 1n,
    unstakeDelay: 1n,
    minWorkers: 1n,
    minStake: ONE,
    rewardCapBps: 10n,
    tipBps: 4n,
    max: 1_000_000n * ONE,
    sigma: 2n * ONE,
  })
}
