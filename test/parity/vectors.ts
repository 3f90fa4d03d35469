import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as math from '../../sdk/src/maths/index.ts'
import { sharedFolder } from '../helpers/shared.ts'
import { playOnChain } from './playOnChain.ts'
import { inputTape, reader, readRound, type RoundCase } from './tape.ts'

/** A round of a case; numbers are decimal strings. Budgets are the wagers and confidences full where they are not given. */
interface VectorRound {
  readonly ids: readonly number[]
  readonly predictions: readonly string[]
  readonly wagers: readonly string[]
  readonly budgets?: readonly string[]
  readonly confidences?: readonly string[]
  readonly bounds?: readonly [string, string]
  readonly domain?: readonly [string, string]
  readonly truth: string
  readonly published: string
  readonly inner: string
  readonly anchor: string
  readonly mean: string
  readonly widths: readonly [string, string] | null
  readonly after: {
    readonly era: string
    readonly usual: string
    readonly peak: string
    readonly anchorError: string
    readonly feedError: string
    readonly bias: string
    readonly width: readonly [string, string]
    readonly house: readonly (readonly [string, string])[]
    readonly workers: Readonly<Record<string, readonly [string, string, string]>>
  }
}

interface VectorCase {
  readonly name: string
  /** further rounds published before a round is settled */
  readonly lag?: number
  readonly rounds: readonly VectorRound[]
}

/** A round and what the twins made of it, and how a round that was settled after it looked to the harness. */
interface Played {
  readonly vector: VectorRound
  readonly aggregate: math.Aggregate
  readonly era: bigint
  readonly after: math.TopicState
}

/** The vectors know nothing of money: here it stands still. */
const NO_MONEY: Pick<RoundCase, 'domain' | 'referenceRateBps' | 'pool'> = {
  domain: { kind: 'fixed', scaleBps: 1n, center: 0n, sigma: 1n, least: 0n, most: math.ONE },
  referenceRateBps: 10_000n,
  pool: {
    terms: { pool: 0n, rateBps: 0n, shareBps: 0n, capBps: 0n },
    tipBps: 0n,
    isFresh: false,
    security: 2n ** 96n,
    inFlight: 1n,
  },
}

const golden = join(sharedFolder() ?? '', 'reference', 'golden_vectors.json')

suite('vectors of the repository', join(import.meta.dirname, 'vectors.json'))
suite('golden vectors of the rule', golden)

function suite(name: string, file: string) {
  describe(name, () => {
    if (!existsSync(file)) {
      it.skip(
        'are absent: set AUSPEX_SHARED to the folder that holds reference/golden_vectors.json',
      )
      return
    }

    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: VectorCase[] }
    for (const each of cases) {
      const { played, inputs } = play(each)

      it(`match in TypeScript: ${each.name}`, () => {
        for (const round of played) expectAsGiven(round, (each.lag ?? 0) === 0)
      })

      it(`match in Solidity: ${each.name}`, async () => {
        const words = await playOnChain(inputs.flatMap(({ input }) => inputTape(input)))
        const next = reader(words)
        for (const { input, aggregate, restarts, learning, experts } of inputs) {
          const found = readRound(next, input.submissions.values.length)
          expect(found.aggregate).to.deep.equal(aggregate)
          expect(found.restarts).to.equal(restarts)
          expect(found.learning).to.deep.equal(learning)
          expect(found.experts).to.deep.equal(experts)
        }
        expect(next).to.throw('end of the tape')
      })
    }
  })
}

/** Replays a case through the twins without storage rounding, keeping what each round starts from and ends in. */
function play({ rounds, lag = 0 }: VectorCase) {
  const played: Played[] = []
  const inputs: ReturnType<typeof settled>[] = []
  const owed: { published: ReturnType<typeof publish>; truth: bigint }[] = []
  let state = math.createTopicState({ exact: true })

  for (const vector of rounds) {
    const published = publish(state, vector)
    state = published.state
    owed.push({ published, truth: BigInt(vector.truth) })
    if (owed.length > lag) {
      const { published: earlier, truth } = owed.shift()!
      inputs.push(settled({ published: earlier, known: state, truth }))
      state = math.settle(state, earlier.round, truth)
    }
    played.push({ vector, aggregate: published.round.aggregate, era: state.era, after: state })
  }

  return { played, inputs }
}

