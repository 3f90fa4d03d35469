import type { Address, Hex } from 'viem'
import type { Range } from './maths/learning.ts'

/** How the range is laid in which losses are scored; in the order of the contract's enum. */
export const domainKinds = ['adaptive', 'relative', 'fixed'] as const
export type DomainKind = (typeof domainKinds)[number]

/** Where in its round time stands; in the order of the contract's enum. */
export const phases = ['pending', 'commit', 'reveal', 'live', 'due', 'expired'] as const
export type Phase = (typeof phases)[number]

/** How far a round has come; in the order of the contract's enum. Settled and void are final. */
export const roundStatuses = [
  'none',
  'open',
  'published',
  'disputed',
  'resolved',
  'settled',
  'void',
] as const
export type RoundStatus = (typeof roundStatuses)[number]

/** Where a round keeps the lists that were committed to it; in the order of the contract's enum (see types/Round.sol). */
export const listings = ['apart', 'sole', 'first', 'heard'] as const
export type Listing = (typeof listings)[number]

/** What a consumer should think of a topic's value; in the order of the contract's enum. */
export const feedStatuses = ['void', 'live', 'stale', 'thin', 'disputed'] as const
export type FeedStatus = (typeof feedStatuses)[number]

/** What a truth source can say of a round; in the order of the contract's enum. */
export const truthStatuses = ['unknown', 'known', 'disputed', 'void'] as const
export type TruthStatus = (typeof truthStatuses)[number]

/** A topic's id: the hash of its terms. */
export type TopicId = Hex

/** What names one asking of a topic. */
export type RoundKey = { topic: TopicId; round: bigint }

/** What names a position: a topic and the signer that predicts. */
export type WorkerKey = { topic: TopicId; worker: Address }

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

/** A worker's stake and skill in one topic, its floats unpacked. Money in token base units. */
export type Position = {
  stake: bigint
  /** Sum of instantaneous regrets: positive where following the worker would have been better. */
  regret: bigint
  /** Sum of their squares. */
  energy: bigint
  /** The era of the record; in another era of the topic it reads as nothing. */
  era: bigint
  /** Rounds settled in it; stops at 31. */
  count: bigint
  seat: bigint
  /** First round the seat may be used in. */
  from: bigint
  /** First round it may no longer be used in. */
  until: bigint
  /** Who pays and is paid; the zero address where there is no position. */
  owner: Address
  /** Deposited, not yet active. */
  pending: bigint
  /** Asked back; still pays for the rounds that were open then. */
  leaving: bigint
  /** From when on `pending` can be activated, unix time. */
  activeAt: bigint
  /** From when on `leaving` can be withdrawn, unix time. */
  leavesAt: bigint
  /** Last round that was open when stake was asked back or the signer revoked. */
  exitRound: bigint
  /** First round that a revoked signer had no seat in any more. */
  revokedAt: bigint
}

/** A round as the ring holds it. */
export type Round = {
  /** What the round's calldata must hash to in its present status. */
  digest: Hex
  number: bigint
  status: RoundStatus
  /** The topic's peak when the round opened. */
  peak: bigint
  /** Predictions revealed. */
  count: bigint
  /** Where it keeps its lists: `sole` or `first` while the first is folded into the digest (see unfold). */
  listing: Listing
  /** One bit a seat, set where nothing is to be revealed, or no more (see isFullyRevealed). */
  closed: bigint
}

/** A prediction in the clear: a value (1e18 fixed point) and a confidence (basis points, 1 to 10000). */
export type Prediction = { value: bigint; confidence: bigint }

/** A prediction as its worker opens it. */
export type Opening = Prediction & {
  worker: Address
  /** Sixteen bytes. */
  salt: Hex
  /** First half of the worker's signature over the commitment, which `revealSigned` takes of all but the caller. */
  r?: Hex
  /** Second half (EIP-2098). */
  vs?: Hex
}

/**
 * A commitment as the network took it in, in one word (see unpackSeal): bound to its worker, with what stands behind it.
 */
