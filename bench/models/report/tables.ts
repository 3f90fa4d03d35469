import { formatTable } from '@auspex/workers'
import type { Ratio } from '../compare/ratiosOf.ts'
import type { Row } from '../compare/rowsOf.ts'
import type { Report } from './toReport.ts'

/** Who computes, or why not. */
export function backendTable({ backends }: Report): string {
  const width = Math.max(...backends.map(({ name }) => name.length))

  return backends
    .map(({ name, device, isGpu, reason }) => {
      const what = device === null ? `missing: ${reason}` : isGpu ? `GPU: ${device}` : device
      return `${name.padEnd(width)}  ${what}`
    })
    .join('\n')
}

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

/** A time, with its spread if there is one, in milliseconds or microseconds. */
function timeText(median: number | null, spread: number | null = null): string {
  if (median === null) return '-'
  const [unit, size] = median < 0.1 ? ['µs', 1e-3] : ['ms', 1]
  const time = digits(median / size)
  return spread === null ? `${time} ${unit}` : `${time} ± ${digits(spread / size)} ${unit}`
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value.toFixed(value >= 10 ? 1 : 2)
}

function differenceText({ differenceFromCpu, agrees }: Row): string {
  if (agrees === null) return '-'
  const difference = differenceFromCpu === null ? 'no number' : differenceFromCpu.toExponential(1)
  return agrees ? difference : `${difference} !`
}

function ratioText({
  ratios,
  row,
  of,
}: {
  ratios: readonly Ratio[]
  row: Row
  of: 'fit' | 'step' | 'predict'
}): string {
  const ratio = ratios.find(
    ({ forecaster, backend, batch }) =>
      forecaster === row.forecaster && backend === row.backend && batch === row.batch,
  )
  return ratio?.[of]?.toPrecision(2) ?? '-'
}
