import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Bar } from './bar.ts'

export type ParsedBars =
  | { status: 'parsed'; bars: Bar[] }
  | { status: 'invalid'; file: string; line: number; reason: string }

const price = z.coerce.number('must be a number').positive('must be above zero')

const row = z
  .object({
    date: z.string().transform(closingTime),
    close: price,
    open: price.optional(),
    high: price.optional(),
    low: price.optional(),
    volume: z.coerce.number('must be a number').nonnegative('must not be negative').default(0),
  })
  .transform(({ date, close, open, high, low, volume }) => ({
    time: date,
    open: open ?? close,
    high: high ?? Math.max(open ?? close, close),
    low: low ?? Math.min(open ?? close, close),
    close,
    volume,
  }))
  .refine(({ high, open, close }) => high >= Math.max(open, close), {
    message: 'high is below another price of the bar',
  })
  .refine(({ low, open, close }) => low <= Math.min(open, close), {
    message: 'low is above another price of the bar',
  })

/**
 * Reads bars from CSV text with the columns date and close, and if present open, high, low, volume.
 * The first bad row is refused by file and line.
 */
export function parseBars({ file, text }: { file: string; text: string }): ParsedBars {
  const rows = readRows({ file, text })
  if ('status' in rows) return rows

  const bars: Bar[] = []
  for (const { record, line } of rows) {
    const parsed = row.safeParse(record)
    if (!parsed.success) return { status: 'invalid', file, line, reason: explain(parsed.error) }

    const before = bars.at(-1)
    if (before !== undefined && before.time >= parsed.data.time) {
      return { status: 'invalid', file, line, reason: 'date is not after the row before' }
    }
    bars.push(parsed.data)
  }

  if (bars.length === 0) return { status: 'invalid', file, line: 1, reason: 'no rows' }
  return { status: 'parsed', bars }
}

interface Row {
  record: Record<string, string>
  line: number
}

function readRows({ file, text }: { file: string; text: string }): Row[] | ParsedBars {
  const rows: Row[] = []
  try {
    parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      trim: true,
      cast: (value) => (value === '' ? undefined : value),
      on_record: (record: Record<string, string>, { lines }) => {
        rows.push({ record, line: lines })
        return null
      },
    })
  } catch (error) {
    const { message, lines = 1 } = error as Error & { lines?: number }
    return { status: 'invalid', file, line: lines, reason: message }
  }
  return rows
}

/** A day without an hour is known when it is over, so a bar never shows before its last trade. */
function closingTime(text: string, context: z.RefinementCtx): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = Date.parse(isDay ? `${text}T23:59:59Z` : text) / 1000
  if (Number.isNaN(time)) context.addIssue(`${JSON.stringify(text)} is not a date`)
  return time
}

function explain({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [...path, message].join(' ')).join('; ')
}