export type Seal = bigint

/** What one call of `reveal` or `revealSigned` records. */
export type Recorded = {
  /** Each in one word (see unpackPrediction). */
  predictions: readonly bigint[]
  /** Whose they are. */
  workers: readonly Address[]
}

/** All that was revealed in a round, in the order of the reveals, as `settle` is given it back. */
export type Revealed = Recorded & {
  /** How many of them each call recorded. */
  counts: readonly bigint[]
}

/** What one call of `reveal` recorded, as `publish` is given it back: whose the predictions are does not matter yet. */
export type Batch = {
  /** How many of the round's predictions, in the order of the reveals. */
  count: bigint
  /** Hash of whose they are. */
  workers: Hex
}

/** The domain of a round, frozen when its first commitment opened it. 1e18 fixed point. */
export type RoundDomain = { center: bigint; sigma: bigint }

/** What `publish` found. Values are 1e18 fixed point, money in token base units. */
export type Outcome = {
  /** The aggregate that was published. */
  value: bigint
  /** Width of its interval below it; `2^104 - 1` means no promise yet. */
  below: bigint
  /** Width of its interval above it; `2^104 - 1` means no promise yet. */
  above: bigint
  /** The aggregate before the cap on shares; regrets are measured against it. */
  inner: bigint
  /** Wager-weighted median. */
  anchor: bigint
  /** The mean corrected by its rolling bias. */
  debiased: bigint
  /** Wager-weighted mean of the clamped values. */
  mean: bigint
  /** The topic's center at the publication: what the pool says. */
  reference: bigint
  /** Lower and upper end that every value was clamped to: range, domain and clip radius together. */
  clip: Range
  /** Lower and upper end of the range that losses are measured in, frozen when the round opened. */
  domain: Range
  /** Sum of all wagers. */
  wagers: bigint
  /** How much of them is exposed to gain and loss: all, unless the truth source limits what may depend on it. */
  exposed: bigint
  /** What the pool plays against the workers at the reference. */
  play: bigint
  /** What the pool pays for taking part. */
  reward: bigint
  /** Who shares the keeper tip. */
  publisher: Address
  /** Sum of all budgets, stake x risk. */
  budgets: bigint
  /** The topic's era at the publication. */
  era: bigint
  /** Digest of the chained batches, twenty bytes. */
  batches: Hex
}

/** What `resolve` found. */
export type Resolution = {
  /** What happened, 1e18 fixed point. */
  truth: bigint
  /**
   * The clamped error of the inner aggregate, common to all regrets of the round; zero where the topic has restarted since
   * the publication.
   */
  gradient: bigint
}

/** The calibrated interval of a forecast, 1e18 fixed point. */
export type Interval = { lower: bigint; upper: bigint }

/** A topic's value as consumers read it. Values are 1e18 fixed point, times unix seconds. */
export type Forecast = {
  /** What the topic asks, in the words it was created with. */
  description: string
  value: bigint
  /** Null before the topic has seen enough truths to promise one. */
  interval: Interval | null
  /** The moment the value is a forecast of. */
  targetTime: bigint
  publishedAt: bigint
  /** Seconds since it was published, by the chain's clock. */
  ageSeconds: bigint
  round: bigint
  /** Workers behind it. */
  contributors: bigint
  /** Money they put at risk on it, token base units, rounded down in the fourth digit. */
  wagers: bigint
  status: FeedStatus
  /** Whether the status is live: published, with its target time ahead, neither thin nor disputed. */
  isUsable: boolean
}

/** A signature in its 64-byte form (EIP-2098), cut in two words. */
export type CompactSignature = { r: Hex; vs: Hex }

/** A signer's agreement that an owner stakes behind it, which may be used until `deadline`, unix time. */
export type Consent = CompactSignature & { deadline: bigint }

/** A commitment (twenty bytes, see seal) and its worker's signature over it, absent where the caller is the worker. */
export type SignedCommitment = { commitment: Hex } & Partial<CompactSignature>
