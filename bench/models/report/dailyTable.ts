import { formatTable } from '../../lib/formatTable.ts'
import { differenceText } from './differenceText.ts'
import { ratioText } from './ratioText.ts'
import type { Report } from './Report.ts'
import { timeText } from './timeText.ts'

/** Every forecaster as a worker runs it. */
export function dailyTable({ rows, ratios }: Report): string {
  return formatTable({
    header: ['forecaster', 'backend', 'fit', 'step', 'predict', 'fit x wasm', 'off cpu', 'tensors'],
    rows: rows
      .filter(({ batch }) => batch === null)
      .map((row) => [
        row.forecaster,
        row.backend ?? '-',
        timeText(row.fitMs, row.spread.fitMs),
        timeText(row.stepMs, row.spread.stepMs),
        timeText(row.predictMs, row.spread.predictMs),
        ratioText({ ratios, row, of: 'fit' }),
        differenceText(row),
        row.tensorGrowth === null ? '-' : `${row.tensorGrowth}`,
      ]),
  })
}
