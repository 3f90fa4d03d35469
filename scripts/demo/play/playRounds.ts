import type { Calendar } from '../world/openCalendar.ts'
import type { PlayedRound } from './playedRound.ts'
import { playRound } from './playRound.ts'
import type { Progress } from '../command/showProgress.ts'
import type { Stage } from '../world/stage.ts'

/** Plays all rounds, or those before the signal. Gives what was played of each topic. */
export async function playRounds(options: {
  stage: Stage
  calendar: Calendar
  progress: Progress
  signal: AbortSignal
}): Promise<PlayedRound[][]> {
  const { stage, calendar, progress, signal } = options
  const played: PlayedRound[][] = stage.topics.map(() => [])

  for (let round = 0; round < calendar.rounds && !signal.aborted; round++) {
    const { rounds, troubles } = await playRound({ stage, calendar, round })
    const date = calendar.dateOf(round)

    for (const [i, each] of rounds.entries()) if (each) played[i]!.push(each)
    for (const { who, what } of troubles) progress.warn(`${date}: ${who}: ${what}`)
    progress.tell({ round, date, rounds })
  }

  progress.end()
  return played
}
