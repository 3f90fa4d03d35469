/* A settled demo, replayed without its chain: every worker's wager, payout and stake to the unit, and the same predictions. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parquetReadObjects } from 'hyparquet'
import { parseUnits } from 'viem'
import { closeBooks } from '../../../scripts/demo/books/closeBooks.ts'
import { bringUpTensors, learnPast } from '../../../scripts/demo/members/learnPast.ts'
import { playRounds } from '../../../scripts/demo/play/playRounds.ts'
import { openCalendar } from '../../../scripts/demo/world/openCalendar.ts'
import { setStage } from '../../../scripts/demo/world/setStage.ts'
import { datasetSchema, getTopicRecord, recordToText, roundsIn } from '../../../sdk/src/index.ts'
import type { TopicRecord } from '../../../sdk/src/index.ts'
import { replayRecord } from '../../../sdk/src/maths/index.ts'
import { datasetOf } from '../../../workers/src/backtest/datasetOf.ts'
import { readRecordFile } from '../../../workers/src/backtest/recordFile.ts'
import { runBacktest } from '../../../workers/src/backtest/runBacktest.ts'
import type { Backtest } from '../../../workers/src/backtest/runBacktest.ts'
import { questions } from '../../../workers/src/sources/questions.ts'

const ROUNDS = 8
const STAKE = 10_000n * 10n ** 18n
const question = questions.find(({ name }) => name === 'volatility')!

type Worker = Awaited<ReturnType<typeof closeBooks>>['summaries'][number]['workers'][number]

describe('a settled demo', function () {
  this.timeout(240_000)

  let folder: string
  let record: TopicRecord
  let workers: readonly Worker[]

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-replay-'))
    const opened = await openCalendar({ from: undefined, rounds: ROUNDS })
    if (opened.status === 'refused') throw new Error(opened.why)
    const { calendar } = opened
    const tensors = await bringUpTensors()
    const learners = [await learnPast({ question, calendar, tensors, seed: 1 })]
    const stage = await setStage({ calendar, questions: [question], learners, seed: 1 })
    const progress = { tell() {}, warn() {}, end() {} }
    const { signal } = new AbortController()
    const played = await playRounds({ stage, calendar, progress, signal })
    workers = (await closeBooks({ stage, played, seed: 1 })).summaries[0]!.workers
    const client = Object.defineProperty({ ...stage.observer }, 'fromBlock', { value: 0n })
    record = await getTopicRecord(client, { topic: stage.topics[0]!.id })
    await stage.chain.close()

    const history = await calendar.source.read({ now: Infinity })
    const rows = Array.from({ length: history.length }, (_, i) => {
      const { time, open, high, low, close, volume } = history.at(i)
      return [time, open, high, low, close, volume].join(',')
    })
    writeFileSync(join(folder, 'bars.csv'), `date,open,high,low,close,volume\n${rows.join('\n')}\n`)
    writeFileSync(join(folder, 'record.json'), recordToText(record))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const play = (model: string, more: { stake?: bigint } = {}): Promise<Backtest> =>
    runBacktest({
      question: 'volatility',
      model,
      seed: 1,
      requireGpu: false,
      source: { kind: 'csv', file: join(folder, 'bars.csv'), time: 'seconds' },
      confidence: 5000n,
      maxSigmas: 50,
      withinMs: 60_000,
      rounds: ROUNDS,
      horizon: 1,
      record: readRecordFile(join(folder, 'record.json')),
      stake: STAKE,
      leakMoments: 0,
      ...more,
    })

  it('gives each worker the wager, the payout and the stake at the end that the chain gave', () => {
    const { turns, twin, differences } = replayRecord({ record })
    expect(differences).to.deep.equal([])
    expect(turns).to.have.length(ROUNDS)
    for (const { name, address, stakeEnd, rewards, slashed } of workers) {
      const key = address.toLowerCase()
      expect(twin.stakeOf(key), name).to.equal(stakeEnd)
      const changes = turns.map((turn) => {
        const at = turn.predictions.findIndex(({ worker }) => worker === key)
        const recorded = roundsIn(record)
          .find(({ round }) => round === turn.round)!
          .predictions.find(({ worker }) => worker.toLowerCase() === key)!
        expect(turn.predictions[at]!.wager, name).to.equal(recorded.wager)
        return turn.changes[at]!
      })
      const sum = (some: bigint[]) => some.reduce((total, each) => total + each, 0n)
      expect(sum(changes.filter((each) => each > 0n)), name).to.equal(rewards)
      expect(-sum(changes.filter((each) => each < 0n)), name).to.equal(slashed)
    }
  })

  it('has the worker that played live say the same again, from the same data, bit for bit', async () => {
    for (const model of ['har', 'mlp']) {
      const { asked } = await play(model)
      const { address } = workers.find(({ name }) => name === model)!
      const live = roundsIn(record).map(({ predictions }) =>
        predictions.find(({ worker }) => worker === address),
      )
      expect(asked.map(({ value }) => value)).to.deep.equal(live.map((each) => each!.value))
    }
  })

  it('pays a model that joins, and measures it against the aggregate that was published', async () => {
    const { career, assessment, isHonest } = await play('leverage')
    expect(career.field).to.equal('recorded')
    expect(career.earned).to.have.length(ROUNDS)
    const total = career.earned.reduce((stake, { change }) => stake + change, STAKE)
    expect(career.end).to.equal(total)
    expect(career.earned[0]!.wager > 0n).to.equal(true)
    expect(assessment.duels.map(({ rival }) => rival)).to.include('aggregate')
    expect(isHonest).to.equal(true)
  })

  it('becomes a data set of CSV and Parquet, which reads back as what was revealed', async () => {
    const files = new Map(
      datasetOf({ record, licence: 'CC0-1.0' }).map(({ name, bytes }) => [name, bytes]),
    )
    const bytes = files.get('predictions.parquet')!
    const file = Uint8Array.from(bytes).buffer
    const rows = await parquetReadObjects({ file })
    const said = roundsIn(record).flatMap(({ predictions }) => predictions)
    expect(rows).to.have.length(said.length)
    expect(rows.map(({ valueExact }) => parseUnits(String(valueExact), 18))).to.deep.equal(
      said.map(({ value }) => value),
    )
    expect(rows.map(({ wager }) => BigInt(String(wager)))).to.deep.equal(
      said.map(({ wager }) => wager),
    )
    const [header, ...lines] = String(Buffer.from(files.get('rounds.csv')!))
      .trimEnd()
      .split('\n')
    expect(header).to.equal(Object.keys(datasetSchema.rounds).join(','))
    expect(lines).to.have.length(ROUNDS)
    const described = JSON.parse(String(Buffer.from(files.get('dataset.json')!)))
    expect(described.licence).to.equal('CC0-1.0')
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(described.files).to.deep.include({ name: 'predictions.parquet', sha256: hash })
  })

  it('says that a record is torn where something is missing in it', () => {
    const steps = record.steps.filter(
      (step) => step.kind !== 'staked' || step.worker !== workers[0]!.address,
    )
    const { differences } = replayRecord({ record: { ...record, steps } })
    expect(differences[0]).to.match(/the (aggregate|wagers) of round 0 is \d+ here/)
  })
})
