/* What a file of prices may say, and that everything else is refused with its line. */
import { expect } from 'chai'
import fc from 'fast-check'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSource } from '../../../workers/src/sources/openSource.ts'
import { parseBars } from '../../../workers/src/sources/parseBars.ts'
import { isZone, parseTime } from '../../../workers/src/sources/parseTime.ts'
import type { TimeFormat } from '../../../workers/src/sources/parseTime.ts'
import { parseNumber } from '../../../workers/src/sources/parseNumber.ts'

const iso = (text: string, format?: TimeFormat) => {
  const parsed = parseTime(text, format)
  return parsed.status === 'parsed' ? new Date(parsed.time * 1000).toISOString() : parsed.reason
}

describe('a date', () => {
  const meanings: [string, TimeFormat, string][] = [
    ['2026-12-02', {}, '2026-12-02T23:59:59.000Z'],
    ['2026/12/02', {}, '2026-12-02T23:59:59.000Z'],
    ['2024-02-29', {}, '2024-02-29T23:59:59.000Z'],
    ['2026-12-02', { zone: 'America/New_York' }, '2026-12-03T04:59:59.000Z'],
    ['2026-12-02', { zone: '+05:30' }, '2026-12-02T18:29:59.000Z'],
    // A day of 23 hours, one of 25, one that the clocks of Havana end twice.
    ['2026-03-29', { zone: 'Europe/Berlin' }, '2026-03-29T21:59:59.000Z'],
    ['2026-10-25', { zone: 'Europe/Berlin' }, '2026-10-25T22:59:59.000Z'],
    ['2026-10-31', { zone: 'America/Havana' }, '2026-11-01T03:59:59.000Z'],
    ['2026-12-02T16:00:00Z', {}, '2026-12-02T16:00:00.000Z'],
    ['2026-12-02T16:00Z', {}, '2026-12-02T16:00:00.000Z'],
    ['2026-12-02 16:00:00.25+02:00', {}, '2026-12-02T14:00:00.250Z'],
    ['2026-12-02T16:00:00-0530', { zone: 'Europe/Berlin' }, '2026-12-02T21:30:00.000Z'],
    ['2026-12-02 16:00:00', { zone: 'UTC' }, '2026-12-02T16:00:00.000Z'],
    ['2026-07-02 16:00:00', { zone: 'Europe/Berlin' }, '2026-07-02T14:00:00.000Z'],
    ['1796227200', { time: 'seconds' }, '2026-12-02T16:00:00.000Z'],
    ['1796227200500', { time: 'milliseconds' }, '2026-12-02T16:00:00.500Z'],
  ]
  for (const [text, format, means] of meanings) {
    it(`${text} ${JSON.stringify(format)} means ${means}`, () => {
      expect(iso(text, format)).to.equal(means)
    })
  }

  const refusals: [string, TimeFormat, RegExp][] = [
    ['2026-12-02 16:00:00', {}, /names no zone.*source\.zone/],
    ['2026-12-02T16:00:00', {}, /names no zone/],
    ['01/02/2020', {}, /day and month cannot be told apart/],
    ['1.2.2020', {}, /day and month cannot be told apart/],
    ['2026/12-02', {}, /not a usable date/],
    ['2026/12/02 16:00:00Z', {}, /not a usable date/],
    ['2026-02-29', {}, /no such day/],
    ['2026-13-01', {}, /no such day/],
    ['2026-12-02T24:00:00Z', {}, /no such time of day/],
    ['2026-12-02T16:00:60Z', {}, /no such time of day/],
    ['2026-12-02T16:00:00+25:00', {}, /no such offset/],
    ['2026-12-02T16:00:00 CET', {}, /not a usable date/],
    ['2026-03-29 02:30:00', { zone: 'Europe/Berlin' }, /skip it/],
    ['2026-10-25 02:30:00', { zone: 'Europe/Berlin' }, /show it twice/],
    ['1796227200', {}, /source\.time/],
    ['1796227200500', { time: 'seconds' }, /milliseconds/],
    ['1796227200', { time: 'milliseconds' }, /seconds/],
    ['2026-12-02', { time: 'seconds' }, /whole seconds/],
    ['1796227200.5', { time: 'seconds' }, /whole seconds/],
    ['-1796227200', { time: 'seconds' }, /whole seconds/],
    ['0020-01-02', {}, /no such day/],
    ['20261202', {}, /not a usable date/],
    ['Dec 2, 2026', {}, /not a usable date/],
    ['２０２６-12-02', {}, /not a usable date/],
    ['', {}, /not a usable date/],
  ]
  for (const [text, format, why] of refusals) {
    it(`${JSON.stringify(text)} ${JSON.stringify(format)} is refused`, () => {
      expect(iso(text, format)).to.match(why)
    })
  }

  it('has a zone that this machine knows, or an offset', () => {
    for (const zone of ['UTC', 'Europe/Berlin', '+01:00', '-0930'])
      expect(isZone(zone)).to.equal(true)
    for (const zone of ['Mars/Phobos', '+25:00', 'local', '']) expect(isZone(zone)).to.equal(false)
  })
})

