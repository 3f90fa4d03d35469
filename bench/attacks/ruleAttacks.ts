/* Attackers on the weighting rule: how much worse they make the feed. Every figure is of the twin with its storage rounding. */
import { recordIn } from '@auspex/sdk/maths'
import { sharesOf } from '../accuracy/ours/Engine.ts'
import type { TwinTopic } from '@auspex/sdk/maths'
import { restartAttacks } from './restartAttacks.ts'
import type { Row, Size } from './Row.ts'
import {
  clean,
  honestly,
  lossOf,
  overPlain,
  PLAIN_MEAN,
  play,
  PUSH,
  STAKE,
  stakeOf,
  times,
  worst,
} from './play.ts'
import type { Played, Saying } from './play.ts'
import { drawRoom } from './room.ts'
import type { Room } from './room.ts'

const THREE = ['first', 'second', 'third']
const ABSURD = 1e5
const DUST = 1e-6

/** All attackers on the rule. */
export function ruleAttacks(size: Size): Row[] {
  return [
    poisoned({ size, share: 0.003, most: 1.05 }),
    poisoned({ size, share: 0.05, most: 1.15 }),
    absurdInAPair(size),
    betrayed(size),
    luckyCoins(size),
    coinsThatBetray(size),
    slowJoiners(size),
    ...dustAlone(size),
    ...seasonedOnDust(size),
    ...restartAttacks(size),
  ]
}

function seat(topic: TwinTopic, names: readonly string[], total: bigint): void {
  for (const name of names) {
    if (topic.stakeOf(name) === 0n) topic.deposit(name, total / BigInt(names.length))
  }
}

// ---------------------------------------------------------------- EARLY POISON

type Poison = (name: number, truth: number, round: number) => number

/** What three names say while they are alone, each to spoil another number of the topic. */
const POISONS: Readonly<Record<string, Poison>> = {
  clip: (_, truth, round) => truth + (round % 2 === 0 ? ABSURD : -ABSURD),
  errors: (_, truth) => truth + ABSURD,
  bias: (name, truth) => (name === 2 ? truth - ABSURD : truth),
  peak: (name, truth, round) => truth + (name === 0 ? ABSURD : 0) * (round % 2 === 0 ? 1 : -1),
  skill: (name, truth, round) => (name === 0 ? truth : truth + ABSURD * (round % 2 === 0 ? 1 : -1)),
}

/** Three names alone for some rounds, then thirty honest ones join; what is left of the poison afterwards. */
function poisoned({ size, share, most }: { size: Size; share: number; most: number }): Row {
  const lengths = size.rounds < 100 ? [7] : [3, 7, 15, 30]
  const figure = Math.max(
    ...Object.values(POISONS).flatMap((poison) =>
      lengths.map((length) =>
        worst(size, (room, push) => poisonedBy({ size, share, poison, length, room, push })),
      ),
    ),
  )

  return {
    attacker: `three names alone for 3 to 30 rounds, then thirty honest join; ${100 * share} % of the wagers`,
    measure: 'loss, worst of five poisons',
    figure,
    most,
  }
}

function poisonedBy(options: {
  size: Size
  share: number
  poison: Poison
  length: number
  room: Room
  push: number
}): number {
  const { size, share, poison, length, room, push } = options
  const end = length + size.rounds
  const { played } = play({
    room,
    rounds: end,
    speak(round, topic) {
      seat(topic, THREE, stakeOf(room, share))
      const truth = room.truth(round)
      if (round < length) {
        return THREE.map((worker, i) => ({ worker, value: poison(i, truth, round) }))
      }
      const pushed = THREE.map((worker) => ({ worker, value: truth + push }))
      return [...honestly(room, topic, round), ...pushed]
    },
  })

  return lossOf(played, (round) => round >= length) / clean(room, length, end)
}

