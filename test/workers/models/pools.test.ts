import { expect } from 'chai'
import { createTopicState, publish, settle } from '../../../sdk/src/maths/replay.ts'
import { openTensors } from '../../../workers/src/models/backends/openTensors.ts'
import type { Tensors } from '../../../workers/src/models/backends/tensors.ts'
import { findLeak } from '../../../workers/src/backtest/findLeak.ts'
import { replay } from '../../../workers/src/backtest/replay.ts'
import type { ReplayedRound } from '../../../workers/src/backtest/replay.ts'
import { forecast } from '../../../workers/src/models/forecaster.ts'
import { fromFixed18 } from '../../../sdk/src/maths/float.ts'
import { lastValue } from '../../../workers/src/models/families/averages.ts'
import { pool } from '../../../workers/src/models/pools/pool.ts'
import { castOf } from '../../../scripts/demo/cast/castOf.ts'
import type { CastMember } from '../../../scripts/demo/cast/castOf.ts'
import type { Bar } from '../../../workers/src/sources/history.ts'
import { closeOf } from '../../../workers/src/sources/series.ts'
import { questions } from '../../../workers/src/sources/questions.ts'
import { readSampleSource } from '../../../workers/src/sources/openSource.ts'
import type { RecordedSource } from '../../../workers/src/sources/dataSource.ts'

const SEED = 7
const FIRST = 700

describe('Pools', () => {
  let tensors: Tensors
  let source: RecordedSource
  let bars: Bar[]

  before(async () => {
    const opened = await openTensors({ only: ['wasm', 'cpu'] })
    if (opened.status !== 'ready') throw new Error('no tensor backend')
    tensors = opened.tensors
    source = await readSampleSource()
    const whole = await source.read({ now: Infinity })
    bars = Array.from({ length: 1200 }, (_, i) => whole.at(i))
  })

  for (const question of questions) {
    describe(`of the ${question.name}`, () => {
      let specs: CastMember[]

      beforeEach(() => {
        specs = castOf({ question: question.name, tensors, seed: SEED })
      })

      it('offers operators eight models at least, and none of the demo’s crooks', () => {
        const names = pool({ question: question.name, tensors, seed: SEED }).map(({ name }) => name)
        expect(names).to.have.length.of.at.least(8)
        for (const crook of ['liar', 'lazy', 'copier']) expect(names).not.to.include(crook)
      })

      it('plays in the demo with a liar, a lazy one and a copier', () => {
        const count = (kind: string) => specs.filter((spec) => spec.kind === kind).length
        expect(count('honest')).to.be.at.least(8)
        expect([count('liar'), count('lazy'), count('copier')]).to.deep.equal([1, 1, 1])
        expect(new Set(specs.map((spec) => spec.name)).size).to.equal(specs.length)
        for (const { confidence } of specs) expect(confidence).to.be.within(0.01, 1)
      })

      it('knows nothing of the future', async () => {
        for (const spec of specs) {
          const leak = await findLeak({ bars, create: spec.create, indexes: [FIRST, FIRST + 401] })
          expect(leak, spec.name).to.equal(undefined)
        }
      })

      it('says the same again with the same seed', async () => {
        const play = () =>
          replay({
            source,
            question,
            forecasters: castOf({ question: question.name, tensors, seed: SEED }).map((spec) =>
              spec.create(),
            ),
            first: FIRST,
            rounds: 50,
          })
        expect(await play()).to.deep.equal(await play())
      })

      it('goes on from what it has saved as if it had never stopped', async () => {
        for (const spec of specs) {
          const steady = spec.create()
          await play({ source, forecaster: steady, first: FIRST, rounds: 3 })
          const saved = JSON.parse(JSON.stringify(steady.save()))
          const restarted = spec.create()
          restarted.load(saved)
          const from = { source, first: FIRST + 3, rounds: 45 }
          expect(await play({ ...from, forecaster: restarted }), spec.name).to.deep.equal(
            await play({ ...from, forecaster: steady }),
          )
        }
      })

      it('gives an aggregate better than the plain mean, with an interval that holds', async () => {
        const rounds = await playWithAggregate({ source, question, specs, rounds: 300 })
        const loss = (value: (round: Judged) => number) =>
          rounds.reduce((sum, round) => sum + (value(round) - fromFixed18(round.truth)) ** 2, 0)
        const aggregate = loss((round) => fromFixed18(round.published))
        const mean = loss(
          ({ predictions }) =>
            predictions.reduce((sum, x) => sum + fromFixed18(x), 0) / predictions.length,
        )
        expect(aggregate).to.be.lessThan(mean)
        const held = rounds.filter((round) => round.held).length / rounds.length
        expect(held).to.be.within(0.85, 0.95)
      })
    })
  }

  it('of other seeds hold other networks', async () => {
    const predictions: bigint[] = []
    for (const seed of [1, 2]) {
      const spec = castOf({ question: 'volatility', tensors, seed }).find(
        ({ name }) => name === 'mlp',
      )
      predictions.push(
        ...(await play({ source, forecaster: spec!.create(), first: FIRST, rounds: 1 })),
      )
    }
    expect(predictions[0]).to.not.equal(predictions[1])
  })

  it('name their probabilities between 0 and 1', async () => {
    const specs = castOf({ question: 'move', tensors, seed: SEED })
    const forecasters = specs.map((spec) => spec.create())
    const rounds = await replay({
      source,
      question: questions[2],
      forecasters,
      first: 2200,
      rounds: 60,
    })
    for (const prediction of rounds.flatMap((round) => round.predictions)) {
      expect(fromFixed18(prediction)).to.be.within(0, 1)
    }
  })
})

