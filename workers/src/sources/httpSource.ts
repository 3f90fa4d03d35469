import type { Bar } from './history.ts'
import { createHistory } from './history.ts'
import type { DataSource } from './dataSource.ts'
import type { Row } from './csvRows.ts'
import { barsIn } from './parseBars.ts'
import type { TimeFormat } from './parseTime.ts'

/** What a column of a bar is called, or where it stands, in a row of JSON. */
type Place = string | number

export type HttpSource = TimeFormat & {
  kind: 'http'
  url: string
  /** Path to the list of rows in an answer, names and places with points between them; the answer itself where empty. */
  rows: string
  columns: {
    date: Place
    close: Place
    open?: Place | undefined
    high?: Place | undefined
    low?: Place | undefined
    volume?: Place | undefined
  }
  /** Seconds from a row's date to the moment it is known: the length of a bar that is dated at its beginning. */
  length: number
  /** Seconds for which an answer is kept. */
  every: number
  /**
   * How further pages are asked for: a counter from `first` on until a page is empty, or where `next` is given a cursor out
   * of each answer until there is none. One page where it is left out.
   */
  page?: { parameter: string; first: number; next?: string | undefined; most: number } | undefined
  /** Name of an environment variable with a bearer token. */
  keyEnv?: string | undefined
  timeoutMs: number
  maxAge?: number | undefined
}

/** A longer page than this is none. */
const MOST_BYTES = 20_000_000

/**
 * Rows behind a URL. They go through the same strict reading as a file's; a row counts once it was complete when it was
 * fetched, so that a bar that still grows is never seen.
 */
export function httpSource(config: HttpSource): DataSource {
  const { url, every } = config
  const name = new URL(url).host
  let kept: { bars: readonly Bar[]; at: number } | undefined
  let asking: Promise<readonly Bar[]> | undefined

  async function refresh(): Promise<readonly Bar[]> {
    const at = Date.now() / 1000
    const bars = barsOf(await pagesOf(config), { ...config, name, at })
    kept = { bars, at }
    return bars
  }

  return {
    name,
    async read({ now, published }) {
      const isFresh = kept !== undefined && Date.now() / 1000 - kept.at < every
      if (isFresh) return createHistory({ bars: kept!.bars, now, published })
      asking ??= refresh().finally(() => (asking = undefined))
      return createHistory({ bars: await asking, now, published })
    },
  }
}

function barsOf(
  rows: readonly unknown[],
  options: Pick<HttpSource, 'columns' | 'length' | 'time' | 'zone'> & { name: string; at: number },
): Bar[] {
  const { columns, length, name, at, time, zone } = options
  const cells = rows.map((row, i): Row => ({
    line: i + 1,
    cells: cellsIn(row, columns, `${name}, row ${i + 1}`),
  }))
  const parsed = barsIn({ file: name, rows: inOrder(cells), time, zone })
  if (parsed.status === 'invalid') {
    throw new Error(`${parsed.file}, row ${parsed.line}: ${parsed.reason}`)
  }
  return parsed.bars
    .map((bar) => ({ ...bar, time: bar.time + length }))
    .filter((bar) => bar.time <= at)
}

function cellsIn(row: unknown, columns: HttpSource['columns'], where: string): Row['cells'] {
  const cells: Row['cells'] = {}
  for (const [column, place] of Object.entries(columns)) {
    if (place === undefined) continue
    const value = valueAt(row, String(place))
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new Error(`${where}: ${column} is not at ${place}. Check source.columns`)
    }
    cells[column] = String(value)
  }
  return cells
}

/** Some interfaces list the youngest row first. */
function inOrder(rows: Row[]): Row[] {
  const dates = rows.map(({ cells }) => cells.date!)
  const [first = '', last = ''] = [dates[0], dates.at(-1)]
  const isNumber = /^\d+$/.test(first) && /^\d+$/.test(last)
  const isTurned = isNumber ? Number(first) > Number(last) : first > last
  return isTurned ? rows.reverse() : rows
}

async function pagesOf(config: HttpSource): Promise<unknown[]> {
  const { url, rows: path, page } = config
  if (page === undefined) return rowsIn(await fetchJson(url, config), path)

  const all: unknown[] = []
  let cursor: string | number | undefined = page.next === undefined ? page.first : undefined
  for (let count = 0; ; count++) {
    if (count >= page.most) {
      throw new Error(`${new URL(url).host} has more than ${page.most} pages. Raise page.most`)
    }
    const at = new URL(url)
    if (cursor !== undefined) at.searchParams.set(page.parameter, String(cursor))
    const answer = await fetchJson(at.href, config)
    const rows = rowsIn(answer, path)
    all.push(...rows)
    if (page.next === undefined) {
      if (rows.length === 0) return all
      cursor = Number(cursor) + 1
      continue
    }
    const next = valueAt(answer, page.next)
    if (next === undefined || next === null || next === '' || next === cursor) return all
    cursor = next as string | number
  }
}

function rowsIn(answer: unknown, path: string): unknown[] {
  const rows = valueAt(answer, path)
  if (Array.isArray(rows)) return rows
  throw new Error(`the answer has no list at ${path || 'its top'}. Check source.rows`)
}

function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value
  return path.split('.').reduce<unknown>((at, name) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    return (at as Record<string, unknown>)[name]
  }, value)
}

async function fetchJson(
  url: string,
  { keyEnv, timeoutMs }: Pick<HttpSource, 'keyEnv' | 'timeoutMs'>,
): Promise<unknown> {
  const { host } = new URL(url)
  const key = keyEnv === undefined ? undefined : process.env[keyEnv]
  if (keyEnv !== undefined && !key) {
    throw new Error(`the environment has no ${keyEnv}: set it to the key for ${host}`)
  }
  const response = await fetch(url, {
    ...(key && { headers: { authorization: `Bearer ${key}` } }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    const isLate = error.name === 'TimeoutError'
    throw new Error(`${host} gave no answer${isLate ? ` within ${timeoutMs / 1000} s` : ''}`)
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${host} answered ${response.status}: ${text.slice(0, 120)}`)
  if (text.length > MOST_BYTES) throw new Error(`${host} answered more than ${MOST_BYTES} bytes`)
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${host} answered no JSON but ${JSON.stringify(text.slice(0, 80))}`)
  }
}
