/* Strangers who bring most of a round's money and so restart the records: what is left of the feed, of seats and of eras. */
import { ERA_MAX } from '@auspex/sdk/maths'
import { openTwinTopic } from '@auspex/sdk/maths'
import type { TwinTopic } from '@auspex/sdk/maths'
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
  TERMS,
  times,
} from './play.ts'
import { drawRoom } from './room.ts'
import type { Room } from './room.ts'

/** All attackers by restarts, and how the rule fares with honest workers who are unsure. */
export function restartAttacks(size: Size): Row[] {
  return [
    strangersWithMost(size),
    whaleEveryRing(size),
    ...unsureHonest(size),
    seatsByRestart(size),
    lastEra(size),
  ]
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