describe('a number', () => {
  it('is decimal, and nothing else', () => {
    const good = { '12': 12, '-0.5': -0.5, '1e3': 1000, '3E-4': 3e-4, '007': 7, '0e9': 0 }
    for (const [text, value] of Object.entries(good)) {
      expect(parseNumber(text)).to.deep.equal({ status: 'parsed', value })
    }
    const bad = [
      '',
      'NaN',
      'nan',
      'Infinity',
      '-inf',
      '0x10',
      '0b1',
      '1,000',
      '1_000',
      "1'000",
      '1.5.2',
    ]
    const worse = [
      '1e400',
      '-1e400',
      '1e-400',
      '+5',
      '.5',
      '5.',
      '1e',
      '1 000',
      '１２',
      '12n',
      '−5',
      '1d3',
    ]
    for (const text of [...bad, ...worse]) {
      expect(parseNumber(text), text).to.have.property('status', 'refused')
    }
  })
})

describe('a file of prices', () => {
  const read = (text: string, more: TimeFormat & { isGrowing?: boolean } = {}) => {
    const parsed = parseBars({ file: 'p.csv', text, ...more })
    return parsed.status === 'parsed'
      ? parsed.bars.map(({ close }) => close)
      : `${parsed.file}:${parsed.line}: ${parsed.reason}`
  }

  it('may begin with a mark of byte order, end lines as Windows does, quote, and have empty lines', () => {
    expect(read('\uFEFFdate,close\r\n"2020-01-02","5"\r\n\r\n2020-01-03 , 4\r\n')).to.deep.equal([
      5, 4,
    ])
  })

  it('is refused where its header could be misread', () => {
    expect(read('date,close,close\n2020-01-02,5,6\n')).to.match(
      /p\.csv:1: column "close" is there twice/,
    )
    expect(read('date,close,High\n2020-01-02,5,6\n')).to.match(
      /p\.csv:1: column "High".*write high/,
    )
    expect(read('Date,Close\n2020-01-02,5\n')).to.match(/p\.csv:1: no column date, close/)
    expect(read('date;close\n2020-01-02;5\n')).to.match(/p\.csv:1: no column.*commas/)
    expect(read('')).to.equal('p.csv:1: the file is empty')
  })

  it('is refused where a row has other fields than the header', () => {
    expect(read('date,close\n2020-01-02,5\n2020-01-03,1,000\n')).to.match(
      /p\.csv:3: 3 fields for 2/,
    )
    expect(read('date,close,low\n2020-01-02,5,5\n2020-01-03,1\n')).to.match(
      /p\.csv:3: 2 fields for 3/,
    )
    expect(read('date,close,low\n2020-01-02,5,\n')).to.match(/p\.csv:2: low "" is not a usable/)
  })

  it('is refused where a quote is left open or stands in a field', () => {
    expect(read('date,close\n2020-01-02,"5\n2020-01-03,4\n')).to.match(/p\.csv:\d: .*[Qq]uote/)
    expect(read('date,close\n2020-01-02,5"\n')).to.match(/p\.csv:2: /)
  })

  it('has no last row until its newline is there', () => {
    const torn = 'date,close\n2020-01-02,5\n2020-01-03,12'
    expect(read(torn, { isGrowing: true })).to.deep.equal([5])
    expect(read(`${torn}34.3\n`, { isGrowing: true })).to.deep.equal([5, 1234.3])
    expect(read(torn)).to.deep.equal([5, 12])
  })

  it('is refused where times repeat or go back, days with slashes being days with dashes', () => {
    expect(read('date,close\n2020-01-02,5\n2020/01/02,6\n')).to.match(/p\.csv:3: date .* not after/)
    expect(read('date,close\n2020-01-02,5\n2020-01-02T08:00:00Z,6\n')).to.match(
      /p\.csv:3: .*not after/,
    )
  })

  describe('changed at random', () => {
    const rows = [
      '2020-01-02,100.5,99',
      '2020-01-03,101,98.25',
      '2020-01-06T10:30:00Z,1.5e2,90',
      '2020-01-07,99,97',
    ]
    const text = ['date,close,low', ...rows, ''].join('\n')
    const change = fc.record({
      at: fc.nat(text.length - 1),
      drop: fc.nat(3),
      put: fc.oneof(
        fc.constantFrom('\n', '\r\n', ',', '"', ' ', '-', '/', '.', 'e', 'T', 'Z', '+', '\t', 'x'),
        fc.constantFrom('0', '1', '9', 'NaN', '0x', ',,', '\uFEFF', '2020-01-02', '\u202E', '#'),
        fc.string({ maxLength: 2 }),
      ),
    })

    it('says what its cells say, or is refused with a line that it has', () => {
      const counted = { read: 0, refused: 0 }
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
          const changed = changes.reduce(
            (now, { at, drop, put }) => now.slice(0, at) + put + now.slice(at + drop),
            text,
          )
          const parsed = parseBars({ file: 'p.csv', text: changed, isGrowing: true })
          if (parsed.status === 'invalid') {
            counted.refused++
            expect(parsed.line).to.be.within(1, changed.split('\n').length)
            expect(parsed.reason).to.not.equal('')
            return
          }
          counted.read++
          expect(parsed.bars.map(({ time, close, low }) => [time, close, low])).to.deep.equal(
            plainly(changed),
          )
        }),
        { numRuns: 4000, seed: 12 },
      )
      expect(counted.read).to.be.above(100)
      expect(counted.refused).to.be.above(1000)
    })

    /** The same file, read by hand: whole lines only, cells cut at commas, quotes around a cell taken off. */
    function plainly(changed: string): unknown[] {
      const lines = changed
        .slice(0, changed.lastIndexOf('\n'))
        .split('\n')
        .map((line) => line.trim())
      const [header, ...body] = lines.filter((line) => line !== '' && line !== '\uFEFF')
      const names = cellsIn(header!.replace(/^\uFEFF/, ''))
      return body.map((line) => {
        const cells = cellsIn(line)
        expect(cells).to.have.length(names.length)
        const [date, close, low] = ['date', 'close', 'low'].map(
          (name) => cells[names.indexOf(name)],
        )
        const price = decimal(close!)
        const lowest = low === undefined ? price : decimal(low)
        return [instant(date!), price, lowest]
      })
    }
    function cellsIn(line: string): string[] {
      return line.split(',').map((cell) =>
        cell
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .trim(),
      )
    }
    function decimal(cell: string): number {
      const [mantissa, exponent = '0'] = cell.split(/[eE]/)
      const [whole, part = ''] = mantissa!.split('.')
      expect(/^-?\d+$/.test(whole!) && /^\d*$/.test(part) && /^[+-]?\d+$/.test(exponent)).to.equal(
        true,
      )
      return Number(`${BigInt(whole!)}.${part}0e${exponent}`)
    }
    function instant(cell: string): number {
      const isDay = cell.length === 10
      const text = isDay ? `${cell.replaceAll('/', '-')}T23:59:59Z` : cell.replace(' ', 'T')
      expect(text).to.match(/(Z|[+-]\d\d(:?\d\d)?)$/)
      return Date.parse(text.replace(/([+-]\d\d)$/, '$1:00')) / 1000
    }
  })
})

