import { formatTable } from '@auspex/workers'
import type { CatchUp } from '../measure/measureCatchUp.ts'
import { format } from './format.ts'

/** An hour without the reputer, and what it took to have nothing overdue. */
export function catchUpTable({ catchUp }: { catchUp: CatchUp }): string {
  const { start, work } = catchUp
  return formatTable({
    header: ['an hour away', 'figure'],
    rows: [
      ['workers of a topic in the round before', format.whole(catchUp.seats)],
      ['blocks missed', format.whole(catchUp.missedBlocks)],
      ['rounds overdue when it came back', format.whole(catchUp.overdue)],
      ['start of the process', format.seconds(start.ms)],
      ['until nothing was overdue', format.seconds(work.ms)],
      ['looks, the last of them idle', format.whole(catchUp.ticks)],
      ['calls to the chain', format.whole(start.calls + work.calls)],
      ['transactions', format.whole(work.transactions)],
      ['rounds overdue then', format.whole(catchUp.overdueAfter)],
      ['settled at once', format.whole(catchUp.settled)],
      ['published at once', format.whole(catchUp.published)],
      ['those settled at their target', format.whole(catchUp.settledLater)],
      ['rounds nobody revealed, nothing at stake', format.whole(catchUp.empty)],
    ],
  })
}
