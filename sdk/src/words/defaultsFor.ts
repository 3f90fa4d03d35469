import type { TopicParams } from './topic.ts'

/** What a topic asks for. */
export const questionKinds = [
  'price',
  'return',
  'volatility',
  'probability',
  'rate',
  'generic',
] as const
export type QuestionKind = (typeof questionKinds)[number]

/** The terms that follow from the kind of a question and not from its size; the domain's ends where the kind has them. */
export type DefaultTerms = Pick<
  TopicParams,
  | 'domain'
  | 'domainScale'
  | 'intervalBps'
  | 'poolRateBps'
  | 'poolShareBps'
  | 'rewardCapBps'
  | 'tipBps'
  | 'referenceRateBps'
> &
  Partial<Pick<TopicParams, 'min' | 'max' | 'sigma'>>

const ONE = 10n ** 18n

/** `ringSize - 1` rounds in flight may cost the pool a quarter together (see Terms.sol). */
const POOL_IN_FLIGHT = 2500n
const POOL_RATE_MOST = 100n

/** Losses are measured within two sigmas, and a tenth of every wager is played against the pool. */
const common = {
  domain: 'adaptive',
  domainScale: 20_000n,
  intervalBps: 9000n,
  poolShareBps: 1000n,
  tipBps: 2n,
} as const satisfies Partial<TopicParams>

/**
 * The reference is what anyone could say without a model: of a price or an interest rate the last value, of a volatility
 * the mean of about ten rounds, of an event its base rate, of a return almost nothing. Taking part pays most where nobody
 * beats the reference for long, or such a topic would have no feed at all, and least where a good model does.
 */
const kinds: Readonly<Record<QuestionKind, Omit<DefaultTerms, 'poolRateBps'>>> = {
  price: { ...common, referenceRateBps: 10_000n, rewardCapBps: 20n },
  return: { ...common, referenceRateBps: 100n, rewardCapBps: 20n },
  volatility: { ...common, referenceRateBps: 1000n, rewardCapBps: 5n },
  probability: {
    ...common,
    domain: 'fixed',
    domainScale: 0n,
    min: 0n,
    max: ONE,
    sigma: ONE / 2n,
    referenceRateBps: 300n,
    rewardCapBps: 5n,
  },
  rate: { ...common, referenceRateBps: 10_000n, rewardCapBps: 10n },
  generic: { ...common, referenceRateBps: 1000n, rewardCapBps: 10n },
}

/**
 * Default terms for a kind of question with so many rounds in flight. A probability should be given the event's base rate
 * as `center`, everything else a usual value.
 */
export function defaultsFor(kind: QuestionKind, ringSize: bigint): DefaultTerms {
  const inFlight = ringSize > 1n ? ringSize - 1n : 1n
  const bound = POOL_IN_FLIGHT / inFlight

  return { ...kinds[kind], poolRateBps: bound < POOL_RATE_MOST ? bound : POOL_RATE_MOST }
}
