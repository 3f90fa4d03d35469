/* A model in a thread of its own: whatever it does, the node's loop goes on, and its worker says nothing wrong. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openPredictor } from '../../../workers/src/worker/prediction/openPredictor.ts'
import type {
  Predictor,
  PredictorOptions,
} from '../../../workers/src/worker/prediction/openPredictor.ts'
import type { Predicted } from '../../../workers/src/worker/workerTurn.ts'
import { pause } from '../../helpers/anvil.ts'

const ONE = 10n ** 18n
const DAY = 86_400
/** What the loop may be held up; four times the bound, for machines that do much else. */
const MOST_DELAY_MS = 1000

/** Behaves by the hour at which it is asked. */
const MODEL = `
let asked = 0
export const createModel = () => ({
  name: 'moody',
  fit() {},
  predict({ now }) {
    const mood = now % 10
    if (mood === 1) return new Promise(() => {})
    if (mood === 2) for (;;);
    if (mood === 3) throw new Error('no idea')
    if (mood === 4) return NaN
    if (mood === 5) return 1e12
    if (mood === 6) setTimeout(() => { throw new Error('much too late') }, 20)
    if (mood === 6) return new Promise(() => {})
    if (mood === 7) throw undefined
    if (mood === 8) return { value: '101' }
    if (mood === 9) {
      console.log('epoch 1, loss 0.5\\n\\u202eepoch 2')
      console.error('a warning')
      return null
    }
    return 100 + ++asked
  },
})
`

