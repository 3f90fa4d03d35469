/**
 * A topic with its money and without a chain, as the contracts keep both: commitments taken down when they are made, rounds
 * published and settled late and in any order, stakes, pool, reference and domain moving with them. Everything a chain would
 * check is taken to be right; a round nobody speaks in is not played.
 */
import { openTime, targetTime } from './schedule.ts'
import {
  createTopicState,
  publish as publishRound,
  restarted,
  settle as settleRound,
  speak,
} from './replay.ts'
import type { PublishedRound, TopicState, WorkerPrediction } from './replay.ts'
import { domainOf, followed, loss, place, rank, recordIn, spread } from './scoring.ts'
import type { Domain } from './scoring.ts'
import * as Settlement from './settlement.ts'
import type { Gains, Pot } from './settlement.ts'
import { storedCenter, storedRecord, storedSpread } from './storage.ts'
import type { Times, TopicParams } from '../words/topic.ts'

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
export interface Said {
  readonly worker: string
  readonly value: bigint
  /** basis points */
  readonly confidence: bigint
}

/** A round whose predictions are committed: what was taken down as they were. */
export interface OpenedRound {
  readonly round: bigint
  /** the range that losses are measured in, frozen as the round opens */
  readonly domain: Domain
  /** the rule's when the round opened */
  readonly peak: bigint
  readonly predictions: readonly WorkerPrediction[]
}

export interface TwinRound extends PublishedRound {
  readonly round: bigint
  readonly pot: Pot
  /** what the pool says: the running mean of truths at publication */
  readonly reference: bigint
  readonly domain: Domain
}

/** What a settled round moved, in the order of its predictions. */
export interface SettledRound {
  readonly changes: readonly bigint[]
  readonly gains: readonly Gains[]
  readonly tip: bigint
}

export interface TwinTopic {
  readonly rule: TopicState
  readonly pool: bigint
  readonly center: bigint
  readonly sigma: bigint
  /** The range that losses of a round are measured in that opens now. */
  domain(): Domain
  stakeOf(worker: string): bigint
  rankOf(worker: string): bigint
  /** New money: a record is thinned by it. */
  deposit(worker: string, amount: bigint): void
  /** Money that leaves a stake: an exit or a slash. */
  take(worker: string, amount: bigint): void
  /** A position goes on under another key, its record with it. */
  rotate(from: string, to: string): void
  /** New money for the pool. */
  fund(amount: bigint): void
  commit(round: bigint, said: readonly Said[]): OpenedRound
  /** `exposed`: how much of the wagers may move on the truth; all of them where it is left out. */
  publish(opened: OpenedRound, exposed?: bigint): TwinRound
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
  let rule = createTopicState({ intervalBps: terms.intervalBps })
  let pool = funds
  let center = storedCenter(terms.center)
  let sigma = storedSpread(terms.sigma)
  let youngest: bigint | undefined

  const stakeOf = (worker: string) => stakes.get(worker) ?? 0n

  function deposit(worker: string, amount: bigint): void {
    const stake = stakeOf(worker)
    const record = rule.workers.get(worker)
    if (record !== undefined && stake > 0n) {
      const thinned = {
        ...record,
        regret: Settlement.dilute(record.regret, stake, amount),
        count: Settlement.diluteCount(record.count, stake, amount),
      }
      rule = { ...rule, workers: new Map(rule.workers).set(worker, storedRecord(thinned)) }
    }
    stakes.set(worker, stake + amount)
  }

  function domain(): Domain {
    const { domain: kind, domainScale, min, max } = terms
    return domainOf(kind, domainScale, center, sigma, min, max)
  }

  function commit(round: bigint, said: readonly Said[]): OpenedRound {
    // Whoever has nothing to wager is passed over, as on chain.
    const predictions = said.flatMap(({ worker, value, confidence }) => {
      const wager = Settlement.wager(Settlement.budget(stakeOf(worker), terms.riskBps), confidence)
      if (wager === 0n) return []
      return {
        worker,
        value,
        confidence,
        budget: Settlement.budgetBehind(wager, confidence),
        wager,
        spoken: speak(rule, worker),
      }
    })
    return {
      round,
      domain: domain(),
      peak: rule.learning.peak,
      predictions,
    }
  }

  function rotate(from: string, to: string): void {
    const record = rule.workers.get(from)
    const workers = new Map(rule.workers)
    workers.delete(from)
    if (record !== undefined) workers.set(to, record)
    rule = { ...rule, workers }
    stakes.set(to, stakeOf(from))
    stakes.delete(from)
  }

  function publish({ round, peak, predictions, domain }: OpenedRound, exposed?: bigint): TwinRound {
    const { min, max } = terms
    const published = publishRound(rule, predictions, {
      bounds: { low: min, high: max },
      domain: { low: domain.low, high: domain.low + domain.width },
      peak,
    })
    rule = published.state
    const wagers = predictions.reduce((sum, { wager }) => sum + wager, 0n)
    const { poolRateBps: rateBps, poolShareBps: shareBps, rewardCapBps: capBps } = terms
    const pot = Settlement.potOf(
      wagers,
      exposed ?? wagers,
      { pool, rateBps, shareBps, capBps },
      isFresh(round),
    )

    return { ...published.round, round, pot, reference: center, domain }
  }

  /** The youngest resolved round's target lies at most two cadences before the round's opening. */
  function isFresh(round: bigint): boolean {
    if (youngest === undefined) return false
    return targetTime(terms, youngest) + 2n * terms.cadence >= openTime(terms, round)
  }

  function settle(round: TwinRound, truth: bigint): SettledRound {
    const { pot, predictions, domain } = round
    const { low, width } = domain
    const actual = place(truth, low, width)
    const lossOf = (value: bigint) => loss(place(value, low, width), actual)
    const losses = predictions.map(({ value }) => lossOf(value))
    const wagers = predictions.map(({ wager }) => wager)
    const referenceLoss = lossOf(round.reference)
    const rate = Settlement.rateOf(pot, Settlement.lambda(wagers, losses), referenceLoss)
    const payouts = wagers.map((wager, i) => Settlement.payout(rate, wager, losses[i]!))
    predictions.forEach(({ worker, wager }, i) =>
      stakes.set(worker, stakeOf(worker) - wager + payouts[i]!),
    )
    const tip = Settlement.tip(pot.play, terms.tipBps)
    pool += pot.wagers - payouts.reduce((sum, each) => sum + each, 0n) - tip
    follow(round, truth)
    rule = settleRound(rule, round, truth)

    return {
      changes: wagers.map((wager, i) => payouts[i]! - wager),
      gains: wagers.map((wager, i) =>
        Settlement.gainsOf(pot, rate, referenceLoss, wager, losses[i]!),
      ),
      tip,
    }
  }

  /** Reference and spread follow the youngest truths alone. */
  function follow({ round, reference }: TwinRound, truth: bigint): void {
    if (youngest !== undefined && round <= youngest) return

    youngest = round
    sigma = storedSpread(spread(sigma, reference, truth))
    center = storedCenter(followed(center, truth, terms.referenceRateBps))
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
      const { regret, energy } = recordIn(rule.era, rule.workers.get(worker))
      return rank(stakeOf(worker), regret, energy, rule.learning.peak)
    },
    deposit,
    take: (worker, amount) => void stakes.set(worker, stakeOf(worker) - amount),
    rotate,
    fund: (amount) => {
      pool += amount
    },
    commit,
    publish,
    settle,
    startEra(era) {
      rule = { ...restarted(rule), era }
    },
  }
}
