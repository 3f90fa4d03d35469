/* Attackers on the weighting rule: how much worse they make the feed. Every figure is of the twin with its storage rounding. */
import { ERA_MAX, recordIn } from '@auspex/sdk/maths'
import { sharesOf } from '../accuracy/ours/sharesOf.ts'
import { geometricMean } from '../lib/geometricMean.ts'
import { openTwinTopic } from '../twin/twinTopic.ts'
import type { TwinTopic } from '../twin/twinTopic.ts'
import { STAKE, TERMS, honestly, lossOf, plainLossOf, play, stakeOf } from './play.ts'
import type { Played, Saying } from './play.ts'
import { drawRoom } from './room.ts'
import type { Room } from './room.ts'
import type { Row, Size } from './Row.ts'

const THREE = ['first', 'second', 'third']
/** Pushes far enough to hurt and near enough to be taken for an opinion, in units of the truth's daily noise. */
const PUSH = 2
const ABSURD = 1e5
/** Whatever an attacker does to records, the feed stays better than the plain mean of the honest. */
const PLAIN_MEAN = 1
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
    strangersWithMost(size),
    whaleEveryRing(size),
    ...unsureHonest(size),
    seatsByRestart(size),
    lastEra(size),
  ]
}

/** Geometric mean over the drawn rooms: loss with the attacker over loss without. */
function times(size: Size, ratioIn: (room: Room) => number): number {
  return geometricMean(size.seeds.map((seed) => ratioIn(drawRoom({ seed }))))
}

