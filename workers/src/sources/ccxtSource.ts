import { OperatorError } from '../runtime/operatorError.ts'
import type { DataSource } from './dataSource.ts'
import { createHistory } from './history.ts'
import type { Bar } from './history.ts'
import { barsIn } from './parseBars.ts'

export type CcxtSource = {
  kind: 'ccxt'
  /** Its name in ccxt, such as kraken. */
  exchange: string
  /** Such as BTC/USD. */
  symbol: string
  /** Length of a bar as the exchange has it, such as 1h or 1d. */
  timeframe: string
  /** First bar, unix seconds. */
  from: number
  /** Seconds for which bars are kept. */
  every: number
  maxAge?: number | undefined
}

/** As much of an exchange of ccxt as is used here. */
export interface Exchange {
  fetchOHLCV(
    symbol: string,
    timeframe: string,
    since: number,
    limit: number,
  ): Promise<readonly (readonly (number | undefined)[])[]>
  /** Seconds. */
  parseTimeframe(timeframe: string): number
}

const AT_ONCE = 500
const MOST_BARS = 200_000

/** Bars of an exchange, dated at their end; one that is not over when it is fetched is left out. */
export async function ccxtSource(config: CcxtSource): Promise<DataSource> {
  return barsOfExchange(await openExchange(config), config)
}

export function barsOfExchange(exchange: Exchange, config: CcxtSource): DataSource {
  const { symbol, timeframe, from, every } = config
  const name = `${config.exchange} ${symbol}`
  const length = exchange.parseTimeframe(timeframe)
  const bars: Bar[] = []
  let at = -Infinity

  async function refresh(): Promise<void> {
    const asked = Date.now() / 1000
    for (;;) {
      const since = bars.length === 0 ? from : bars.at(-1)!.time
      const got = await exchange.fetchOHLCV(symbol, timeframe, since * 1000, AT_ONCE)
      const fresh = parsed(got).filter(({ time }) => time > since && time <= asked)
      bars.push(...fresh)
      if (bars.length > MOST_BARS) throw new Error(`${name} has too many bars. Begin later`)
      if (fresh.length === 0 || since + length > asked) break
    }
    at = asked
  }

  function parsed(got: readonly (readonly (number | undefined)[])[]): Bar[] {
    const rows = got.map(([date, open, high, low, close, volume], i) => ({
      line: i + 1,
      cells: Object.fromEntries(
        Object.entries({ date, open, high, low, close, volume: volume ?? 0 }).map(
          ([column, value]) => [column, String(value)],
        ),
      ),
    }))
    if (rows.length === 0) return []
    const read = barsIn({ file: name, rows, time: 'milliseconds' })
    if (read.status === 'invalid') throw new Error(`${name}, row ${read.line}: ${read.reason}`)
    return read.bars.map((bar) => ({ ...bar, time: bar.time + length }))
  }

  return {
    name,
    async read({ now, published }) {
      if (Date.now() / 1000 - at >= every) await refresh()
      return createHistory({ bars, now, published })
    },
  }
}

async function openExchange({ exchange }: CcxtSource): Promise<Exchange> {
  // Named by a variable: it is an optional peer that no build has to know.
  const name = 'ccxt'
  const library = await import(name).catch((error: NodeJS.ErrnoException) => {
    const isMissing = error.code === 'ERR_MODULE_NOT_FOUND'
    const why = isMissing ? 'is not installed' : `does not load: ${error.message.split('\n')[0]}`
    throw new OperatorError(
      'requirement',
      `A source of kind ccxt needs ccxt, which ${why}. Run: npm install ccxt --ignore-scripts`,
    )
  })
  const all = (library.default ?? library) as Record<string, new (options: object) => Exchange>
  const Own = Object.hasOwn(all, exchange) ? all[exchange] : undefined
  if (typeof Own === 'function') return new Own({ enableRateLimit: true })
  throw new OperatorError('usage', `ccxt knows no exchange ${exchange}. Check source.exchange.`)
}
