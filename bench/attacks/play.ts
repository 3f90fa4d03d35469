import { defaultsFor } from '@auspex/sdk'
import { fromFixedPoint, toFixedPoint } from '../lib/fixedPoint.ts'
import { geometricMean } from '../lib/statistics.ts'
import { openTwinTopic } from '@auspex/sdk/maths'
import type { TwinRound, TwinTerms, TwinTopic } from '@auspex/sdk/maths'
import type { Size } from './Row.ts'
import { drawRoom } from './room.ts'
import type { Room } from './room.ts'

const HOUR = 3600n

/** A number of rounds in flight that leaves a hundredth of the stake at risk in each. */
const RING = 16

/** Terms of an ordinary topic whose values lie around 100. */
export const TERMS: TwinTerms = {
  ...defaultsFor('generic', BigInt(RING)),
  start: 0n,
  cadence: HOUR,
  commitWindow: 300n,
  revealWindow: 300n,
  horizon: HOUR,
  truthWindow: HOUR,
  riskBps: 100n,
  min: toFixedPoint(-1e6),
  max: toFixedPoint(1e6),
  center: toFixedPoint(100),
  sigma: toFixedPoint(3),
}

/** What an honest worker stakes; others stake shares of all that the honest do. */
export const STAKE = 10n ** 22n

/** Pushes far enough to hurt and near enough to be taken for an opinion, in units of the truth's daily noise. */
export const PUSH = 2
/** Whatever an attacker does to records, the feed stays better than the plain mean of the honest. */
export const PLAIN_MEAN = 1

export interface Saying {
  readonly worker: string
  readonly value: number
  /** share of the budget, full where absent */
  readonly confidence?: number
}

export interface Played {
  readonly round: number
  readonly truth: number
  readonly feed: number
  /** mean of what was said, every name alike */
  readonly mean: number
  readonly published: TwinRound
}

/**
 * Plays a topic round by round: `speak` names who says what in a round, having seen the topic; rounds in which nobody speaks
 * are not played. Truths come before the next round opens.
 */
export function play({
  room,
  rounds,
  from = 0,
  topic = openTwinTopic({ terms: TERMS, pool: 0n }),
  speak,
}: {
  room: Room
  rounds: number
  from?: number
  topic?: TwinTopic
  speak: (round: number, topic: TwinTopic) => readonly Saying[]
}): { played: Played[]; topic: TwinTopic } {
  const played: Played[] = []

  for (let round = from; round < rounds; round++) {
    const said = speak(round, topic)
    if (said.length === 0) continue
    const opened = topic.commit(
      BigInt(round),
      said.map(({ worker, value, confidence = 1 }) => ({
        worker,
        value: toFixedPoint(value),
        confidence: BigInt(Math.round(confidence * 10_000)),
      })),
    )
    const published = topic.publish(opened)
    const truth = room.truth(round)
    topic.settle(published, toFixedPoint(truth))
    played.push({
      round,
      truth,
      feed: fromFixedPoint(published.aggregate.value),
      mean: said.reduce((sum, { value }) => sum + value, 0) / said.length,
      published,
    })
  }

  return { played, topic }
}

/** Everybody honest, at full confidence; stakes on its first word. */
export function honestly(room: Room, topic: TwinTopic, round: number): Saying[] {
  return room.honest.map((worker, i) => {
    if (topic.stakeOf(worker) === 0n) topic.deposit(worker, STAKE)
    return { worker, value: room.say(i, round) }
  })
}

/** Puts so much behind names together, as a share of what the honest stake in all. */
export function stakeOf(room: Room, share: number): bigint {
  return BigInt(Math.round(Number(STAKE) * room.honest.length * share))
}

/** Mean squared error of the feed over some rounds. */
export function lossOf(played: readonly Played[], isCounted: (round: number) => boolean): number {
  return squares(played, isCounted, ({ feed }) => feed)
}

/** Mean squared error of the plain mean over some rounds. */
export function plainLossOf(
  played: readonly Played[],
  isCounted: (round: number) => boolean,
): number {
  return squares(played, isCounted, ({ mean }) => mean)
}

function squares(
  played: readonly Played[],
  isCounted: (round: number) => boolean,
  value: (each: Played) => number,
): number {
  const errors = played
    .filter(({ round }) => isCounted(round))
    .map((each) => (value(each) - each.truth) ** 2)

  return errors.reduce((sum, error) => sum + error, 0) / errors.length
}

/** Loss of the feed over that of the plain mean of the same words. */
export function overPlain(
  played: readonly Played[],
  isCounted: (round: number) => boolean,
): number {
  return lossOf(played, isCounted) / plainLossOf(played, isCounted)
}

/** Loss of the honest by themselves, from their first round on. */
export function clean(room: Room, from: number, rounds: number, counted = from): number {
  const { played } = play({
    room,
    from,
    rounds,
    speak: (round, topic) => honestly(room, topic, round),
  })

  return lossOf(played, (round) => round >= counted)
}

/** Geometric mean over the drawn rooms: loss with the attacker over loss without. */
export function times(size: Size, ratioIn: (room: Room) => number): number {
  return geometricMean(size.seeds.map((seed) => ratioIn(drawRoom({ seed }))))
}

/** The worst of several pushes. */
export function worst(size: Size, ratioIn: (room: Room, push: number) => number): number {
  return Math.max(...size.pushes.map((push) => times(size, (room) => ratioIn(room, push))))
}
