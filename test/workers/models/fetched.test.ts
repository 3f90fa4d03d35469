/* Rows that are fetched: over HTTP from a real server, out of a feed on a real chain, from an exchange's double. */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { encodeFunctionData, parseAbi } from 'viem'
import { deployContract } from '../../../devnet/deployNetwork.ts'
import { keyOf, startChain } from '../../../devnet/startChain.ts'
import type { Chain } from '../../../devnet/startChain.ts'
import { barsOfExchange, ccxtSource } from '../../../workers/src/sources/ccxtSource.ts'
import { barsOf, feedSource } from '../../../workers/src/sources/feedSource.ts'
import type { History } from '../../../workers/src/sources/history.ts'
import { httpSource } from '../../../workers/src/sources/httpSource.ts'
import type { HttpSource } from '../../../workers/src/sources/httpSource.ts'

const HOUR = 3600
const FIRST = 1_700_002_800

function rowsOf({ length, at }: History): [number, number][] {
  return Array.from({ length }, (_, i) => [at(i).time, at(i).close])
}

async function faultOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'none',
    (error: Error) => error.message,
  )
}

describe('rows over HTTP', () => {
  let server: Server
  let url: string
  let answer: (path: URL) => unknown
  const asked: string[] = []

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!)
      const body = answer(new URL(request.url!, 'http://here'))
      response.writeHead(body === undefined ? 500 : 200).end(JSON.stringify(body ?? 'down'))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/candles`
  })
  beforeEach(() => (asked.length = 0))
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  function open(changes: Partial<HttpSource> = {}) {
    return httpSource({
      ...{ kind: 'http', url, rows: 'data.candles', columns: { date: 0, close: 4 }, length: HOUR },
      ...{ time: 'milliseconds', every: 60, timeoutMs: 2000 },
      ...changes,
    } as HttpSource)
  }
  const candle = (i: number) => [(FIRST + i * HOUR) * 1000, '1', '9', '1', `${100 + i}`, 5]
  const list = (...rows: unknown[]) => ({ data: { candles: rows } })

  it('are dated at their end, and none is seen before', async () => {
    answer = () => list(candle(0), candle(1), candle(2))
    const source = open()
    const seen = await source.read({ now: FIRST + 2 * HOUR })
    expect(rowsOf(seen)).to.deep.equal([
      [FIRST + HOUR, 100],
      [FIRST + 2 * HOUR, 101],
    ])
    expect(() => seen.at(2)).to.throw('was read when it was only')
    await source.read({ now: Infinity })
    expect(asked).to.have.length(1)
  })

  it('leave out a bar that may still grow', async () => {
    const hour = Math.floor(Date.now() / 1000 / HOUR) * HOUR
    const now = [(hour - HOUR) * 1000, 1, 1, 1, 7]
    answer = () => list(now, [hour * 1000, 1, 1, 1, 8])
    expect(rowsOf(await open().read({ now: Infinity }))).to.deep.equal([[hour, 7]])
  })

  it('come in pages by number, by cursor, and the youngest first', async () => {
    answer = ({ searchParams }) =>
      list(...(searchParams.get('page') === '1' ? [candle(0), candle(1)] : []))
    const counted = open({ page: { parameter: 'page', first: 1, most: 5 } })
    expect((await counted.read({ now: Infinity })).length).to.equal(2)
    expect(asked).to.deep.equal(['/candles?page=1', '/candles?page=2'])

    answer = ({ searchParams }) => {
      const cursor = searchParams.get('after')
      return cursor === null
        ? { ...list(candle(3), candle(2)), next: 'b' }
        : list(candle(1), candle(0))
    }
    const turned = open({ page: { parameter: 'after', first: 1, next: 'next', most: 5 } })
    const rows = rowsOf(await turned.read({ now: Infinity }))
    expect(rows.map(([, close]) => close)).to.deep.equal([100, 101, 102, 103])

    answer = () => list(candle(0))
    const endless = open({ page: { parameter: 'page', first: 1, most: 3 } })
    expect(await faultOf(endless.read({ now: Infinity }))).to.match(/more than 3 pages/)
  })

  it('are refused as a file’s are, and a server that fails is never an empty answer', async () => {
    const refusals: [unknown, RegExp][] = [
      [list(candle(0), [...candle(1).slice(0, 4), 'n/a']), /row 2: close "n\/a" is not a usable/],
      [list(candle(0), candle(0)), /row 2: date \d+ is not after the row before/],
      [list([FIRST * 1000, 1, 1, 1]), /row 1: close is not at 4. Check source.columns/],
      [{ rows: [] }, /no list at data.candles. Check source.rows/],
      [list(), /no rows/],
      [undefined, /answered 500/],
    ]
    for (const [body, words] of refusals) {
      answer = () => body
      expect(await faultOf(open().read({ now: Infinity }))).to.match(words)
    }
  })
})

describe('rows out of a feed', function () {
  this.timeout(300_000)

  let chain: Chain
  before(async () => {
    chain = await startChain({ start: BigInt(FIRST) })
  })
  after(() => chain.close())

  it('are bars of its rounds, and a later look begins with the same one', async () => {
    const member = chain.join(keyOf('feed'))
    const create = async (data: `0x${string}`) => (await member.send({ data })).contractAddress!
    const feed = await deployContract({
      name: 'MockAggregator',
      create,
      args: [8, 'a price'],
    })
    const abi = parseAbi(['function pushMany(int192[] answers, uint64[] updatedAts)'])
    const push = async (answers: bigint[], times: number[]) => {
      const args = [answers.map((each) => each * 10n ** 8n), times.map(BigInt)] as const
      await member.send({
        to: feed,
        data: encodeFunctionData({ abi, functionName: 'pushMany', args }),
      })
    }
    const config = { kind: 'feed', urls: [], feed, bar: HOUR, from: FIRST } as const
    await push([90n, 100n, 104n, 102n], [FIRST - 5, FIRST + 10, FIRST + 20, FIRST + 30])
    await chain.moveTo(BigInt(FIRST + 3 * HOUR + 5))

    const source = feedSource(config, chain.public)
    const seen = await source.read({ now: FIRST + 3 * HOUR })
    expect(rowsOf(seen)).to.deep.equal([
      [FIRST + HOUR, 102],
      [FIRST + 2 * HOUR, 102],
      [FIRST + 3 * HOUR, 102],
    ])
    const { open, high, low, volume } = seen.at(0)
    expect({ open, high, low, volume }).to.deep.equal({ open: 100, high: 104, low: 100, volume: 3 })

    await push([111n], [FIRST + 3 * HOUR + 4])
    await chain.moveTo(BigInt(FIRST + 4 * HOUR))
    const later = rowsOf(await source.read({ now: FIRST + 4 * HOUR }))
    expect(later.slice(0, 3)).to.deep.equal(rowsOf(seen))
    expect(later[3]).to.deep.equal([FIRST + 4 * HOUR, 111])
    const early = rowsOf(await feedSource(config, chain.public).read({ now: FIRST + 3 * HOUR }))
    expect(early).to.deep.equal(rowsOf(seen))

    const ahead = source.read({ now: FIRST + 5 * HOUR + 1 })
    expect(await faultOf(ahead)).to.match(/the bar that ended at .* may grow/)
  })

  it('refuse an answer that is no price', () => {
    const updates = [{ value: '-3', at: FIRST }]
    const read = () => barsOf({ updates, bar: HOUR, from: 0, head: FIRST + HOUR, name: 'a feed' })
    expect(read).to.throw(/a feed, answer 1: close -3 must be above zero/)
  })
})

describe('rows of an exchange', () => {
  const config = {
    kind: 'ccxt',
    exchange: 'double',
    symbol: 'BTC/USD',
    timeframe: '1h',
    from: FIRST,
    every: 60,
  } as const

  it('are asked for page by page, and dated at their end', async () => {
    const all = Array.from({ length: 7 }, (_, i) => [(FIRST + i * HOUR) * 1000, 5, 6, 4, 5, 1])
    const since: number[] = []
    const exchange = {
      parseTimeframe: () => HOUR,
      async fetchOHLCV(_: string, __: string, from: number) {
        since.push(from)
        return all.filter(([time]) => time! >= from).slice(0, 3)
      },
    }
    const history = await barsOfExchange(exchange, config).read({ now: FIRST + 3 * HOUR })
    expect(rowsOf(history).map(([time]) => time)).to.deep.equal(
      [1, 2, 3].map((i) => FIRST + i * HOUR),
    )
    expect(since.slice(0, 3)).to.deep.equal([0, 3, 6].map((i) => (FIRST + i * HOUR) * 1000))
  })

  it('say what is missing where ccxt is not installed', async function () {
    const fault = await faultOf(ccxtSource(config))
    expect(fault).to.match(
      /needs ccxt, which is not installed. Run: npm install ccxt|ccxt knows no exchange double/,
    )
  })
})
