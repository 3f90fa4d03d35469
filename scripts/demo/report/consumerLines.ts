import { tokenText } from './formats.ts'
import type { ConsumerStory } from '../members/openConsumer.ts'

/** What the contract that reads the feed made of it. */
export function consumerLines({ loanToValue, relied, moves, borrowed }: ConsumerStory): string[] {
  const share = (bps: number) => `${(bps / 100).toFixed(0)} %`
  const lowest = share(Math.min(...loanToValue))
  const highest = share(Math.max(...loanToValue))

  return [
    `looked at the feed ${loanToValue.length} times and relied on it ${relied} times`,
    `moved its loan-to-value ${moves} times between ${lowest} and ${highest}, and ends at ${share(loanToValue.at(-1)!)}`,
    `lent ${tokenText(borrowed)} of its coins against 100000 of collateral`,
  ]
}
