/**
 * A topic with its money and without a chain, as the contracts keep both: commitments taken down when they are made, rounds
 * published and settled late and in any order, stakes, pool, reference and domain moving with them. Everything a chain would
 * check is taken to be right; a round nobody speaks in is not played.
 */
import * as math from '@auspex/sdk/maths'
import * as Schedule from '@auspex/sdk/maths'
import type { Times, TopicParams } from '@auspex/sdk'

/** The terms that rule and money follow from. */
export type TwinTerms = Times &
  Pick<
    TopicParams,
    | 'riskBps'
    | 'intervalBps'
    | 'poolRateBps'
    | 'poolShareBps'
    | 'rewardCapBps'
    | 'referenceRateBps'
    | 'tipBps'
    | 'domain'
    | 'domainScale'
    | 'min'
    | 'max'
    | 'center'
    | 'sigma'
  >

/** What a worker says in a round. */
interface Said {
  readonly worker: string
  readonly value: bigint
  /** basis points */
  readonly confidence: bigint
}

/** A round whose predictions are committed: what was taken down as they were. */
interface OpenedRound {
  readonly round: bigint
  /** the range that losses are measured in, frozen as the round opens */
  readonly domain: math.Domain
  /** the rule's when the round opened */
  readonly peak: bigint
  readonly predictions: readonly math.WorkerPrediction[]
}

export interface TwinRound extends math.PublishedRound {
  readonly round: bigint
  readonly pot: math.Pot
  /** what the pool says: the running mean of truths at publication */
  readonly reference: bigint
  readonly domain: math.Domain
}

/** What a settled round moved, in the order of its predictions. */
export interface SettledRound {
  readonly changes: readonly bigint[]
  readonly gains: readonly math.Gains[]
  readonly tip: bigint
}

export interface TwinTopic {
  readonly rule: math.TopicState
  readonly pool: bigint
  readonly center: bigint
  readonly sigma: bigint
  /** The range that losses of a round are measured in that opens now. */
  domain(): math.Domain
  stakeOf(worker: string): bigint
  rankOf(worker: string): bigint
  /** New money: a record is thinned by it. */
  deposit(worker: string, amount: bigint): void
  commit(round: bigint, said: readonly Said[]): OpenedRound
  publish(opened: OpenedRound): TwinRound
  settle(round: TwinRound, truth: bigint): SettledRound
  /** Puts the topic at the beginning of an era, as so many restarts would. */
  startEra(era: bigint): void
}

/** Opens a topic with a pool. */
export function openTwinTopic({
  terms,
  pool: funds,
}: {
  terms: TwinTerms
  pool: bigint
}): TwinTopic {
  const stakes = new Map<string, bigint>()
  let rule = math.createTopicState({ intervalBps: terms.intervalBps })
  let pool = funds
  let center = math.storedCenter(terms.center)
  let sigma = math.storedSpread(terms.sigma)
  let youngest: bigint | undefined

  const stakeOf = (worker: string) => stakes.get(worker) ?? 0n

  function deposit(worker: string, amount: bigint): void {
    const stake = stakeOf(worker)
    const record = rule.workers.get(worker)
    if (record !== undefined && stake > 0n) {
      const thinned = {
        ...record,
        regret: math.dilute(record.regret, stake, amount),
        count: math.diluteCount(record.count, stake, amount),
      }
      rule = { ...rule, workers: new Map(rule.workers).set(worker, math.storedRecord(thinned)) }
    }
    stakes.set(worker, stake + amount)
  }

  function domain(): math.Domain {
    const { domain: kind, domainScale, min, max } = terms
    return math.domainOf(kind, domainScale, center, sigma, min, max)
  }

  function commit(round: bigint, said: readonly Said[]): OpenedRound {
    // Whoever has nothing to wager is passed over, as on chain.
    const predictions = said.flatMap(({ worker, value, confidence }) => {
      const wager = math.wager(math.budget(stakeOf(worker), terms.riskBps), confidence)
      if (wager === 0n) return []
      return {
        worker,
        value,
        confidence,
        budget: math.budgetBehind(wager, confidence),
        wager,
        spoken: math.speak(rule, worker),
      }
    })
    return {
      round,
      domain: domain(),
      peak: rule.learning.peak,
      predictions,
    }
  }

  function publish({ round, peak, predictions, domain }: OpenedRound): TwinRound {
    const { min, max } = terms
    const published = math.publish(rule, predictions, {
      bounds: { low: min, high: max },
      domain: { low: domain.low, high: domain.low + domain.width },
      peak,
    })
    rule = published.state
    const wagers = predictions.reduce((sum, { wager }) => sum + wager, 0n)
    const { poolRateBps: rateBps, poolShareBps: shareBps, rewardCapBps: capBps } = terms
    const pot = math.potOf(wagers, wagers, { pool, rateBps, shareBps, capBps }, isFresh(round))

    return { ...published.round, round, pot, reference: center, domain }
  }

  /** The youngest resolved round's target lies at most two cadences before the round's opening. */
  function isFresh(round: bigint): boolean {
    if (youngest === undefined) return false
    return (
      Schedule.targetTime(terms, youngest) + 2n * terms.cadence >= Schedule.openTime(terms, round)
    )
  }

  function settle(round: TwinRound, truth: bigint): SettledRound {
    const { pot, predictions, domain } = round
    const { low, width } = domain
    const actual = math.place(truth, low, width)
    const lossOf = (value: bigint) => math.loss(math.place(value, low, width), actual)
    const losses = predictions.map(({ value }) => lossOf(value))
    const wagers = predictions.map(({ wager }) => wager)
    const referenceLoss = lossOf(round.reference)
    const rate = math.rateOf(pot, math.lambda(wagers, losses), referenceLoss)
    const payouts = wagers.map((wager, i) => math.payout(rate, wager, losses[i]!))
    predictions.forEach(({ worker, wager }, i) =>
      stakes.set(worker, stakeOf(worker) - wager + payouts[i]!),
    )
    const tip = math.tip(pot.play, terms.tipBps)
    pool += pot.wagers - payouts.reduce((sum, each) => sum + each, 0n) - tip
    follow(round, truth)
    rule = math.settle(rule, round, truth)

    return {
      changes: wagers.map((wager, i) => payouts[i]! - wager),
      gains: wagers.map((wager, i) => math.gainsOf(pot, rate, referenceLoss, wager, losses[i]!)),
      tip,
    }
  }

  /** Reference and spread follow the youngest truths alone. */
  function follow({ round, reference }: TwinRound, truth: bigint): void {
    if (youngest !== undefined && round <= youngest) return

    youngest = round
    sigma = math.storedSpread(math.spread(sigma, reference, truth))
    center = math.storedCenter(math.followed(center, truth, terms.referenceRateBps))
  }

  return {
    get rule() {
      return rule
    },
    get pool() {
      return pool
    },
    get center() {
      return center
    },
    get sigma() {
      return sigma
    },
    domain,
    stakeOf,
    rankOf(worker) {
      const { regret, energy } = math.recordIn(rule.era, rule.workers.get(worker))
      return math.rank(stakeOf(worker), regret, energy, rule.learning.peak)
    },
    deposit,
    commit,
    publish,
    settle,
    startEra(era) {
      rule = { ...math.restarted(rule), era }
    },
  }
}