function publish(before: math.TopicState, vector: VectorRound) {
  const at = (list: readonly string[] | undefined, i: number) =>
    list === undefined ? undefined : BigInt(list[i]!)
  const predictions = vector.ids.map((id, i) => {
    const [confidence, budget] = [at(vector.confidences, i), at(vector.budgets, i)]
    return {
      worker: String(id),
      value: BigInt(vector.predictions[i]!),
      wager: BigInt(vector.wagers[i]!),
      ...(confidence !== undefined && { confidence }),
      ...(budget !== undefined && { budget }),
    }
  })
  const bounds = {
    ...(vector.bounds && { bounds: rangeOf(vector.bounds) }),
    ...(vector.domain && { domain: rangeOf(vector.domain) }),
  }
  const { state, round } = math.publish(before, predictions, bounds)

  return { before, state, round, bounds }
}

function rangeOf([low, high]: readonly [string, string]): math.Range {
  return { low: BigInt(low), high: BigInt(high) }
}

/** A round as its truth comes: what the harness is given of it, and what it must find. `known` is the topic's by then. */
function settled({
  published: { before, state, round, bounds: frame },
  known,
  truth,
}: {
  published: ReturnType<typeof publish>
  known: math.TopicState
  truth: bigint
}) {
  const { bounds = math.ALL_VALUES, domain = bounds } = frame
  const { aggregate, submissions, predictions } = round
  const range = math.rangeOf(bounds, domain, predictions.length, state.learning)
  const slope = math.gradient(aggregate.inner, truth, known.learning)
  const experts = predictions.map(({ worker }) => {
    const { regret, energy } = math.recordIn(known.era, known.workers.get(worker))
    return { regret, energy }
  })
  const confidences = predictions.map(({ confidence = 10_000n }) => confidence)
  const input: RoundCase = {
    submissions,
    confidences,
    experts,
    hints: math.hintsOf(submissions, range),
    published: state.learning,
    bounds,
    frozen: domain,
    season: math.seasonOf(before, predictions),
    resolved: known.learning,
    truth,
    intervalBps: known.intervalBps,
    ...NO_MONEY,
  }

  return {
    input,
    aggregate,
    restarts: state.era > before.era,
    learning: math.learn(known.learning, aggregate, truth, known.intervalBps),
    experts: experts.map((expert, i) => {
      const value = math.clamp(submissions.values[i]!, aggregate.low, aggregate.high)
      const latest = math.regret(slope, aggregate.inner, value, confidences[i]!)
      return math.learnExpert(expert, latest)
    }),
  }
}

/**
 * `usual` is told where rounds settle at once: the reference counts a round's money as it is published, the network as
 * its truth comes.
 */
function expectAsGiven({ vector, aggregate, era, after }: Played, tellsUsual: boolean) {
  const { learning, usual, workers } = after
  const { value, inner, anchor, mean, below, above } = aggregate
  const houses = [learning.anchor, learning.mean]

  expect({
    published: String(value),
    inner: String(inner),
    anchor: String(anchor),
    mean: String(mean),
    widths: below === math.NONE ? null : [String(below), String(above)],
    after: {
      era: String(era),
      usual: tellsUsual ? String(usual) : vector.after.usual,
      peak: String(learning.peak),
      anchorError: String(learning.anchorError),
      feedError: String(learning.feedError),
      bias: String(learning.bias),
      width: [String(learning.widthBelow), String(learning.widthAbove)],
      house: houses.map(({ regret, energy }) => [String(regret), String(energy)]),
      workers: Object.fromEntries(
        Object.keys(vector.after.workers).map((id) => {
          const { regret, energy, count } = workers.get(id)!
          return [id, [String(regret), String(energy), String(count)]]
        }),
      ),
    },
  }).to.deep.equal({
    published: vector.published,
    inner: vector.inner,
    anchor: vector.anchor,
    mean: vector.mean,
    widths: vector.widths,
    after: vector.after,
  })
}
