import type { Bar } from './history.ts'
import { readRows } from './csvRows.ts'
import type { Row } from './csvRows.ts'
import { parseNumber } from './parseNumber.ts'
import { parseTime } from './parseTime.ts'
import type { TimeFormat } from './parseTime.ts'

export type ParsedBars =
  | { status: 'parsed'; bars: Bar[] }
  | { status: 'invalid'; file: string; line: number; reason: string }

const columns = { required: ['date', 'close'], optional: ['open', 'high', 'low', 'volume'] }

/** What is wrong with a cell; never leaves this file. */
class BadCell extends Error {}

/**
 * Reads bars from CSV text with the columns date and close, and if present open, high, low, volume.
 * The first bad row is refused by file and line. Where `isGrowing`, a last line without a newline is not there yet.
 */
export function parseBars(
  options: { file: string; text: string; isGrowing?: boolean } & TimeFormat,
): ParsedBars {
  const { file, text, isGrowing = false, ...format } = options
  const read = readRows({ text, columns, isGrowing })
  if (read.status === 'refused') {
    return { status: 'invalid', file, line: read.line, reason: read.reason }
  }

  return barsIn({ file, rows: read.rows, ...format })
}

/** Bars out of rows of text, wherever they come from; `file` and a row's line say where a bad one stands. */
export function barsIn(options: { file: string; rows: readonly Row[] } & TimeFormat): ParsedBars {
  const { file, rows, ...format } = options
  const bars: Bar[] = []
  for (const row of rows) {
    try {
      bars.push(barOf(row, { before: bars.at(-1), format }))
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      return { status: 'invalid', file, line: row.line, reason: error.message }
    }
  }
  if (bars.length === 0) return { status: 'invalid', file, line: 1, reason: 'no rows' }
  return { status: 'parsed', bars }
}

function barOf(
  { cells }: Row,
  { before, format }: { before: Bar | undefined; format: TimeFormat },
): Bar {
  const parsed = parseTime(cells.date!, format)
  if (parsed.status === 'refused') throw new BadCell(`date ${parsed.reason}`)

  const { time } = parsed
  const close = priceIn(cells, 'close')!
  const open = priceIn(cells, 'open') ?? close
  const high = priceIn(cells, 'high') ?? Math.max(open, close)
  const low = priceIn(cells, 'low') ?? Math.min(open, close)
  const volume = numberIn(cells, 'volume') ?? 0
  if (volume < 0) throw new BadCell(`volume ${cells.volume} must not be negative`)
  if (high < Math.max(open, close)) {
    throw new BadCell(`high ${cells.high} is below another price of the bar`)
  }
  if (low > Math.min(open, close)) {
    throw new BadCell(`low ${cells.low} is above another price of the bar`)
  }
  if (before !== undefined && before.time >= time) {
    throw new BadCell(`date ${cells.date} is not after the row before: sort the rows, one a time`)
  }
  return { time, open, high, low, close, volume }
}

function priceIn(cells: Row['cells'], column: string): number | undefined {
  const value = numberIn(cells, column)
  if (value === undefined || value > 0) return value
  throw new BadCell(`${column} ${cells[column]} must be above zero`)
}

function numberIn(cells: Row['cells'], column: string): number | undefined {
  const text = cells[column]
  if (text === undefined) return undefined
  const parsed = parseNumber(text)
  if (parsed.status === 'parsed') return parsed.value
  throw new BadCell(`${column} ${parsed.reason}`)
}
