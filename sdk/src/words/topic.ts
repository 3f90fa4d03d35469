import type { Address, Hex } from 'viem'

/** How the range is laid in which losses are scored; in the order of the contract's enum. */
export const domainKinds = ['adaptive', 'relative', 'fixed'] as const
export type DomainKind = (typeof domainKinds)[number]

/** Where in its round time stands; in the order of the contract's enum. */
export const phases = ['pending', 'commit', 'reveal', 'live', 'due', 'expired'] as const
export type Phase = (typeof phases)[number]

/** What a truth source can say of a round; in the order of the contract's enum. */
export const truthStatuses = ['unknown', 'known', 'disputed', 'void'] as const
export type TruthStatus = (typeof truthStatuses)[number]

/** A topic's id: the hash of its terms. */
export type TopicId = Hex

/** The terms that time follows from, seconds. */
export type Times = {
  /** When round 0 opens, unix time. */
  start: bigint
  /** From one round's opening to the next. */
  cadence: bigint
  /** How long sealed predictions are taken; zero in signed-only topics. */
  commitWindow: bigint
  /** How long predictions are opened. */
  revealWindow: bigint
  /** From the opening to the target time. */
  horizon: bigint
  /** From the target time until an unresolved round is void. */
  truthWindow: bigint
}

/** The immutable terms of a topic. Values are 1e18 fixed point, times seconds, shares basis points. */
export type TopicParams = Times & {
  /** The question in words, 1 to 280 bytes. */
  description: string
  /** The contract that knows what happened (ITruthSource). */
  truth: Address
  /** Of the AggregatorV3 view; values inside the network always have 18. */
  decimals: bigint
  /** Places for workers, 1 to 256. */
  seats: bigint
  /** Rounds that may be in flight; `ringSize x riskBps <= 1600`, `ringSize x cadence >= horizon`. */
  ringSize: bigint
  /** Share of its stake a worker risks in a round at full confidence. */
  riskBps: bigint
  /** Least time between the last reveal and the target. */
  lead: bigint
  /** From a deposit until it can back a wager. */
  activationDelay: bigint
  /** From an unstake request until the money can leave. */
  unstakeDelay: bigint
  /** Fewer revealed predictions make the round void. */
  minWorkers: bigint
  /** Less at risk makes the round void; token base units. */
  minWager: bigint
  /** Least stake of a worker with a seat; token base units. */
  minStake: bigint
  /** How often the interval shall hold the truth: 8000, 9000 or 9500. */
  intervalBps: bigint
  /** Share of the pool that a round may cost it at most; `(ringSize - 1) x poolRateBps <= 2500`. */
  poolRateBps: bigint
  /** Share of a round's wagers that the pool plays against its workers at the naive forecast, at most. */
  poolShareBps: bigint
  /** Share of a round's wagers that the pool pays for taking part, at most. */
  rewardCapBps: bigint
  /** Share of what the pool plays in a round that goes to the keepers who publish and settle it, at most 100. */
  tipBps: bigint
  /** How fast the reference, a running mean of truths, follows them: 10000 is the last truth. */
  referenceRateBps: bigint
  domain: DomainKind
  /** Adaptive: sigmas to each side; relative: share of the center; basis points (30000 = 3 sigmas). */
  domainScale: bigint
  /** Lower end of every scored value. */
  min: bigint
  /** Upper end of every scored value. */
  max: bigint
  /** Where the reference starts, and with it the first domain; afterwards it follows the truths. */
  center: bigint
  /** Half width of the first domain in units of `domainScale`; afterwards the rolling error of the reference. */
  sigma: bigint
}

/** A topic as the network holds it, its floats unpacked. Values are 1e18 fixed point. */
export type Topic = Times & {
  riskBps: bigint
  ringSize: bigint
  minWorkers: bigint
  poolRateBps: bigint
  poolShareBps: bigint
  rewardCapBps: bigint
  minWager: bigint
  truth: Address
  tipBps: bigint
  referenceRateBps: bigint
  /** Number of seats less one. */
  lastSeat: bigint
  intervalBps: bigint
  activationDelay: bigint
  unstakeDelay: bigint
  decimals: bigint
  min: bigint
  max: bigint
  domain: DomainKind
  domainScale: bigint
  /** Whether the truth source states a limit to what may depend on it. */
  isLimited: boolean
  minStake: bigint
  /** What the topic plays against its workers and pays for taking part, token base units. */
  pool: bigint
  /** The reference: running mean of truths. */
  center: bigint
  /** Rolling error of the reference. */
  sigma: bigint
  /** How often the topic has restarted. */
  era: bigint
  /** Settled rounds of the era; stops at 31. */
  settled: bigint
  /** The youngest resolved round and one; zero before the first truth. */
  resolvedUntil: bigint
  /** Running mean of a resolved round's budgets, token base units. */
  usual: bigint
  /** Largest squared regret of a single round of the era so far. */
  peak: bigint
  /** Rolling |inner - truth|. */
  feedError: bigint
  /** Rounds up to the feed's whose aggregate never reached it. */
  missed: bigint
  anchorRegret: bigint
  anchorEnergy: bigint
  meanRegret: bigint
  meanEnergy: bigint
  /** Width of the interval below the aggregate in units of `feedError`, 1e18 fixed point. */
  widthBelow: bigint
  /** Width of the interval above it. */
  widthAbove: bigint
  /** Rolling |anchor - truth|. */
  anchorError: bigint
  /** Rolling truth - mean. */
  bias: bigint
  /** Resolved rounds of the era; stops at 255. */
  rounds: bigint
}
