import { getTopic } from '@auspex/sdk'
import type { Calendar } from '../world/openCalendar.ts'
import type { PlayedRound } from './playedRound.ts'
import { readRound } from './readRound.ts'
import { DAY, hours } from '../world/schedule.ts'
import type { Stage } from '../world/stage.ts'

/** What a round did not get done. */
interface Trouble {
  readonly who: string
  readonly what: string
}

/** Something done for the topic at a place. */
type Act = (place: number) => Promise<Trouble[]>

interface PlayedDay {
  /** In the order of the topics; undefined where the round is void. */
  readonly rounds: readonly (PlayedRound | undefined)[]
  readonly troubles: readonly Trouble[]
}

/** Plays one day of all topics: every hour at which something can be done, every node looks what that is. */
export async function playRound(options: {
  stage: Stage
  calendar: Calendar
  round: number
}): Promise<PlayedDay> {
  const { stage, calendar, round } = options
  const { observer, topics, consumer } = stage
  const opening = calendar.start + BigInt(round * DAY)
  const troubles: Trouble[] = []
  stage.turnPage()

  const moveTo = (hour: number) => stage.chain.moveTo(opening + BigInt(hour))
  /** No topic knows of another: while one waits for the chain, the next one goes on. */
  async function at(hour: number, ...acting: Act[]): Promise<void> {
    await moveTo(hour)
    const told = await Promise.all(
      topics.map(async (_, place) => {
        const own: Trouble[] = []
        for (const act of acting) own.push(...(await act(place)))
        return own
      }),
    )
    troubles.push(...told.flat())
  }
  const workers: Act = (place) => tickWorkers(stage, place)
  const reputers: Act = (place) => tickReputers(stage, place, round)

  await at(hours.commit, workers, reputers)
  await at(hours.reveal, workers, reputers)
  const states = await Promise.all(topics.map(({ id }) => getTopic(observer, { topic: id })))
  await at(hours.publish, reputers)
  await moveTo(hours.read)
  await consumer?.look(round)
  await at(hours.report, reputers)
  await at(hours.openReports, reputers)
  await at(hours.settle, reputers, reputers)

  const date = calendar.dateOf(round)
  const rounds = await Promise.all(
    topics.map((topic, i) =>
      readRound({ client: observer, topic, state: states[i]!, round, date }),
    ),
  )
  return { rounds, troubles }
}

/** One by one: a reputer's list keeps the order in which predictions came. */
async function tickWorkers({ topics }: Stage, place: number): Promise<Trouble[]> {
  const { question, workers } = topics[place]!
  const troubles: Trouble[] = []
  for (const { name, node } of workers) {
    for (const step of await node.tick()) {
      if (step.status === 'handed' || step.status === 'opened') continue
      const why = 'reason' in step ? `: ${step.reason}` : ''
      troubles.push({ who: `${name} in ${question.name}`, what: step.status + why })
    }
  }
  return troubles
}

/** Who goes first changes by the day, so that the tips are shared. */
async function tickReputers({ reputers }: Stage, place: number, round: number): Promise<Trouble[]> {
  const first = round % reputers.length
  const order = [...reputers.slice(first), ...reputers.slice(0, first)]
  const troubles: Trouble[] = []
  for (const { name, nodes } of order) {
    for (const step of await nodes[place]!.tick()) {
      if (step.status === 'failed') troubles.push({ who: name, what: step.reason })
    }
  }
  return troubles
}
