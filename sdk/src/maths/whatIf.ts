/* What predictions of past rounds would have earned: the topic's record, replayed with one more worker in it. */
import type { TopicRecord } from '../words/record.ts'
import { fromFixed18 } from './float.ts'
import { replayRecord } from './replayRecord.ts'
import type { Guest, ReplayedTurn } from './replayRecord.ts'

/** A round as it would have gone. Values 1e18 fixed point, money in token base units. */
export interface WhatIfRound {
  readonly round: bigint
  readonly value: bigint
  /** Basis points. */
  readonly confidence: bigint
  readonly wager: bigint
  /** What would have been slashed for a prediction that was sealed and not opened: the round's whole budget. */
  readonly atRisk: bigint
  /** Part of the published value, 1e18 fixed point. */
  readonly weight: bigint
  /** For taking part, against the pool, and from the other workers; `change` is their sum. */
  readonly reward: bigint
  readonly pool: bigint
  readonly peers: bigint
  readonly change: bigint
  /** Stake after the round. */
  readonly stake: bigint
  /** Place by the error of the round, 1 for the best, among `of` predictions. */
  readonly place: number
  readonly of: number
  readonly aggregate: bigint
  /** What was published without it. */
  readonly aggregateWithout: bigint
  readonly truth: bigint
}

/** How a worker of the replay stands at its end. */
export interface WhatIfStanding {
  readonly worker: string
  readonly rounds: number
  /** By which seats are given: stake and record together. */
  readonly rank: bigint
  readonly stake: bigint
  /** What its predictions won or lost, token base units. */
  readonly change: bigint
  /** Mean part of the published values of its rounds, 1e18 fixed point. */
  readonly weight: bigint
  /** Root mean squared error, in the topic's unit. */
  readonly rmse: number
}

export interface WhatIf {
  /** The rounds that it would have taken part in, in the order of their settlement. */
  readonly rounds: readonly WhatIfRound[]
  /** Everybody, the highest rank first. */
  readonly standings: readonly WhatIfStanding[]
  /** Place in `standings`, 1 for the first; undefined where it took part in no round. */
  readonly rank: number | undefined
  readonly start: bigint
  readonly end: bigint
  readonly reward: bigint
  readonly pool: bigint
  readonly peers: bigint
  /** Sum of the rounds that it lost in, as a positive amount. */
  readonly lost: bigint
  /** The most that one round would have taken for withholding. */
  readonly atRisk: bigint
  readonly weight: bigint
  /** Root mean squared error of what was published in its rounds, without and with it, in the topic's unit. */
  readonly errorWithout: number
  readonly errorWith: number
  /** Predictions of rounds that the topic has not settled, or that the stake was too small for. */
  readonly missed: readonly bigint[]
  /** Where the replay without the newcomer and the record differ; empty where the record is whole. */
  readonly differences: readonly string[]
}

/**
 * Rank, weight, reward and slash as if a worker had taken part in a topic's past. It would have had a seat in every round
 * that it has a prediction for; nobody else would have done anything differently.
 *
 * @example
 * ```ts
 * import { getTopicRecord } from '@auspex/sdk'
 * import { whatIf } from '@auspex/sdk/maths'
 *
 * const record = await getTopicRecord(auspex, { topic })
 * const predictions = new Map([[7n, { value: 101n * 10n ** 18n, confidence: 5000n }]])
 * const { rank, end } = whatIf({ record, guest: { name: 'me', stake: 10n ** 21n, predictions } })
 * ```
 */
export function whatIf({ record, guest }: { record: TopicRecord; guest: Guest }): WhatIf {
  const alone = replayRecord({ record })
  const { turns, twin } = replayRecord({ record, guests: [guest] })
  const published = new Map(alone.turns.map(({ round, aggregate }) => [round, aggregate.value]))
  const rounds = turns.flatMap((turn) => roundOf(turn, guest.name, published.get(turn.round)!))
  const standings = standingsOf(turns)
    .map((each) => ({
      ...each,
      rank: twin.rankOf(each.worker),
      stake: twin.stakeOf(each.worker),
    }))
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank > b.rank ? -1 : 1))
  const own = standings.findIndex(({ worker }) => worker === guest.name)
  const played = new Set(rounds.map(({ round }) => round))
  const sumOf = (field: 'reward' | 'pool' | 'peers') =>
    rounds.reduce((sum, each) => sum + each[field], 0n)
  return {
    rounds,
    standings,
    rank: own < 0 ? undefined : own + 1,
    start: guest.stake,
    end: rounds.at(-1)?.stake ?? guest.stake,
    reward: sumOf('reward'),
    pool: sumOf('pool'),
    peers: sumOf('peers'),
    lost: rounds.reduce((sum, { change }) => (change < 0n ? sum - change : sum), 0n),
    atRisk: rounds.reduce((most, { atRisk }) => (atRisk > most ? atRisk : most), 0n),
    weight: standings[own]?.weight ?? 0n,
    errorWithout: rmseOf(rounds.map(({ aggregateWithout, truth }) => aggregateWithout - truth)),
    errorWith: rmseOf(rounds.map(({ aggregate, truth }) => aggregate - truth)),
    missed: [...guest.predictions.keys()].filter((round) => !played.has(round)),
    differences: alone.differences,
  }
}

function roundOf(turn: ReplayedTurn, name: string, aggregateWithout: bigint): WhatIfRound[] {
  const { round, predictions, aggregate, weights, truth, changes, gains, stakes } = turn
  const i = predictions.findIndex(({ worker }) => worker === name)
  const own = predictions[i]
  if (own === undefined) return []
  const { value, wager, budget: atRisk = wager, confidence = 10_000n } = own
  const errors = predictions.map((each) => distance(each.value, truth))
  return [
    {
      ...{ round, value, confidence, wager, atRisk, weight: weights[i]! },
      ...{ ...gains[i]!, change: changes[i]!, stake: stakes[i]! },
      place: 1 + errors.filter((error) => error < errors[i]!).length,
      of: predictions.length,
      ...{ aggregate: aggregate.value, aggregateWithout, truth },
    },
  ]
}

/** What the rounds say of each worker. */
function standingsOf(turns: readonly ReplayedTurn[]) {
  const workers = new Map<string, { change: bigint; weight: bigint; errors: bigint[] }>()
  for (const { predictions, changes, weights, truth } of turns) {
    for (const [i, { worker, value }] of predictions.entries()) {
      const before = workers.get(worker) ?? { change: 0n, weight: 0n, errors: [] }
      before.errors.push(value - truth)
      workers.set(worker, {
        change: before.change + changes[i]!,
        weight: before.weight + weights[i]!,
        errors: before.errors,
      })
    }
  }
  return [...workers].map(([worker, { change, weight, errors }]) => ({
    worker,
    rounds: errors.length,
    change,
    weight: weight / BigInt(errors.length),
    rmse: rmseOf(errors),
  }))
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}

function rmseOf(errors: readonly bigint[]): number {
  const squares = errors.reduce((sum, each) => sum + fromFixed18(each) ** 2, 0)
  return Math.sqrt(squares / errors.length)
}
