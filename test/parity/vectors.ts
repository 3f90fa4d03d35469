import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as math from '../../sdk/src/maths/index.ts'
import { sharedFolder } from '../helpers/shared.ts'
import { playOnChain } from './playOnChain.ts'
import { inputTape, reader, readRound, type RoundCase } from './tape.ts'

/** A round as the vectors tell it; numbers are decimal strings. */
interface VectorRound {
  readonly ids: readonly number[]
  readonly predictions: readonly string[]
  readonly wagers: readonly string[]
  readonly truth: string
  readonly published: string
  readonly inner: string
  readonly anchor: string
  readonly mean: string
  readonly halfWidth: string | null
  readonly after: {
    readonly peak: string
    readonly anchorError: string
    readonly feedError: string
    readonly bias: string
    readonly width: string
    readonly house: readonly (readonly [string, string])[]
    readonly workers: Readonly<Record<string, readonly [string, string]>>
  }
}

interface VectorCase {
  readonly name: string
  readonly rounds: readonly VectorRound[]
}

/** What a round gave, as far as the vectors know it, in words of their form. */
interface Found {
  readonly aggregate: readonly [string, string, string, string, string | null]
  readonly learning: readonly string[]
  readonly workers: readonly (readonly [string, string])[]
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
      const played = play(each)

      it(`match in TypeScript: ${each.name}`, () => {
        played.forEach(({ round, twin }) => expect(twin).to.deep.equal(wanted(round)))
      })

      it(`match in Solidity: ${each.name}`, async () => {
        const words = await playOnChain(played.flatMap(({ input }) => inputTape(input)))
        const next = reader(words)
        for (const { round } of played) {
          const { aggregate, learning, experts } = readRound(next, round.ids.length)
          expect(found(aggregate, learning, experts)).to.deep.equal(wanted(round))
        }
        expect(next).to.throw('end of the tape')
      })
    }
  })
}

/** Replays a case through the twins without storage rounding, keeping what each round starts from. */
function play({ rounds }: VectorCase) {
  let state = math.createTopicState({ exact: true })

  return rounds.map((round) => {
    const published = math.publish(
      state,
      round.ids.map((id, i) => ({
        worker: String(id),
        value: BigInt(round.predictions[i]!),
        wager: BigInt(round.wagers[i]!),
      })),
    )
    const input = inputOf(state, published, BigInt(round.truth))
    state = math.settle(state, published, BigInt(round.truth))

    return { round, input, twin: foundBy(round, published.aggregate, state) }
  })
}

function inputOf(state: math.TopicState, round: math.PublishedRound, truth: bigint): RoundCase {
  return {
    submissions: round.submissions,
    experts: round.predictions.map(
      ({ worker }) => state.workers.get(worker) ?? { regret: 0n, energy: 0n },
    ),
    hints: math.hintsOf(round.submissions),
    published: state.learning,
    resolved: state.learning,
    truth,
    intervalBps: state.intervalBps,
    domain: { kind: 'fixed', scaleBps: 1n, center: 0n, sigma: 1n, least: 0n, most: math.ONE },
    pool: 0n,
    rateBps: 0n,
    capBps: 0n,
  }
}

function wanted({ ids, published, inner, anchor, mean, halfWidth, after }: VectorRound): Found {
  const { anchorError, feedError, bias, width, house, workers } = after

  return {
    aggregate: [published, inner, anchor, mean, halfWidth],
    learning: [anchorError, feedError, bias, width, ...house.flat()],
    workers: ids.map((id) => workers[id]!),
  }
}

function foundBy(round: VectorRound, aggregate: math.Aggregate, state: math.TopicState): Found {
  expect(String(state.learning.peak)).to.equal(round.after.peak)

  return found(
    aggregate,
    state.learning,
    round.ids.map((id) => state.workers.get(String(id))!),
  )
}

function found(
  { value, inner, anchor, mean, half }: math.Aggregate,
  learning: math.Learning,
  experts: readonly math.Expert[],
): Found {
  const { anchorError, feedError, bias, width } = learning
  const houses = [learning.anchor, learning.mean].flatMap(({ regret, energy }) => [regret, energy])

  return {
    aggregate: [
      String(value),
      String(inner),
      String(anchor),
      String(mean),
      half === math.NONE ? null : String(half),
    ],
    learning: [anchorError, feedError, bias, width, ...houses].map(String),
    workers: experts.map(({ regret, energy }) => [String(regret), String(energy)]),
  }
}