/** One absurd value with a millionth of the wagers in a round of two, while the topic is cold. */
function absurdInAPair(size: Size): Row {
  const pair = (isAttacked: boolean) =>
    play({
      room: drawRoom({ seed: size.seeds[0]!, workers: 2 }),
      rounds: 40,
      speak(round, topic) {
        const room = drawRoom({ seed: size.seeds[0]!, workers: 2 })
        seat(topic, [room.honest[0]!], STAKE)
        seat(topic, ['absurd'], BigInt(Math.round(Number(STAKE) * DUST)))
        const honest = { worker: room.honest[0]!, value: room.say(0, round) }
        const isAbsurd = isAttacked && round === 3
        const other = { worker: 'absurd', value: isAbsurd ? ABSURD : room.say(1, round) }
        return [honest, other]
      },
    }).played
  const [attacked, undisturbed] = [pair(true), pair(false)]
  const moved = attacked.map(({ feed }, i) => Math.abs(feed - undisturbed[i]!.feed))
  const widths = attacked.slice(6).map(({ published }, i) => {
    const { below, above } = published.aggregate
    const usual = undisturbed[i + 6]!.published.aggregate
    return Number(below + above) / Number(usual.below + usual.above)
  })

  return {
    attacker: 'one absurd value with a millionth of the wagers, in a round of two before round 5',
    measure: 'furthest the feed moves, and widest the interval gets, the usual being 1',
    figure: Math.max(...moved, ...widths),
    most: 1.5,
  }
}

// ---------------------------------------------------------------- SKILL FIRST

/** Skill first in an honest room, then betrayal, by a twentieth of the wagers in three names. */
function betrayed(size: Size): Row {
  const figure = worst(size, (room, push) => {
    const { played } = play({
      room,
      rounds: 2 * size.rounds,
      speak(round, topic) {
        seat(topic, THREE, stakeOf(room, 0.05))
        const truth = room.truth(round)
        const isLoyal = round < size.rounds
        const said = THREE.map((worker, i) => ({
          worker,
          value: isLoyal ? truth + 0.1 * room.noise(i, round) : truth + push,
        }))
        return [...honestly(room, topic, round), ...said]
      },
    })
    const isCounted = (round: number) => round >= size.rounds
    return lossOf(played, isCounted) / clean(room, 0, 2 * size.rounds, size.rounds)
  })

  return {
    attacker: 'skill first in an honest room, then betrayal, 5 % of the wagers in three names',
    measure: 'loss after the betrayal',
    figure,
    most: 1.3,
  }
}

const COINS = 20

function coinsOf(room: Room, round: number, confidence: number, names: number): Saying[] {
  return Array.from({ length: names }, (_, i) => ({
    worker: `coin ${i}`,
    value: 100 + (room.noise(10 + i, round) > 0 ? 3 : -3),
    confidence,
  }))
}

function seatCoins(topic: TwinTopic): void {
  for (let i = 0; i < COINS; i++) seat(topic, [`coin ${i}`], STAKE)
}

/** The name whose record is best. */
function luckiest(topic: TwinTopic): string {
  const { era, workers } = topic.rule
  const worth = (name: string) => recordIn(era, workers.get(name)).regret
  const names = Array.from({ length: COINS }, (_, i) => `coin ${i}`)

  return names.reduce((best, name) => (worth(name) > worth(best) ? name : best))
}

/** A record by coins at one basis point of confidence for forty rounds. */
function luckyCoins(size: Size): Row {
  const shares = size.seeds.map((seed) => {
    const room = drawRoom({ seed })
    const rounds = 40
    const { topic } = play({
      room,
      rounds,
      speak(round, topic) {
        seatCoins(topic)
        return [...honestly(room, topic, round), ...coinsOf(room, round, 0.0001, COINS)]
      },
    })
    const lucky = luckiest(topic)
    const { played } = play({
      room,
      topic,
      from: rounds,
      rounds: rounds + 1,
      speak: (round) => [...honestly(room, topic, round), { worker: lucky, value: 100 }],
    })
    return shareOf(lucky, played[0]!, topic)
  })

  return {
    attacker:
      'a record by coins at one basis point of confidence for 40 rounds, the luckiest of 20',
    measure: 'share in the aggregate at equal wagers',
    figure: Math.max(...shares),
    most: 0.01,
  }
}

function shareOf(name: string, { published }: Played, topic: TwinTopic): number {
  const shares = sharesOf({ round: published, learning: topic.rule.learning })
  return shares.workers.get(name) ?? 0
}

/** Coins at full confidence, then one basis point with the lucky record, then betrayal at full confidence. */
function coinsThatBetray(size: Size): Row {
  const [luck, rest] = [40, 80]
  const end = rest + size.rounds
  const figure = worst(size, (room, push) => {
    let lucky: string | undefined
    const { played } = play({
      room,
      rounds: end,
      speak(round, topic) {
        seatCoins(topic)
        if (round === luck) lucky = luckiest(topic)
        const honest = honestly(room, topic, round)
        if (lucky === undefined) return [...honest, ...coinsOf(room, round, 1, COINS)]
        const value = round < rest ? 100 : room.truth(round) + push
        return [...honest, { worker: lucky, value, confidence: round < rest ? 0.0001 : 1 }]
      },
    })
    const isCounted = (round: number) => round >= rest
    return lossOf(played, isCounted) / clean(room, 0, end, rest)
  })

  return {
    attacker: 'coins at full confidence, one basis point with the lucky record, then betrayal',
    measure: 'loss after the betrayal',
    figure,
    most: 1.1,
  }
}

