import type { Address } from 'viem'
import type { TopicParams } from '../../../sdk/src/types.ts'
import type { Mode } from './Mode.ts'

const ONE = 10n ** 18n
const DAY = 86_400n

/** Terms of a topic with a round a day. */
export function termsOf({
  truth,
  start,
  mode,
}: {
  truth: Address
  start: bigint
  mode: Mode
}): TopicParams {
  return {
    description: 'A price, most of a day ahead',
    truth,
    decimals: 8n,
    seats: 256n,
    ringSize: 4n,
    riskBps: 400n,
    start,
    cadence: DAY,
    commitWindow: mode === 'signedOnly' ? 0n : 1_000n,
    revealWindow: 1_000n,
    lead: 1_000n,
    horizon: 80_000n,
    truthWindow: 80_000n,
    activationDelay: 100n,
    unstakeDelay: 100n,
    minWorkers: 1n,
    minWager: ONE,
    minStake: ONE,
    intervalBps: 9000n,
    rewardRateBps: 100n,
    rewardCapBps: 10_000n,
    tipBps: 1_000n,
    domain: 'adaptive',
    domainScale: 30_000n,
    min: 0n,
    max: 1_000_000n * ONE,
    center: 100n * ONE,
    sigma: 2n * ONE,
  }
}
