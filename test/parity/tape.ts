import * as math from '../../sdk/src/maths/index.ts'

/** All a round computes from: what it was published with, what it is settled with, and its money. */
export interface RoundCase {
  readonly submissions: math.Submissions
  readonly experts: readonly math.Expert[]
  readonly hints: math.Hints
  /** what the topic knew at publication */
  readonly published: math.Learning
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
  readonly pool: bigint
  readonly rateBps: bigint
  readonly capBps: bigint
}

const KINDS: readonly math.DomainKind[] = ['adaptive', 'relative', 'fixed']

/** A round as MathHarness reads it. */
export function inputTape(round: RoundCase): bigint[] {
  const { values, wagers, trusts } = round.submissions
  const { kind, scaleBps, center, sigma, least, most } = round.domain

  return [
    BigInt(values.length),
    ...values.flatMap((value, i) => [value, wagers[i]!, trusts[i]!]),
    ...round.experts.flatMap(ofExpert),
    round.hints.anchor,
    round.hints.mad,
    ...ofLearning(round.published),
    ...ofLearning(round.resolved),
    round.truth,
    round.intervalBps,
    ...[BigInt(KINDS.indexOf(kind)), scaleBps, center, sigma, least, most],
    ...[round.pool, round.rateBps, round.capBps],
  ]
}

/** What the TypeScript twins make of a round, in the order in which MathHarness writes it. */
export function outputTape(round: RoundCase): bigint[] {
  const { submissions, resolved, truth, domain } = round
  const { kind, scaleBps, center, sigma, least, most } = domain
  const { values, wagers } = submissions
  const aggregate = math.aggregate(submissions, round.hints, round.published)
  const slope = math.gradient(aggregate.inner, truth, resolved)
  const { low, width } = math.domainOf(kind, scaleBps, center, sigma, least, most)

  const actual = math.place(truth, low, width)
  const losses = values.map((value) => math.loss(math.place(value, low, width), actual))
  const total = wagers.reduce((sum, wager) => sum + wager, 0n)
  const lambda = math.lambda(wagers, losses)
  const pot = math.rewards(round.pool, round.rateBps, round.capBps, total)

  return [
    ...ofAggregate(aggregate),
    slope,
    ...ofLearning(math.learn(resolved, aggregate, truth, round.intervalBps)),
    ...[low, width, math.spread(sigma, center, truth), lambda, pot],
    ...round.experts.flatMap((expert, i) => {
      const wager = wagers[i]!
      const loss = losses[i]!
      const heard = math.winsorise(values[i]!, aggregate.anchor, aggregate.radius)
      const latest = math.regret(slope, aggregate.inner, heard)
      return [
        loss,
        math.payout(wager, loss, lambda, total),
        math.reward(pot, wager, loss, total),
        ...ofSkill(expert, math.learnExpert(expert, latest), wager, pot, resolved.peak),
      ]
    }),
  ]
}

function ofSkill(
  before: math.Expert,
  after: math.Expert,
  wager: bigint,
  pot: bigint,
  peak: bigint,
): bigint[] {
  const budget = math.budget(wager, 1n + (before.energy % 1_600n))
  return [
    math.packDown(math.trust(before.regret, before.energy, peak), 40n),
    math.rank(wager, before.regret, before.energy, peak),
    math.dilute(before.regret, wager, pot),
    budget,
    math.wager(budget, 1n + (before.energy % 10_000n)),
    ...ofExpert(after),
    math.packSigned(after.regret, 47n),
    math.unpackSigned(math.packSigned(after.regret, 31n)),
    math.unpack(math.packDown(after.energy, 40n)),
    math.packUp(after.energy, 24n),
  ]
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
    learning.width,
    learning.rounds,
    ...ofExpert(learning.anchor),
    ...ofExpert(learning.mean),
  ]
}

function ofAggregate(aggregate: math.Aggregate): bigint[] {
  const { value, half, inner, anchor, radius, mean, debiased } = aggregate

  return [value, half, inner, anchor, radius, mean, debiased]
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
  const aggregate: math.Aggregate = {
    value: next(),
    half: next(),
    inner: next(),
    anchor: next(),
    radius: next(),
    mean: next(),
    debiased: next(),
  }
  skip(next, 1)
  const learning = readLearning(next)
  skip(next, 5)
  const experts = Array.from({ length: workers }, () => {
    skip(next, 8)
    const expert = readExpert(next)
    skip(next, 4)
    return expert
  })

  return { aggregate, learning, experts }
}

function readLearning(next: () => bigint): math.Learning {
  return {
    peak: next(),
    anchorError: next(),
    feedError: next(),
    bias: next(),
    width: next(),
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