/** The worst of several pushes. */
function worst(size: Size, ratioIn: (room: Room, push: number) => number): number {
  return Math.max(...size.pushes.map((push) => times(size, (room) => ratioIn(room, push))))
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

/** Loss of the honest by themselves, from their first round on. */
function clean(room: Room, from: number, rounds: number, counted = from): number {
  const { played } = play({
    room,
    from,
    rounds,
    speak: (round, topic) => honestly(room, topic, round),
  })

  return lossOf(played, (round) => round >= counted)
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

/** Loss of the rounds without visitors over the plain mean's of the honest, with and without visits. */
function visited(
  size: Size,
  isVisit: (round: number) => boolean,
): { figure: number; words: string } {
  let eras = 0n
  const end = 2 * size.rounds
  const isCounted = (round: number) => round >= 20 && !isVisit(round)
  const figure = times(size, (room) => {
    const { played, topic } = play({
      room,
      rounds: end,
      speak(round, topic) {
        const honest = honestly(room, topic, round)
        if (!isVisit(round)) return honest
        const whale = `whale ${round}`
        topic.deposit(whale, stakeOf(room, 4.6))
        return [...honest, { worker: whale, value: room.truth(round) + PUSH }]
      },
    })
    eras = topic.rule.era
    return overPlain(played, isCounted)
  })
  const undisturbed = times(size, (room) =>
    overPlain(
      play({ room, rounds: end, speak: (round, topic) => honestly(room, topic, round) }).played,
      isCounted,
    ),
  )

  return { figure, words: `${eras} restarts, undisturbed ${undisturbed.toFixed(2)}` }
}

function strangersWithMost(size: Size): Row {
  const visits = [0.3, 0.5, 0.7].map((part) => Math.round(2 * size.rounds * part))
  const { figure, words } = visited(size, (round) => visits.includes(round))

  return {
    attacker: 'newcomers with more than four fifths of a round’s money, three visits',
    measure: `loss between the visits over the plain mean’s, ${words}`,
    figure,
    most: PLAIN_MEAN,
  }
}

function whaleEveryRing(size: Size): Row {
  const { figure, words } = visited(size, (round) => round >= 20 && round % 16 === 0)

  return {
    attacker: 'a whale of a new name every ring of 16 rounds',
    measure: `loss between the visits over the plain mean’s, ${words}`,
    figure,
    most: PLAIN_MEAN,
  }
}

function overPlain(played: readonly Played[], isCounted: (round: number) => boolean): number {
  return lossOf(played, isCounted) / plainLossOf(played, isCounted)
}

/** The honest speak at a tenth of their confidence: does the rule still learn, and do strangers restart it sooner? */
function unsureHonest(size: Size): Row[] {
  const end = 2 * size.rounds
  const timid = (room: Room, topic: TwinTopic, round: number) =>
    honestly(room, topic, round).map((said) => ({ ...said, confidence: 0.1 }))
  const loss = times(size, (room) => {
    const { played } = play({
      room,
      rounds: end,
      speak: (round, topic) => timid(room, topic, round),
    })
    return lossOf(played, (round) => round >= 10) / clean(room, 0, end, 10)
  })
  const eras = size.seeds.map((seed) => {
    const room = drawRoom({ seed })
    const { topic } = play({
      room,
      rounds: 60,
      speak(round, topic) {
        const honest = timid(room, topic, round)
        if (round < 50) return honest
        const stranger = `stranger ${round}`
        topic.deposit(stranger, stakeOf(room, 0.6))
        return [...honest, { worker: stranger, value: 100 }]
      },
    })
    return Number(topic.rule.era)
  })

  return [
    {
      attacker: 'none: the honest speak at a confidence of 10 %',
      measure: 'loss over that at full confidence',
      figure: loss,
      most: 1.05,
    },
    {
      attacker: 'strangers with six times the wagers of the honest, who speak at 10 %',
      measure: 'restarts',
      figure: Math.max(...eras),
      most: 0,
    },
  ]
}

/** A restart makes veterans' records nothing: does it make their seats cheaper than they were? */
function seatsByRestart(size: Size): Row {
  const room = drawRoom({ seed: size.seeds[0]! })
  const { topic } = play({
    room,
    rounds: 60,
    speak: (round, topic) => honestly(room, topic, round),
  })
  // What a newcomer must stake to displace each veteran: its rank and a tenth.
  const price = () =>
    room.honest.reduce((sum, name) => sum + (Number(topic.rankOf(name)) / 1e18) * 1.1, 0)
  const before = price()
  const { topic: restarted } = play({
    room,
    topic,
    from: 60,
    rounds: 61,
    speak(round) {
      topic.deposit('whale', stakeOf(room, 4.6))
      return [...honestly(room, topic, round), { worker: 'whale', value: 100 }]
    },
  })
  const needed = Math.max(price(), Number(restarted.stakeOf('whale')))

  return {
    attacker: `a restart forced to take veterans' seats by rank (${restarted.rule.era} restarts)`,
    measure: 'veterans’ seats a unit of money takes, those without a restart being 1',
    figure: before / needed,
    most: 1.1,
  }
}

/** Strangers restart the topic until its last era; from then on it stays, and learns. */
function lastEra(size: Size): Row {
  const room = drawRoom({ seed: size.seeds[0]! })
  const eras = Number(ERA_MAX)
  const topic = openTwinTopic({ terms: TERMS, pool: 0n })
  if (size.everyEra) {
    play({
      room,
      topic,
      rounds: eras + 3,
      speak(round) {
        topic.deposit(`stranger ${round}`, STAKE)
        return [{ worker: `stranger ${round}`, value: 100 }]
      },
    })
  } else {
    topic.startEra(ERA_MAX)
  }
  if (topic.rule.era !== ERA_MAX) throw new Error(`The topic stands in era ${topic.rule.era}`)

  const from = eras + 3
  const end = from + size.rounds
  const honest = (round: number, at: TwinTopic) => honestly(room, at, round)
  const { played } = play({ room, topic, from, rounds: end, speak: honest })

  return {
    attacker: 'the era driven to its last number by strangers',
    measure: 'loss afterwards, a new topic being 1',
    figure: lossOf(played, (round) => round >= from + 10) / clean(room, from, end, from + 10),
    most: 1.1,
  }
}
