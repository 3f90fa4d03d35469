import { at } from '../../lib/checks.ts'
import { formatTable } from '@auspex/workers'
import { reputerCost } from '../measure/costs.ts'
import type { TopicsResult } from '../measure/measureTopics.ts'
import { format } from './format.ts'

/** Topics that live at once: what one round of one of them takes the reputer, and what the reputer weighs. */
export function topicsTable({ sizes }: Pick<TopicsResult, 'sizes'>): string {
  return formatTable({
    header: [
      ...['topics', 'gas / topic', 'ms / topic', 'calls / topic', 'transactions'],
      ...['calls, all committed', 'calls, all published', 'heap', 'resident'],
    ],
    rows: sizes.map(({ topics, rounds, weights }) => {
      const last = at(rounds, rounds.length - 1)
      const { gas, ms, calls, transactions } = reputerCost(last)
      const { heap, resident } = at(weights, weights.length - 1)
      return [
        format.whole(topics),
        format.whole(gas / topics),
        format.tenths(ms / topics),
        format.tenths(calls / topics),
        format.whole(transactions),
        format.whole(last.idle.commit.calls),
        format.whole(last.idle.live.calls),
        format.mib(heap),
        format.mib(resident),
      ]
    }),
  })
}
