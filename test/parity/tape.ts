import * as math from '../../sdk/src/maths/index.ts'

/** All a round computes from: what it was published with, what it is settled with, and its money. */
export interface RoundCase {
  /** values as they were revealed */
  readonly submissions: math.Submissions
  /** basis points */
  readonly confidences: readonly bigint[]
  readonly experts: readonly math.Expert[]
  readonly hints: math.Hints
  /** what the topic knew at publication */
  readonly published: math.Learning
  readonly bounds: math.Range
  /** the frozen domain that values are kept in while the topic is cold */
  readonly frozen: math.Range
  /** what the restart of the topic is decided by */
  readonly season: {
    readonly settled: bigint
    readonly seasoned: bigint
    readonly budgets: bigint
    readonly usual: bigint
  }
  /** what it knew when the truth came */
  readonly resolved: math.Learning
  readonly truth: bigint
  readonly intervalBps: bigint
  readonly domain: {
    readonly kind: math.DomainKind
    readonly scaleBps: bigint
    readonly center: bigint
    readonly sigma: bigint
    readonly least: bigint
    readonly most: bigint
  }
  readonly referenceRateBps: bigint
  readonly pool: {
    readonly terms: math.PoolTerms
    readonly tipBps: bigint
    readonly isFresh: boolean
    /** what corrupting the truth costs, token base units */
    readonly security: bigint
    readonly inFlight: bigint
  }
}

const KINDS: readonly math.DomainKind[] = ['adaptive', 'relative', 'fixed']

/** A round as MathHarness reads it. */
export function inputTape(round: RoundCase): bigint[] {
  const { values, wagers, trusts } = round.submissions
  const { kind, scaleBps, center, sigma, least, most } = round.domain
  const { settled, seasoned, budgets, usual } = round.season
  const { terms, tipBps, isFresh, security, inFlight } = round.pool

  return [
    BigInt(values.length),
    ...values.flatMap((value, i) => [value, wagers[i]!, trusts[i]!, round.confidences[i]!]),
    ...round.experts.flatMap(ofExpert),
    round.hints.anchor,
    round.hints.mad,
    ...ofLearning(round.published),
    ...ofRange(round.bounds),
    ...ofRange(round.frozen),
    ...[settled, seasoned, budgets, usual],
    ...ofLearning(round.resolved),
    round.truth,
    round.intervalBps,
    ...[BigInt(KINDS.indexOf(kind)), scaleBps, center, sigma, least, most],
    round.referenceRateBps,
    ...[terms.pool, terms.rateBps, terms.shareBps, terms.capBps],
    ...[tipBps, isFresh ? 1n : 0n, security, inFlight],
  ]
}

/** What the TypeScript twins make of a round, in the order in which MathHarness writes it. */
export function outputTape(round: RoundCase): bigint[] {
  const { submissions, resolved, truth, domain, season } = round
  const { kind, scaleBps, center, sigma, least, most } = domain
  const { values, wagers } = submissions
  const range = math.rangeOf(round.bounds, round.frozen, values.length, round.published)
  const aggregate = math.aggregate(submissions, round.hints, round.published, range)
  const slope = math.gradient(aggregate.inner, truth, resolved)
  const { low, width } = math.domainOf(kind, scaleBps, center, sigma, least, most)
  const restarts = math.restarts(season.settled, season.seasoned, season.budgets, season.usual)

  const actual = math.place(truth, low, width)
  const lossOf = (value: bigint) => math.loss(math.place(value, low, width), actual)
  const losses = values.map(lossOf)
  const lambda = math.lambda(wagers, losses)
  const pot = potOf(round)
  const rate = math.rateOf(pot, lambda, lossOf(center))

  return [
    ...ofRange(range),
    ...ofAggregate(aggregate),
    restarts ? 1n : 0n,
    math.usualMoney(season.usual, season.budgets),
    slope,
    ...ofLearning(math.learn(resolved, aggregate, truth, round.intervalBps)),
    ...[low, width],
    math.followed(center, truth, round.referenceRateBps),
    math.spread(sigma, center, truth),
    lambda,
    ...[pot.exposed, pot.play, pot.reward, math.tip(pot.play, round.pool.tipBps)],
    ...[rate.base, rate.slope, rate.scale],
    ...round.experts.flatMap((expert, i) => {
      const kept = math.clamp(values[i]!, aggregate.low, aggregate.high)
      const latest = math.regret(slope, aggregate.inner, kept, round.confidences[i]!)
      return [
        losses[i]!,
        math.payout(rate, wagers[i]!, losses[i]!),
        ...ofSkill(expert, math.learnExpert(expert, latest), wagers[i]!, pot.play, resolved.peak),
      ]
    }),
  ]
}