// ---------------------------------------------------------------- ERAS

/** Three names alone for ten rounds, then honest workers join slower than one in three rounds. */
function slowJoiners(size: Size): Row {
  const [alone, every] = [10, 4]
  const end = alone + 2 * size.rounds
  const run = (room: Room, isAttacked: boolean) =>
    play({
      room,
      rounds: end,
      from: isAttacked ? 0 : alone,
      speak(round, topic) {
        seat(topic, THREE, stakeOf(room, 0.05))
        const truth = room.truth(round)
        const joined = Math.floor((round - alone) / every) + 1
        const honest = round < alone ? [] : honestly(room, topic, round).slice(0, joined)
        const poison = round < alone ? POISONS.bias! : () => truth + PUSH
        const said = THREE.map((worker, i) => ({ worker, value: poison(i, truth, round) }))
        return isAttacked ? [...honest, ...said] : honest
      },
    }).played
  // While a handful are there, three names with a twentieth of a full room are no small part of it.
  const isCounted = (round: number) => round >= alone + size.rounds
  const figure = times(
    size,
    (room) => lossOf(run(room, true), isCounted) / lossOf(run(room, false), isCounted),
  )

  return {
    attacker: 'three names alone for ten rounds, then honest ones join every fourth round',
    measure: 'loss once a handful have joined',
    figure,
    most: 1.25,
  }
}

/** Dust speaks alone in some rounds, in which the honest are silent: something wrong, or something absurd. */
function dustAlone(size: Size): Row[] {
  const against = (isAlone: (round: number) => boolean, wrong: number) =>
    times(size, (room) => {
      const { played } = play({
        room,
        rounds: 2 * size.rounds,
        speak(round, topic) {
          seat(topic, ['dust'], stakeOf(room, DUST))
          if (isAlone(round)) return [{ worker: 'dust', value: room.truth(round) + wrong }]
          return honestly(room, topic, round)
        },
      })
      return overPlain(played, (round) => round >= 10 && !isAlone(round))
    })
  const undisturbed = against(() => false, 0)
  const row = (words: string, every: number, wrong: number): Row => ({
    attacker: `dust alone in ${words}`,
    measure: `loss over the plain mean’s, undisturbed ${undisturbed.toFixed(2)}`,
    figure: against((round) => (every === 0 ? round === 40 : round % every === every - 1), wrong),
    most: PLAIN_MEAN,
  })

  return [
    row('one single round, absurd', 0, ABSURD),
    row('one round of fifty, absurd', 50, ABSURD),
    row('one round of twenty, absurd', 20, ABSURD),
    row('one round of six, wrong by twice the usual', 6, PUSH),
    {
      ...row('one round of six, absurd, in a topic without a least wager', 6, ABSURD),
      // No rule can help a topic that asks whoever comes: `minWager` makes such rounds void.
      most: 2,
    },
  ]
}

/** Three names that are seasoned on dust for thirty rounds, then deposit for a part of the money and push. */
function seasonedOnDust(size: Size): Row[] {
  const season = 30
  const against = (share: number) =>
    worst(size, (room, push) => {
      const end = season + size.rounds
      const { played } = play({
        room,
        rounds: end,
        speak(round, topic) {
          seat(topic, THREE, stakeOf(room, DUST))
          if (round === season) {
            const each = stakeOf(room, share / (1 - share)) / BigInt(THREE.length)
            for (const name of THREE) topic.deposit(name, each)
          }
          const truth = room.truth(round)
          const said = THREE.map((worker, i) => ({
            worker,
            value: round < season ? truth + 0.1 * room.noise(i, round) : truth + push,
          }))
          return [...honestly(room, topic, round), ...said]
        },
      })
      return lossOf(played, (round) => round >= season) / clean(room, 0, end, season)
    })

  return [0.19, 0.21, 0.33].map((share) => ({
    attacker: `seasoned on dust for 30 rounds, then deposits for ${100 * share} % of the money`,
    measure: 'loss after the deposits',
    figure: against(share),
    most: 1.6,
  }))
}