describe('Leak search', () => {
  it('finds a forecaster that looks ahead', async () => {
    const source = await readSampleSource()
    const whole = await source.read({ now: Infinity })
    const bars = Array.from({ length: 100 }, (_, i) => whole.at(i))
    const honest = lastValue({ series: closeOf })
    const leak = await findLeak({
      bars,
      create: (known) => ({
        ...honest,
        predict: (history) => known[history.length]?.close ?? 0,
      }),
      indexes: [50],
    })
    expect(leak?.index).to.equal(50)
    expect(fromFixed18(leak!.real)).to.equal(bars[51]!.close)
  })

  it('is not the only guard: the history itself refuses', async () => {
    const source = await readSampleSource()
    const honest = lastValue({ series: closeOf })
    const forecaster = {
      ...honest,
      predict: (history: Parameters<typeof honest.predict>[0]) => history.at(history.length).close,
    }
    const history = await source.read({ now: source.times[50]! })
    const error = await forecast({ forecaster, history }).catch((reason: Error) => reason)
    expect(error).to.have.property('name', 'FutureReadError')
  })
})

describe('Replay', () => {
  it('opens a round at the bar before the one asked for, and takes its truth from that one', async () => {
    const source = await readSampleSource()
    const forecasters = [lastValue({ series: closeOf })]
    const [round] = await replay({
      source,
      question: questions[0],
      forecasters,
      first: 10,
      rounds: 1,
    })
    const history = await source.read({ now: Infinity })
    expect(round!.openedAt).to.equal(source.times[9])
    expect(fromFixed18(round!.predictions[0]!)).to.equal(history.at(9).close)
    expect(fromFixed18(round!.truth)).to.equal(history.at(10).close)
  })

  it('shows the copier what was published in the round before', async () => {
    const source = await readSampleSource()
    const forecasters = [{ ...lastValue({ series: closeOf }), predict: echo }]
    const rounds = await replay({
      source,
      question: questions[0],
      forecasters,
      first: 10,
      rounds: 3,
      aggregate: ({ index }) => BigInt(index) * 10n ** 18n,
    })
    const said = rounds.map((round) => fromFixed18(round.predictions[0]!))
    expect(said).to.deep.equal([0, 10, 11])
  })

  it('refuses to go back in time', async () => {
    const source = await readSampleSource()
    const forecaster = lastValue({ series: closeOf })
    await play({ source, forecaster, first: 20, rounds: 1 })
    const error = await play({ source, forecaster, first: 10, rounds: 1 }).catch((e: Error) => e)
    expect(error).to.have.property(
      'message',
      'lastValue has learned from 20 bars and cannot go back to 10',
    )
  })

  it('refuses the memory of another model', () => {
    const forecaster = lastValue({ series: closeOf })
    const memory = { name: 'har', seen: 1, state: {} }
    expect(() => forecaster.load(memory)).to.throw('lastValue cannot load the memory of har')
  })
})

function echo({ published }: { published: number | undefined }): number {
  return published ?? 0
}

async function play(turns: {
  source: RecordedSource
  forecaster: ReturnType<CastMember['create']>
  first: number
  rounds: number
}): Promise<bigint[]> {
  const { forecaster, ...rest } = turns
  const rounds = await replay({ ...rest, question: questions[0], forecasters: [forecaster] })
  return rounds.map((round) => round.predictions[0]!)
}

interface Judged extends ReplayedRound {
  published: bigint
  held: boolean
}

/** Plays the rounds with the network's own rule, equal stakes and the confidences of the pool. */
async function playWithAggregate(options: {
  source: RecordedSource
  question: (typeof questions)[number]
  specs: CastMember[]
  rounds: number
}): Promise<Judged[]> {
  const { source, question, specs, rounds } = options
  const judged: Judged[] = []
  let state = createTopicState()

  await replay({
    source,
    question,
    forecasters: specs.map((spec) => spec.create()),
    first: 3000,
    rounds,
    aggregate(round) {
      const { state: next, round: published } = publish(
        state,
        specs.map(({ name, confidence }, i) => ({
          worker: name,
          value: round.predictions[i]!,
          wager: BigInt(Math.round(confidence * 1e6)) * 10n ** 12n,
        })),
      )
      state = settle(next, published, round.truth)
      const { value, below, above } = published.aggregate
      const over = round.truth - value
      judged.push({ ...round, published: value, held: -below <= over && over <= above })
      return value
    },
  })
  return judged
}
