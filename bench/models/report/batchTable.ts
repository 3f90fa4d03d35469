import { formatTable } from '../../lib/formatTable.ts'
import { differenceText } from './differenceText.ts'
import { ratioText } from './ratioText.ts'
import type { Report } from './Report.ts'
import { timeText } from './timeText.ts'

/** Every network on every backend, by rows of a step. */
export function batchTable({ rows, ratios }: Report): string {
  return formatTable({
    header: [
      'network',
      'backend',
      'batch',
      'step',
      'predict',
      'a prediction',
      'step x wasm',
      'predict x wasm',
      'off cpu',
      'tensors',
    ],
    rows: rows
      .filter(({ batch }) => batch !== null)
      .map((row) => [
        row.forecaster,
        row.backend ?? '-',
        `${row.batch}`,
        timeText(row.stepMs, row.spread.stepMs),
        timeText(row.predictMs, row.spread.predictMs),
        timeText(row.perPrediction),
        ratioText({ ratios, row, of: 'step' }),
        ratioText({ ratios, row, of: 'predict' }),
        differenceText(row),
        row.tensorGrowth === null ? '-' : `${row.tensorGrowth}`,
      ]),
  })
}
