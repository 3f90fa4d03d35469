import type { Options } from 'csv-parse'
import { parse } from 'csv-parse/sync'

/* What every table of this project has in common, read whole or as a stream: a header, commas, one record a row. */

/** Options of csv-parse. Headers and counts of fields are checked here, so that each fault is named with its line. */
export const csvOptions = {
  bom: true,
  info: true,
  skip_empty_lines: true,
  relax_column_count: true,
  trim: true,
  record_delimiter: ['\r\n', '\n'],
} satisfies Options

/** Which columns a table must and may have; others are passed over. */
export type Columns = { required: readonly string[]; optional?: readonly string[] }

export type Row = { line: number; cells: { [column: string]: string } }
export type Refused = { status: 'refused'; line: number; reason: string }

/** Why a header cannot be used; undefined where it can. */
export function faultOfHeader(header: readonly string[], columns: Columns): string | undefined {
  const { required, optional = [] } = columns
  const missing = required.filter((name) => !header.includes(name))
  if (missing.length > 0) {
    const hint = header.length === 1 ? '; fields are separated by commas' : ''
    return `no column ${missing.join(', ')}${hint}`
  }

  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i)
  if (twice !== undefined) return `column ${JSON.stringify(twice)} is there twice: remove one`

  const known = [...required, ...optional]
  const lookalike = header.find(
    (name) =>
      !known.includes(name) && known.includes(plainOf(name)) && !header.includes(plainOf(name)),
  )
  if (lookalike === undefined) return undefined
  return `column ${JSON.stringify(lookalike)} is not known: write ${plainOf(lookalike)}`
}

/** Why the fields of a row do not fit the header; undefined where they do. */
export function faultOfRow(
  header: readonly string[],
  fields: readonly string[],
): string | undefined {
  if (fields.length === header.length) return undefined
  const count = `${fields.length} field${fields.length === 1 ? '' : 's'}`
  return `${count} for ${header.length} columns: no number may hold a comma`
}

/** A row by the names of its columns. */
export function cellsOf(header: readonly string[], fields: readonly string[]): Row['cells'] {
  return Object.fromEntries(header.map((name, i) => [name, fields[i]!]))
}

/**
 * Reads a table out of text. Of a file that grows, a last line without its newline is not there yet.
 * The first fault refuses all of it.
 */
export function readRows(options: {
  text: string
  columns: Columns
  isGrowing: boolean
}): { status: 'read'; rows: Row[] } | Refused {
  const { columns, isGrowing } = options
  const text = isGrowing ? wholeLines(options.text) : options.text
  const rows: Row[] = []
  let header: string[] | undefined
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, csvOptions) as never
  } catch (error) {
    const { message, lines = 1 } = error as Error & { lines?: number }
    return { status: 'refused', line: lines, reason: message }
  }
  for (const { record, info } of records) {
    const { lines: line } = info
    if (header === undefined) {
      const fault = faultOfHeader(record, columns)
      if (fault) return { status: 'refused', line, reason: fault }
      header = record
      continue
    }
    const fault = faultOfRow(header, record)
    if (fault) return { status: 'refused', line, reason: fault }
    rows.push({ line, cells: cellsOf(header, record) })
  }
  if (header === undefined) return { status: 'refused', line: 1, reason: 'the file is empty' }
  return { status: 'read', rows }
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1)
}

/** The plain form that a name was probably meant to have. */
function plainOf(name: string): string {
  return name.trim().toLowerCase()
}
