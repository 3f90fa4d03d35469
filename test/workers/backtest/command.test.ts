/* `auspex backtest` as a quant types it, with honest models and with some that know too much. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { createRandom } from '../../../workers/src/backtest/maths/random.ts'

const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
const DAY = 86_400
const ROWS = 110

/** Follows the mean of the last days: honest. */
const HONEST = `
export const createModel = () => ({
  name: 'honest',
  fit() {},
  predict(history) {
    const last = Array.from({ length: 5 }, (_, i) => history.at(history.length - 1 - i).close)
    return last.reduce((sum, each) => sum + each, 0) / 5
  },
})`

/** Looks into its own data file for the row after the opening. */
const CHEAT = `
import { readFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
const rows = readFileSync(workerData.source.file, 'utf8').trim().split('\\n').slice(1)
const closes = new Map(rows.map((row) => row.split(',')).map((cells) => [Number(cells[0]), Number(cells[4] ?? cells[1])]))
export const createModel = () => ({
  name: 'cheat',
  fit() {},
  predict: ({ now, length, at }) => closes.get(now + ${DAY}) ?? at(length - 1).close,
})`

type Ended = { code: number; output: string; errors: string }

describe('auspex backtest', function () {
  this.timeout(180_000)

  let folder: string
  const prices: number[] = []

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-backtest-'))
    const random = createRandom(4)
    for (let i = 0, price = 100; i < ROWS; i++) prices.push((price *= 1 + 0.02 * (random() - 0.5)))
    write(
      'prices.csv',
      table((i) => `${prices[i]}`, 'close'),
    )
    write(
      'early.csv',
      table((i) => `${prices[i]},${1000 * (prices[i + 1] ?? 1)}`, 'close,volume'),
    )
    write('honest.mjs', HONEST)
    write('cheat.mjs', CHEAT)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const table = (cells: (i: number) => string, columns: string) =>
    `date,${columns}\n${prices.map((_, i) => `${1_600_000_000 + i * DAY},${cells(i)}`).join('\n')}\n`

  function backtest(model: string, file: string, ...more: string[]): Promise<Ended> {
    const name = `${model}-${file}.yaml`
    write(
      name,
      `source: { kind: csv, file: ${file}, time: seconds }\nquestion: close\nmodel: ${model}\nconfidence: 0.5\n`,
    )
    return auspex('backtest', '--config', join(folder, name), ...more)
  }

  function auspex(...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(process.execPath, [main, ...args], (error, output, errors) => {
        resolve({ code: Number(error?.code ?? 0), output, errors })
      })
    })
  }

  it('grades an honest model, says what it would have earned, and writes a page that needs nothing else', async () => {
    const report = join(folder, 'out.html')
    const { code, output, errors } = await backtest(
      './honest.mjs',
      'prices.csv',
      '--json',
      '--rounds',
      '30',
      '--report',
      report,
    )
    expect(code, errors).to.equal(0)
    const { grade, rounds, career, curves, learnedRestarts, leaks, assessment } = JSON.parse(output)
    expect(curves.map(({ name }: { name: string }) => name)).to.deep.equal([
      ...['constant', 'learned', 'full'],
    ])
    expect(curves[0].end).to.equal(career.end)
    expect(curves[0].stakes).to.have.length(30)
    expect(curves[2].end).to.not.equal(career.end)
    expect(learnedRestarts).to.match(/^\d+$/)
    expect(grade).to.equal('D')
    expect(leaks).to.deep.equal([])
    expect(rounds).to.have.length(30)
    expect(rounds[29].inputs).to.match(/^[0-9a-f]{64}$/)
    expect(Object.keys(career.others)).to.deep.equal(['last', 'mean', 'ewma', 'har'])
    expect(BigInt(career.end)).to.not.equal(BigInt(career.start))
    expect(assessment.duels[0]).to.include({ rival: 'last', loss: 'squared', rounds: 30 })
    const page = readFileSync(report, 'utf8')
    expect(page).to.match(/<svg role="img"/)
    expect(page).to.not.match(/https?:|src=|<script/)
  })

  it('refuses a model that reads what it was not shown, naming it, with exit code 1', async () => {
    const { code, output, errors } = await backtest('./cheat.mjs', 'prices.csv', '--rounds', '30')
    expect(code).to.equal(1)
    expect(output).to.match(/^grade F: the model: asked at 20\S+ it says \d+ with the real future/m)
    expect(errors).to.match(/The run is not honest/)
  })

  it('refuses data whose column holds the future, naming the column', async () => {
    const { code, output } = await backtest('./honest.mjs', 'early.csv', '--rounds', '30')
    expect(code).to.equal(1)
    expect(output).to.match(
      /^leak \(label shift\) in column volume: its moves go with those of the/m,
    )
  })

  it('says what is missing where there are too few rows, with exit code 2', async () => {
    write(
      'few.csv',
      table((i) => `${prices[i]}`, 'close')
        .split('\n')
        .slice(0, 40)
        .join('\n'),
    )
    const { code, errors } = await backtest('./honest.mjs', 'few.csv')
    expect(code).to.equal(2)
    expect(errors).to.match(/few\.csv has 38 rows, which makes 0 rounds with 50 rows before them/)
  })

  it('says what it needs to play in a topic’s past', async () => {
    const { code, errors } = await backtest('./honest.mjs', 'prices.csv', '--against', 'chain')
    expect(code).to.equal(2)
    expect(errors).to.match(/--against chain needs chain and topic/)
    const other = await backtest(
      './honest.mjs',
      'prices.csv',
      '--against',
      join(folder, 'prices.csv'),
    )
    expect(other.code).to.equal(2)
    expect(other.errors).to.match(/prices\.csv is no JSON. Give the record\.json/)
  })

  it('checks data before anybody trains on them', async () => {
    const good = await auspex('data', 'check', join(folder, 'prices.csv'), '--time', 'seconds')
    expect(good.code, good.errors).to.equal(0)
    expect(good.output).to.match(/^rows +110, 2020-\S+ to \S+, usually 86400 s apart$/m)
    expect(good.output).to.match(/nothing odd was found/)
    const early = await auspex('data', 'check', join(folder, 'early.csv'), '--time', 'seconds')
    expect(early.code).to.equal(1)
    expect(early.errors).to.match(/early\.csv knows the future: column volume/)
    const wrong = await auspex('data', 'check', join(folder, 'prices.csv'))
    expect(wrong.code).to.equal(1)
    expect(wrong.errors).to.match(/prices\.csv:2: date "1600000000" is not a usable date/)
  })

  it('stakes nothing on a public chain unless it is told to', async () => {
    write(
      'public.yaml',
      `chain: { id: 1, urls: ['http://127.0.0.1:9'], network: '0x${'11'.repeat(20)}' }
topic: '0x${'22'.repeat(32)}'
keys: { keystore: missing.json }
dataDir: none
source: { kind: csv, file: prices.csv, time: seconds }
question: close
model: lastValue
confidence: 0.5
`,
    )
    const config = ['--config', join(folder, 'public.yaml')]
    const both = await auspex('worker', 'start', '--live', '--dry-run', ...config)
    expect(both.code).to.equal(2)
    expect(both.errors).to.match(/--live sends and --dry-run does not/)
    const live = await auspex('worker', 'start', '--live', ...config)
    expect(live.errors).to.match(/A password is needed/)
    const rehearsed = await auspex('worker', 'start', ...config)
    expect(rehearsed.errors).to.not.match(/password/)
    expect(rehearsed.errors).to.match(/127\.0\.0\.1:9/)
    expect(existsSync(join(folder, 'none', 'journal.db'))).to.equal(false)
  })
})
