import type { Topic } from '../../../bench/accuracy/panel/Panel.ts'

/** Topics as the lines of a panel's file. */
export function linesOf({ topics }: { topics: readonly Topic[] }): string[] {
  const rows = topics.flatMap(({ name, rounds }) =>
    rounds.flatMap(({ number, truth, lag, entries }) =>
      entries.map(({ worker, prediction }) =>
        [name, number, worker, prediction, truth, lag].join(','),
      ),
    ),
  )
  return ['topic,round,worker,prediction,truth,lag', ...rows]
}
