import type { Address } from 'viem'
import type { TopicParams } from '@auspex/sdk'
import { turns } from '../turns.ts'
import type { Topic } from '../panel/Panel.ts'

const CADENCE = 1_000n
const WINDOW = 100n
/** How long after a round opened its truth can be known; well before the next one opens. */
const HORIZON = 3n * WINDOW

/**
 * Terms of a topic that plays a recorded panel. The least risk and a domain so wide that everybody
 * scores alike keep stakes, and with them wagers, equal from the first round to the last.
 */
export function termsOf({
  topic,
  start,
  seats,
  truth,
}: {
  topic: Topic
  start: bigint
  seats: number
  truth: Address
}): TopicParams {
  const ringSize = BigInt(longestSpan(topic))

  return {
    description: topic.name.slice(0, 64) || 'recorded',
    truth,
    decimals: 18n,
    seats: BigInt(seats),
    ringSize,
    riskBps: 1n,
    start,
    cadence: CADENCE,
    commitWindow: 0n,
    revealWindow: WINDOW,
    lead: WINDOW,
    horizon: HORIZON,
    truthWindow: CADENCE * (ringSize + 1n),
    activationDelay: 1n,
    unstakeDelay: 1n,
    minWorkers: 1n,
    minWager: 0n,
    minStake: 1n,
    intervalBps: 9000n,
    poolRateBps: 0n,
    poolShareBps: 0n,
    rewardCapBps: 0n,
    tipBps: 0n,
    referenceRateBps: 10_000n,
    domain: 'fixed',
    domainScale: 1n,
    min: -(2n ** 103n),
    max: 2n ** 102n,
    center: 0n,
    sigma: 1n,
  }
}

/** Places between the oldest round that still awaits its truth and the one being played, both included. */
function longestSpan({ rounds }: Topic): number {
  const unsettled = new Set<number>()
  let longest = 1

  for (const { step, index } of turns(rounds)) {
    if (step === 'learn') unsettled.delete(index)
    if (step === 'ask') unsettled.add(index)
    // Indices are added in order, so that the first one left is the oldest.
    const [oldest = index] = unsettled
    if (step === 'ask') longest = Math.max(longest, index - oldest + 1)
  }

  return longest
}