describe('a file that somebody writes to', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-csv-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const closes = async (source: Awaited<ReturnType<typeof openSource>>, at: string) => {
    const history = await source.read({ now: Date.parse(at) / 1000 })
    return Array.from({ length: history.length }, (_, i) => history.at(i).close)
  }

  it('shows a day when it is over, whichever way it is written', async () => {
    const file = join(folder, 'days.csv')
    for (const sign of ['-', '/']) {
      const days = ['2026-12-02,100', '2026-12-03,101', '2026-12-04,999']
      writeFileSync(file, `date,close\n${days.join('\n').replaceAll('-', sign)}\n`)
      const source = await openSource({ kind: 'csv', file })
      expect(await closes(source, '2026-12-04T12:00:00Z')).to.deep.equal([100, 101])
    }
  })

  it('is read up to its last whole line, and again when it has grown', async () => {
    const file = join(folder, 'growing.csv')
    writeFileSync(file, 'date,close\n2026-12-01,10\n2026-12-02,12')
    const source = await openSource({ kind: 'csv', file })
    expect(await closes(source, '2026-12-10T00:00:00Z')).to.deep.equal([10])
    appendFileSync(file, '34.3\n')
    expect(await closes(source, '2026-12-10T00:00:00Z')).to.deep.equal([10, 1234.3])
  })

  it('is refused with file and line where a row is bad, and taken up again when it is mended', async () => {
    const file = join(folder, 'bad.csv')
    writeFileSync(file, 'date,close\n2026-12-01,10\n')
    const source = await openSource({ kind: 'csv', file })
    appendFileSync(file, '2026-12-02,NaN\n')
    const refused = await source.read({ now: 2e9 }).catch((error: Error) => error.message)
    expect(refused).to.match(/bad\.csv:3: close "NaN".*Correct the row/)
    writeFileSync(file, 'date,close\n2026-12-01,10\n2026-12-02,11\n')
    expect(await closes(source, '2026-12-10T00:00:00Z')).to.deep.equal([10, 11])
  })

  it('is refused where it is not text', async () => {
    const file = join(folder, 'utf16.csv')
    writeFileSync(file, Buffer.from('\uFEFFdate,close\n2026-12-01,10\n', 'utf16le'))
    const refused = await openSource({ kind: 'csv', file }).catch((error: Error) => error.message)
    expect(refused).to.match(/utf16\.csv:1: /)
  })
})
