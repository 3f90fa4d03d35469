import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { inspectBars } from '../../../workers/src/backtest/inspectBars.ts'
import { readPredictions, writePredictions } from '../../../workers/src/backtest/predictionsFile.ts'
import { createRecordedSource } from '../../../workers/src/sources/dataSource.ts'
import type { Bar } from '../../../workers/src/sources/history.ts'
import { createRandom } from '../../../workers/src/backtest/maths/random.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'
import { barsOf } from '../models/bars.ts'

const folder = freshFolder('files')

describe('a file of predictions', () => {
  const file = join(folder, 'said.csv')
  const faultOf = (...lines: string[]) => {
    writeFileSync(file, `${lines.join('\n')}\n`)
    try {
      readPredictions(file)
      return 'none'
    } catch (error) {
      return (error as Error).message
    }
  }

  it('keeps every digit', () => {
    const own = join(folder, 'kept.csv')
    writePredictions(own, { round: 3n, value: -123_456_789_012_345_678_901n, confidence: 5000n })
    writePredictions(own, { round: 4n, value: 1n, confidence: 10_000n })
    expect(readFileSync(own, 'utf8').split('\n')[0]).to.equal('round,value,confidence')
    expect([...readPredictions(own)]).to.deep.equal([
      [3n, { value: -123_456_789_012_345_678_901n, confidence: 5000n }],
      [4n, { value: 1n, confidence: 10_000n }],
    ])
  })

  it('counts as sure where no confidence is given', () => {
    writeFileSync(file, 'round,value\n0,1e2\n')
    expect(readPredictions(file).get(0n)).to.deep.equal({ value: 10n ** 20n, confidence: 10_000n })
  })

  it('is refused whole, by line', () => {
    expect(faultOf('round,said', '1,2')).to.match(/:1: no column value/)
    expect(faultOf('round,value', '1,2', '1,3')).to.match(/:3: round 1 is there twice/)
    expect(faultOf('round,value', '-1,2')).to.match(/:2: round -1 is not a whole number/)
    expect(faultOf('round,value', '1,NaN')).to.match(/:2: value "NaN" is not a usable number/)
    expect(faultOf('round,value,confidence', '1,2,0')).to.match(/confidence 0 is not a share/)
    expect(faultOf('round,value,confidence', '1,2,50%')).to.match(/confidence 50% is not a share/)
    expect(faultOf('round,value')).to.match(/no rows/)
  })
})

describe('a look at data', () => {
  const random = createRandom(3)
  const closes: number[] = []
  for (let i = 0, close = 100; i < 200; i++) closes.push((close *= 1 + 0.02 * (random() - 0.5)))

  const inspect = (change: (bars: Bar[]) => Bar[] = (bars) => bars) => {
    const bars = change(barsOf(closes, () => 0.01))
    const source = createRecordedSource({ name: 'rows', bars })
    return inspectBars({ source, question: 'volatility' })
  }

  it('finds nothing odd where nothing is', async () => {
    const { rows, spacing, warnings, leaks } = await inspect()
    expect({ rows, spacing, warnings, leaks }).to.deep.equal({
      ...{ rows: 200, spacing: 86_400, warnings: [], leaks: [] },
    })
  })

  it('names gaps, flat stretches, jumps, bars without a range, and too few rows', async () => {
    const gap = await inspect((bars) => [...bars.slice(0, 50), ...bars.slice(60)])
    expect(gap.warnings.join()).to.match(/1 gaps .* the longest, 950400 s/)
    const flat = await inspect((bars) =>
      bars
        .map((bar, i) => (i > 100 && i < 115 ? { ...bar, close: bar.low } : bar))
        .map((bar, i, all) => (i > 100 && i < 115 ? { ...bar, close: all[101]!.close } : bar)),
    )
    expect(flat.warnings.join()).to.match(/stands still for 13 rows/)
    const jump = await inspect((bars) =>
      bars.map((bar, i) => (i === 80 ? { ...bar, close: 10 * bar.close } : bar)),
    )
    expect(jump.warnings.join()).to.match(/2 moves of more than 25 usual ones/)
    const still = await inspect((bars) =>
      bars.map((bar, i) => (i === 9 ? { ...bar, high: bar.close, low: bar.close } : bar)),
    )
    expect(still.warnings.join()).to.match(/1 rows have no range/)
    expect((await inspect((bars) => bars.slice(0, 20))).warnings.join()).to.match(/only 20 rows/)
  })

  it('names a column that knows the future', async () => {
    const close = await inspectBars({
      question: 'close',
      source: createRecordedSource({
        name: 'rows',
        bars: barsOf(closes).map((bar, i, all) => ({ ...bar, volume: (all[i + 1] ?? bar).close })),
      }),
    })
    expect(close.leaks.join()).to.match(/column volume: its moves go with those of the next truth/)
  })
})
