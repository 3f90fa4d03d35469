import type { Address } from 'viem'

/** What a consumer requires of a forecast (contracts/feeds/ForecastPolicy.sol); zeros require nothing. */
export type FeedPolicy = {
  /** Most seconds since publication. */
  maxAge: bigint
  /** Least number of workers behind the forecast. */
  minContributors: bigint
  /** Least money at risk behind it, token base units. */
  minWagers: bigint
  /** Widest interval, 1e18 fixed point. */
  maxWidth: bigint
  /** On top of that, widest interval as a share of the value, basis points. */
  maxWidthBps: bigint
  /** Least value, 1e18 fixed point; the range is required where either end is not zero. */
  minValue: bigint
  /** Greatest value, 1e18 fixed point. */
  maxValue: bigint
  /** A rollup's uptime feed; the zero address elsewhere. */
  sequencerFeed: Address
  /** Seconds after the sequencer came back during which nothing is accepted. */
  grace: bigint
}

/** Why a forecast is refused; in the order of the contract's enum, which is the order of the checks. */
export const reasons = [
  'none',
  'unreadable',
  'sequencerDown',
  'sequencerJustUp',
  'void',
  'disputed',
  'stale',
  'thin',
  'tooOld',
  'tooFewContributors',
  'tooFewWagers',
  'tooWide',
  'outOfRange',
] as const

export type Reason = (typeof reasons)[number]

/** The policy as a Solidity expression of type `Policy` (contracts/feeds/ForecastPolicy.sol). */
export function policyToSolidity(policy: FeedPolicy): string {
  return `Policy({
    maxAge: ${policy.maxAge}, // seconds since publication
    minContributors: ${policy.minContributors},
    minWagers: ${literal(policy.minWagers)}, // base units of the network's token
    maxWidth: ${literal(policy.maxWidth)},
    maxWidthBps: ${policy.maxWidthBps},
    minValue: ${literal(policy.minValue)},
    maxValue: ${literal(policy.maxValue)},
    sequencerFeed: address(0), // on a rollup: its uptime feed
    grace: ${policy.grace} // seconds, with a sequencerFeed
})`
}

/** A whole number with its zeros counted: 1500000000000000000 is 15e17. */
function literal(value: bigint): string {
  const [, digits, zeros] = /^(-?\d+?)(0*)$/.exec(String(value))!
  return zeros!.length > 3 ? `${digits}e${zeros!.length}` : String(value)
}