describe('a model in a thread', function () {
  this.timeout(120_000)

  let folder: string
  const made: Predictor[] = []
  const lines: { fields: Record<string, unknown>; message: string }[] = []
  const take = (fields: object, message: string) => {
    lines.push({ fields: fields as Record<string, unknown>, message })
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-model-'))
    writeFileSync(join(folder, 'moody.mjs'), MODEL)
    const rows = Array.from({ length: 20 }, (_, i) => `${1_700_000_000 + i * DAY},${100 + (i % 3)}`)
    writeFileSync(join(folder, 'prices.csv'), `date,close\n${rows.join('\n')}\n`)
  })
  after(async () => {
    await Promise.all(made.map((each) => each.close()))
    rmSync(folder, { recursive: true })
  })

  function open(more: Partial<PredictorOptions> = {}): Predictor {
    const predictor = openPredictor({
      question: 'close',
      model: join(folder, 'moody.mjs'),
      seed: 1,
      requireGpu: false,
      source: { kind: 'csv', file: join(folder, 'prices.csv'), time: 'seconds' },
      confidence: 5000n,
      maxSigmas: 50,
      withinMs: 1500,
      log: { debug: take, info: take, warn: take, error: take },
      ...more,
    })
    made.push(predictor)
    return predictor
  }

  /** A moment after the last row at which the model has this mood. */
  const at = (mood: number, round = 0) => ({
    now: 1_700_000_000 + 19 * DAY + 1000 + round * 10 + mood,
    published: undefined,
  })

  async function answerOf(
    { predict }: Predictor,
    moment: ReturnType<typeof at>,
  ): Promise<Predicted> {
    for (;;) {
      const predicted = await predict(moment)
      if (predicted.status !== 'waiting') return predicted
      await pause(20)
    }
  }

  it('is ended at its deadline, and never holds up the loop', async () => {
    const predictor = open()
    expect(await predictor.opened).to.have.property('status', 'ready')
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    expect(await answerOf(predictor, at(0))).to.deep.include({
      status: 'predicted',
      prediction: { value: 101n * ONE, confidence: 5000n },
    })
    for (const mood of [1, 2, 6]) {
      const began = Date.now()
      const answer = await answerOf(predictor, at(mood))
      expect(answer).to.include({ status: 'abstained', isFinal: true })
      expect(answer)
        .to.have.property('reason')
        .that.matches(/moody\.mjs: .*thread/)
      // The thread before it was ended, so this one is made anew within the same time.
      expect(Date.now() - began).to.be.below(60_000)
    }
    expect(await answerOf(predictor, at(0, 1))).to.have.property('status', 'predicted')
    delay.disable()
    expect(delay.max / 1e6).to.be.below(MOST_DELAY_MS)
  })

  it('abstains where it throws, says no number, or lies far from the last truths', async () => {
    const predictor = open()
    for (const [mood, why] of [
      [3, /moody: no idea/],
      [4, /moody: NaN is no value/],
      [7, /moody: it threw undefined/],
      [8, /moody: '101' is no value/],
      [9, /moody: null is no value/],
      [
        5,
        /moody says 1000000000000, 7.17e\+11 usual moves from the last truth 101.*maxSigmas of 50/,
      ],
    ] as const) {
      const answer = await answerOf(predictor, at(mood))
      expect(answer).to.include({ status: 'abstained', isFinal: true })
      expect(answer).to.have.property('reason').that.matches(why)
    }
  })

  it('lets what it prints into the log alone, a line each', async () => {
    const predictor = open()
    lines.length = 0
    await answerOf(predictor, at(9))
    const printed = () => lines.filter(({ message }) => message === 'model.printed')
    for (let looks = 0; looks < 200 && printed().length < 3; looks++) await pause(10)
    expect(printed().map(({ fields }) => fields.line)).to.have.members([
      'epoch 1, loss 0.5',
      '\u202eepoch 2',
      'a warning',
    ])
  })

  it('abstains from a value far from truths that never moved', async () => {
    const file = join(folder, 'flat.csv')
    for (const rows of [1, 5]) {
      const lines = Array.from({ length: rows }, (_, i) => `${1_700_000_000 + i * DAY},100`)
      writeFileSync(file, `date,close\n${lines.join('\n')}\n`)
      const predictor = open({ source: { kind: 'csv', file, time: 'seconds' } })
      const answer = await answerOf(predictor, at(5))
      expect(answer).to.include({ status: 'abstained', isFinal: true })
      expect(answer)
        .to.have.property('reason')
        .that.matches(/1\.00e\+10 times the last truth 100/)
      expect(await answerOf(predictor, at(0))).to.have.property('status', 'predicted')
    }
  })

  it('says the same of a round however often it is asked', async () => {
    const predictor = open()
    const first = await answerOf(predictor, at(0))
    expect(await answerOf(predictor, at(0))).to.deep.equal(first)
  })

  it('is replaced by the fallback that is declared, and the log says why', async () => {
    const predictor = open({ fallback: 'lastValue' })
    expect(await answerOf(predictor, at(2))).to.deep.include({
      status: 'predicted',
      prediction: { value: 101n * ONE, confidence: 5000n },
    })
    const [line] = lines.filter(({ message }) => message === 'model.replaced')
    expect(line!.fields).to.include({ fallback: 'lastValue' })
    expect(line!.fields.reason).to.match(/no answer within 1\.5 s/)
  })

  it('abstains from data that are too old or bad, until they are mended', async () => {
    const file = join(folder, 'bad.csv')
    writeFileSync(file, 'date,close\n1700000000,100\n1700086400,NaN\n')
    const predictor = open({
      model: 'lastValue',
      source: { kind: 'csv', file, time: 'seconds', maxAge: DAY },
    })
    expect(await predictor.opened).to.have.property('status', 'ready')
    const moment = { now: 1_700_000_000 + 3 * DAY, published: undefined }
    const bad = await answerOf(predictor, moment)
    expect(bad)
      .to.have.property('reason')
      .that.matches(/bad\.csv:3: close "NaN"/)
    expect(bad).to.not.have.property('isFinal')

    writeFileSync(file, 'date,close\n1700000000,100\n')
    const stale = await answerOf(predictor, moment)
    expect(stale)
      .to.have.property('reason')
      .that.matches(/stale: its newest row is of 2023-11-14/)

    appendFileSync(file, `${1_700_000_000 + 3 * DAY - 60},103\n`)
    expect(await answerOf(predictor, moment)).to.have.property('status', 'predicted')
  })

  it('is refused where it cannot be made', async () => {
    const { opened } = open({ model: join(folder, 'absent.mjs') })
    const outcome = await opened
    expect(outcome).to.have.property('status', 'refused')
    expect(outcome)
      .to.have.nested.property('error.message')
      .that.matches(/There is no model at/)
  })
})
