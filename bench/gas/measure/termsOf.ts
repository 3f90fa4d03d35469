import type { Address } from 'viem'
import type { TopicParams } from '@auspex/sdk'
import type { Mode } from './Mode.ts'
import type { Rhythm } from './Rhythm.ts'

const ONE = 10n ** 18n
const DAY = 86_400n

/** Length of the commit and reveal windows, seconds. */
export const WINDOW = 1_000n

/** Terms of a topic whose rounds have such a rhythm. */
export function termsOf({
  truth,
  start,
  mode,
  rhythm,
}: {
  truth: Address
  start: bigint
  mode: Mode
  rhythm: Rhythm
}): TopicParams {
  const commitWindow = mode === 'signedOnly' ? 0n : WINDOW
  const schedules: Record<Rhythm, Pick<TopicParams, 'cadence' | 'horizon'>> = {
    usual: { cadence: DAY, horizon: DAY },
    row: { cadence: WINDOW, horizon: commitWindow + 2n * WINDOW },
    apart: { cadence: DAY, horizon: 80_000n },
  }

  return {
    ...schedules[rhythm],
    description: 'A price, some time ahead',
    truth,
    decimals: 8n,
    seats: 256n,
    ringSize: 4n,
    riskBps: 400n,
    start,
    commitWindow,
    revealWindow: WINDOW,
    lead: WINDOW,
    truthWindow: 80_000n,
    activationDelay: 100n,
    unstakeDelay: 100n,
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
