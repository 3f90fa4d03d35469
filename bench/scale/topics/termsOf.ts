import type { Address } from 'viem'
import type { TopicParams } from '@auspex/sdk'

const ONE = 10n ** 18n

/** Terms of a topic with a round every twenty minutes; three of them pass in an hour. */
export function termsOf({
  description,
  truth,
  seats,
  start,
}: {
  description: string
  truth: Address
  seats: number
  start: bigint
}): TopicParams {
  return {
    description,
    truth,
    decimals: 8n,
    seats: BigInt(seats),
    ringSize: 4n,
    riskBps: 400n,
    start,
    cadence: 1_200n,
    commitWindow: 120n,
    revealWindow: 120n,
    lead: 60n,
    horizon: 900n,
    truthWindow: 7_200n,
    activationDelay: 1n,
    unstakeDelay: 1n,
    minWorkers: 1n,
    minWager: ONE,
    minStake: ONE,
    intervalBps: 9000n,
    poolRateBps: 100n,
    poolShareBps: 1000n,
    rewardCapBps: 10n,
    tipBps: 4n,
    referenceRateBps: 10_000n,
    domain: 'adaptive',
    domainScale: 30_000n,
    min: 0n,
    max: 1_000_000n * ONE,
    center: 100n * ONE,
    sigma: 2n * ONE,
  }
}
