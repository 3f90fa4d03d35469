import type { TopicParams } from '@auspex/sdk'
import type { Address } from 'viem'

const ONE = 10n ** 18n
const HOUR = 3600n

/** Terms of an ordinary topic, a price four hours ahead, with whatever a stage changes. */
export function termsOf({
  truth,
  start,
  ...changes
}: { truth: Address; start: bigint } & Partial<TopicParams>): TopicParams {
  return {
    description: 'A price, four hours ahead',
    truth,
    decimals: 8n,
    seats: 8n,
    ringSize: 4n,
    riskBps: 400n,
    start,
    cadence: 6n * HOUR,
    commitWindow: HOUR,
    revealWindow: HOUR,
    lead: HOUR,
    horizon: 4n * HOUR,
    truthWindow: 4n * HOUR,
    activationDelay: 2n * HOUR,
    unstakeDelay: 24n * HOUR,
    minWorkers: 3n,
    minWager: ONE,
    minStake: 100n * ONE,
    intervalBps: 9000n,
    poolRateBps: 100n,
    poolShareBps: 1000n,
    rewardCapBps: 100n,
    tipBps: 100n,
    referenceRateBps: 10_000n,
    domain: 'adaptive',
    domainScale: 30_000n,
    min: 0n,
    max: 1_000n * ONE,
    center: 100n * ONE,
    sigma: 5n * ONE,
    ...changes,
  }
}
