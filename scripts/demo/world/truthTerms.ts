import type { Address } from 'viem'
import { tokens } from './openMoney.ts'
import { DAY, hours } from './schedule.ts'

/** How the demo's reputers answer for what they report. */
export function truthTerms(contracts: { token: Address; network: Address; sink: Address }) {
  return {
    ...contracts,
    commitWindow: hours.openReports - hours.report,
    revealWindow: hours.settle - hours.openReports,
    challengeWindow: 0,
    unstakeDelay: DAY,
    minStake: tokens(500),
    quorumBps: 5_100,
    outlierBps: 200,
    silenceBps: 50,
    toleranceBps: 10,
    tolerance: 0n,
  }
}