/** What the pool puts into the round of a case. */
export function potOf({ submissions, pool }: RoundCase): math.Pot {
  const total = submissions.wagers.reduce((sum, wager) => sum + wager, 0n)
  const exposed = math.exposure(total, pool.security, pool.inFlight)

  return math.potOf(total, exposed, pool.terms, pool.isFresh)
}

function ofSkill(
  before: math.Expert,
  after: math.Expert,
  wager: bigint,
  deposit: bigint,
  peak: bigint,
): bigint[] {
  const budget = math.budget(wager, 1n + (before.energy % 1_600n))
  const confidence = 1n + (before.energy % 10_000n)
  const count = before.energy % 32n
  return [
    math.packDown(math.trust(before.regret, before.energy, peak), 24n),
    math.rank(wager, before.regret, before.energy, peak),
    math.dilute(before.regret, wager, deposit),
    math.diluteCount(count, wager, deposit),
    math.isSeasoned(count, before.energy % 31n) ? 1n : 0n,
    budget,
    math.wager(budget, confidence),
    math.budgetBehind(wager, confidence),
    ...ofExpert(after),
    math.packSigned(after.regret, 39n),
    math.unpackSigned(math.packSigned(after.regret, 23n)),
    math.unpack(math.packDown(after.energy, 32n)),
    math.packUp(after.energy, 10n),
  ]
}

function ofRange({ low, high }: math.Range): bigint[] {
  return [low, high]
}

function ofExpert({ regret, energy }: math.Expert): bigint[] {
  return [regret, energy]
}

function ofLearning(learning: math.Learning): bigint[] {
  return [
    learning.peak,
    learning.anchorError,
    learning.feedError,
    learning.bias,
    learning.widthBelow,
    learning.widthAbove,
    learning.rounds,
    ...ofExpert(learning.anchor),
    ...ofExpert(learning.mean),
  ]
}

function ofAggregate(aggregate: math.Aggregate): bigint[] {
  const { value, below, above, inner, anchor, low, high, mean, debiased } = aggregate

  return [value, below, above, inner, anchor, low, high, mean, debiased]
}

/** Hands out the words of a tape one by one. */
export function reader(words: readonly bigint[]): () => bigint {
  let at = 0

  return () => {
    const word = words[at++]
    if (word === undefined) throw new RangeError('end of the tape')
    return word
  }
}

/** Reads back what MathHarness wrote of a round, as far as the weighting rule goes. */
export function readRound(next: () => bigint, workers: number) {
  skip(next, 2)
  const aggregate: math.Aggregate = {
    value: next(),
    below: next(),
    above: next(),
    inner: next(),
    anchor: next(),
    low: next(),
    high: next(),
    mean: next(),
    debiased: next(),
  }
  const restarts = next() === 1n
  const usual = next()
  skip(next, 1)
  const learning = readLearning(next)
  skip(next, 12)
  const experts = Array.from({ length: workers }, () => {
    skip(next, 10)
    const expert = readExpert(next)
    skip(next, 4)
    return expert
  })

  return { aggregate, restarts, usual, learning, experts }
}

function readLearning(next: () => bigint): math.Learning {
  return {
    peak: next(),
    anchorError: next(),
    feedError: next(),
    bias: next(),
    widthBelow: next(),
    widthAbove: next(),
    rounds: next(),
    anchor: readExpert(next),
    mean: readExpert(next),
  }
}

function readExpert(next: () => bigint): math.Expert {
  return { regret: next(), energy: next() }
}

function skip(next: () => bigint, words: number) {
  for (let i = 0; i < words; i++) next()
}
