import { getTopic } from '@auspex/sdk'
import type { Calendar } from '../world/openCalendar.ts'
import type { PlayedRound } from './playedRound.ts'
import { readRound } from './readRound.ts'
import { DAY, hours } from '../world/schedule.ts'
import type { Stage } from '../world/stage.ts'

/** What a round did not get done. */
export interface Trouble {
  readonly who: string
  readonly what: string
}

export interface PlayedDay {
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
  const { chain, observer, topics, consumer } = stage
  const opening = calendar.start + BigInt(round * DAY)
  const troubles: Trouble[] = []
  stage.turnPage()

  async function at(hour: number, ...acting: (() => Promise<void>)[]): Promise<void> {
    await chain.moveTo(opening + BigInt(hour))
    for (const act of acting) await act()
  }
  const workers = () => tickWorkers(stage, troubles)
  const reputers = () => tickReputers(stage, troubles, round)

  await at(hours.commit, workers, reputers)
  await at(hours.reveal, workers, reputers)
  const states = await Promise.all(topics.map(({ id }) => getTopic(observer, { topic: id })))
  await at(hours.publish, reputers)
  await at(hours.read, async () => consumer?.look(round))
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

async function tickWorkers({ topics }: Stage, troubles: Trouble[]): Promise<void> {
  for (const { question, workers } of topics) {
    for (const { name, node } of workers) {
      for (const step of await node.tick()) {
        if (step.status === 'handed' || step.status === 'opened') continue
        const why = 'reason' in step ? `: ${step.reason}` : ''
        troubles.push({ who: `${name} in ${question.name}`, what: step.status + why })
      }
    }
  }
}

/** Who goes first changes by the day, so that the tips are shared. */
async function tickReputers(stage: Stage, troubles: Trouble[], round: number): Promise<void> {
  const first = round % stage.reputers.length
  const order = [...stage.reputers.slice(first), ...stage.reputers.slice(0, first)]
  for (const { name, nodes } of order) {
    for (const node of nodes) {
      for (const step of await node.tick()) {
        if (step.status === 'failed') troubles.push({ who: name, what: step.reason })
      }
    }
  }
}
