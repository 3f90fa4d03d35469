import { expect } from 'chai'
import { createHistory } from '../../../workers/src/sources/history.ts'
import { largeMove, rangeVolatility } from '../../../workers/src/sources/series.ts'
import { parseBars } from '../../../workers/src/sources/parseBars.ts'
import { readSampleSource } from '../../../workers/src/sources/openSource.ts'
import { barsOf } from './bars.ts'
import { expectNear } from '../../helpers/expectNear.ts'

describe('CSV source', () => {
  function refusal(...lines: string[]) {
    const parsed = parseBars({ file: 'prices.csv', text: lines.join('\n') })
    return parsed.status === 'invalid' ? `${parsed.file}:${parsed.line}: ${parsed.reason}` : 'none'
  }

  it('reads days with nothing but a close', () => {
    const parsed = parseBars({ file: 'a.csv', text: 'date,close\n2020-01-02,5\n2020-01-03,4\n' })
    expect(parsed).to.deep.equal({
      status: 'parsed',
      bars: [
        { time: 1_578_009_599, open: 5, high: 5, low: 5, close: 5, volume: 0 },
        { time: 1_578_095_999, open: 4, high: 4, low: 4, close: 4, volume: 0 },
      ],
    })
  })

  it('dates a day at its end and an instant at itself', () => {
    const text = 'date,close\n2020-01-02,5\n2020-01-03T10:00:00Z,4\n'
    const parsed = parseBars({ file: 'a.csv', text })
    const times = parsed.status === 'parsed' ? parsed.bars.map((bar) => bar.time) : []
    expect(times.map((time) => new Date(time * 1000).toISOString())).to.deep.equal([
      '2020-01-02T23:59:59.000Z',
      '2020-01-03T10:00:00.000Z',
    ])
  })

  it('names the file, the line and the fault of a bad row', () => {
    const good = '2020-01-02,5'
    expect(refusal('date,close', good, '2020-01-03,five')).to.equal(
      'prices.csv:3: close "five" is not a usable number: write a decimal number, such as -12.5 or 3e-4',
    )
    expect(refusal('date,close', good, '2020-01-03,0')).to.equal(
      'prices.csv:3: close 0 must be above zero',
    )
    expect(refusal('date,close', 'soon,5')).to.match(
      /^prices\.csv:2: date "soon" is not a usable date/,
    )
    expect(refusal('date,close', good, good)).to.equal(
      'prices.csv:3: date 2020-01-02 is not after the row before: sort the rows, one a time',
    )
    expect(refusal('date,close,high', '2020-01-02,5,4')).to.equal(
      'prices.csv:2: high 4 is below another price of the bar',
    )
    expect(refusal('date,close,low', '2020-01-02,5,6')).to.equal(
      'prices.csv:2: low 6 is above another price of the bar',
    )
    expect(refusal('date,close', good, '', '2020-01-03,4,9')).to.match(/^prices\.csv:4: /)
    expect(refusal('date,close')).to.equal('prices.csv:1: no rows')
    expect(refusal('day,close', '1,2')).to.equal('prices.csv:1: no column date')
  })
})

describe('Sample source', () => {
  it('holds the S&P 500 by day from 2000 to 2020', async () => {
    const source = await readSampleSource()
    const history = await source.read({ now: Infinity })
    expect(source.times).to.have.length(5105)
    expect(history.length).to.equal(5105)
    expect(history.at(0)).to.include({ open: 1469.25, close: 1455.219971, volume: 931_800_000 })
    expect(history.at(5104)).to.include({ high: 2879.219971, low: 2830.879883 })
  })

  it('shows on a day what was known on that day', async () => {
    const source = await readSampleSource()
    const history = await source.read({ now: Date.parse('2008-09-15T23:59:59Z') / 1000 })
    expect(history.at(history.length - 1).close).to.equal(1192.699951)
    expect(() => history.at(history.length)).to.throw('2008-09-16')
  })
})

describe('Questions', () => {
  it('take the range volatility by Parkinson', () => {
    const [bar] = barsOf([100])
    const bars = [{ ...bar!, high: 102, low: 99 }]
    const expected = Math.sqrt((252 * Math.log(102 / 99) ** 2) / (4 * Math.log(2))) * 100
    expectNear(rangeVolatility(createHistory({ bars, now: Infinity }), 0), expected, 1e-9)
  })

  it('call a move large when it is above 1 % either way', () => {
    const history = createHistory({ bars: barsOf([100, 101, 100.5, 101.6, 100]), now: Infinity })
    expect([0, 1, 2, 3, 4].map((i) => largeMove(history, i))).to.deep.equal([0, 0, 0, 1, 1])
  })
})
