import type { Tensors } from '../backends/tensors.ts'
import type { History } from '../sources/history.ts'
import type { Series } from '../sources/series.ts'
import type { Features } from './features/features.ts'
import type { Forecaster } from './forecaster.ts'
import { mean } from './maths/mean.ts'
import { positive } from './maths/positive.ts'
import { createNetwork } from './network.ts'
import { requireForward } from './requireForward.ts'
import { requireOwnMemory } from './requireOwnMemory.ts'

/** How many of the latest bars it trains on, how often, and how many times over. */
const LATEST = 2000
const LEAST = 50
const FIRST_EPOCHS = 15
const REFIT_EVERY = 42
const REFIT_EPOCHS = 1

/**
 * Signed targets lie around zero, positive ones are learned as logarithms, probabilities through a
 * sigmoid.
 */
type Kind = 'signed' | 'positive' | 'probability'

interface State {
  weights: number[][]
  inputs: Scale[]
  output: Scale
  /** Mean of truth over answer, for targets learned as logarithms. */
  smear: number
}

interface Scale {
  centre: number
  spread: number
}

/**
 * A small multilayer perceptron trained with TensorFlow.js on standardised features, and trained
 * further every few weeks from where it stands.
 */
export function mlp(options: {
  tensors: Pick<Tensors, 'tf'>
  target: Series
  kind: Kind
  features: Features
  /** How many features there are. */
  size: number
  /** Weight of the squared weights in the loss: the noisier the target, the larger. */
  penalty: number
  seed: number
}): Forecaster {
  const { target, kind, features, seed } = options
  const name = 'mlp'
  const output = kind === 'probability' ? 'probability' : 'value'
  const network = createNetwork({ ...options, output })
  let state: State | undefined
  let seen = 0

  function latest(history: History): { rows: number[][]; truths: number[] } {
    const first = Math.max(1, history.length - LATEST)
    const indexes = Array.from({ length: history.length - first }, (_, i) => first + i)
    return {
      rows: indexes.map((index) => features(history, index - 1)),
      truths: indexes.map((index) => truthOf(target(history, index))),
    }
  }

  function truthOf(value: number): number {
    return kind === 'positive' ? positive(value) : value
  }

  async function answer({ inputs, output }: State, rows: number[][]): Promise<number[]> {
    const outputs = await network.answer(rows.map((row) => standardise(row, inputs)))
    const values = outputs.map((value) => output.centre + output.spread * value)
    return kind === 'positive' ? values.map(Math.exp) : values
  }

  return {
    name,

    async fit(history) {
      requireForward({ name, seen, history })
      if (state !== undefined && history.length < seen + REFIT_EVERY) return
      if (history.length < LEAST) throw new Error(`${name} cannot learn from under ${LEAST} bars`)

      const { rows, truths } = latest(history)
      const targets = kind === 'positive' ? truths.map(Math.log) : truths

      // The scales stay as first measured: the weights were learned in them.
      const inputs = state?.inputs ?? columns(rows).map(scaleOf)
      const output = state?.output ?? outputScale({ kind, targets })
      await network.train({
        inputs: rows.map((row) => standardise(row, inputs)),
        targets: targets.map((value) => (value - output.centre) / output.spread),
        epochs: state === undefined ? FIRST_EPOCHS : REFIT_EPOCHS,
        seed: seed + history.length,
      })

      state = { weights: await network.weights(), inputs, output, smear: 1 }
      if (kind === 'positive') {
        const answers = await answer(state, rows)
        state.smear = mean(truths.map((truth, i) => truth / answers[i]!))
      }
      seen = history.length
    },

    async predict(history) {
      if (state === undefined) throw new Error(`${name} was asked before it had learned`)
      const [value] = await answer(state, [features(history, history.length - 1)])
      return value! * state.smear
    },

    save: () => ({ name, seen, state: structuredClone(state) }),

    load(memory) {
      requireOwnMemory({ name, memory })
      state = structuredClone(memory.state as State | undefined)
      seen = memory.seen
      if (state !== undefined) network.assign(state.weights)
    },
  }
}

function outputScale({ kind, targets }: { kind: Kind; targets: number[] }): Scale {
  if (kind === 'probability') return { centre: 0, spread: 1 }
  const scale = scaleOf(targets)
  return kind === 'signed' ? { ...scale, centre: 0 } : scale
}

function scaleOf(values: number[]): Scale {
  const centre = mean(values)
  const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
  return { centre, spread: spread > 0 ? spread : 1 }
}

function standardise(row: number[], scales: Scale[]): number[] {
  return row.map((value, i) => (value - scales[i]!.centre) / scales[i]!.spread)
}

function columns(rows: number[][]): number[][] {
  return rows[0]!.map((_, i) => rows.map((row) => row[i]!))
}
