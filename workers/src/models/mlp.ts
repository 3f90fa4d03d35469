import type { Tensors } from '../backends/tensors.ts'
import type { History } from '../sources/history.ts'
import type { Series } from '../sources/series.ts'
import type { Forecaster, Memory } from './forecaster.ts'
import { mean } from './maths/mean.ts'
import { createNetwork } from './network.ts'
import type { Features } from './features/features.ts'

/** How many of the latest bars it trains on, how often, and how many times over. */
const MEMORY = 2000
const FIRST_EPOCHS = 15
const REFIT_EVERY = 42
const REFIT_EPOCHS = 1

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

interface Example {
  features: number[]
  truth: number
}

/**
 * A small multilayer perceptron trained with TensorFlow.js on standardised features, trained
 * further every few weeks from where it stands.
 */
export function mlp(options: {
  tensors: Pick<Tensors, 'tf'>
  target: Series
  /** Positive targets are learned as logarithms, probabilities through a sigmoid. */
  kind: 'value' | 'positive' | 'probability'
  features: Features
  size: number
  /** Weight of the squared weights in the loss: the noisier the target, the larger. */
  penalty: number
  seed: number
}): Forecaster {
  const { target, kind, features, seed } = options
  const name = 'mlp'
  const network = createNetwork({
    ...options,
    output: kind === 'probability' ? 'probability' : 'value',
  })
  let state: State | undefined
  let seen = 0

  function examples(history: History): Example[] {
    const first = Math.max(1, history.length - MEMORY)
    return Array.from({ length: history.length - first }, (_, i) => ({
      features: features(history, first + i - 1),
      truth: target(history, first + i),
    }))
  }

  async function ask({ inputs, output }: State, rows: number[][]): Promise<number[]> {
    const answers = await network.answer(rows.map((row) => standardise(inputs, row)))
    if (kind === 'probability') return answers
    const values = answers.map((answer) => output.centre + output.spread * answer)
    return kind === 'positive' ? values.map(Math.exp) : values
  }

  return {
    name,

    async fit(history) {
      if (state !== undefined && history.length < seen + REFIT_EVERY) return
      const known = examples(history)
      const rows = known.map((example) => example.features)
      const truths = known.map((example) => example.truth)
      const targets = kind === 'positive' ? truths.map(Math.log) : truths

      // The scales stay as first measured: the weights were learned in them.
      const { inputs, output } = state ?? {
        inputs: options.features(history, 0).map((_, i) => scaleOf(rows.map((row) => row[i]!))),
        output: kind === 'probability' ? { centre: 0, spread: 1 } : scaleOf(targets),
      }
      await network.train({
        inputs: rows.map((row) => standardise(inputs, row)),
        targets: targets.map((value) => (value - output.centre) / output.spread),
        epochs: state === undefined ? FIRST_EPOCHS : REFIT_EPOCHS,
        seed: seed + history.length,
      })

      state = { weights: await network.weights(), inputs, output, smear: 1 }
      if (kind === 'positive') {
        const answers = await ask(state, rows)
        state.smear = mean(truths.map((truth, i) => truth / answers[i]!))
      }
      seen = history.length
    },

    async predict(history) {
      if (state === undefined) throw new Error(`${name} was asked before it was fitted`)
      const [answer] = await ask(state, [features(history, history.length - 1)])
      return answer! * state.smear
    },

    save: () => ({ name, seen, state: structuredClone(state) }),

    load(memory: Memory) {
      if (memory.name !== name) throw new Error(`${name} cannot load the memory of ${memory.name}`)
      state = structuredClone(memory.state as State | undefined)
      seen = memory.seen
      if (state !== undefined) network.assign(state.weights)
    },
  }
}

function standardise(scales: Scale[], row: number[]): number[] {
  return row.map((value, i) => (value - scales[i]!.centre) / scales[i]!.spread)
}

function scaleOf(values: number[]): Scale {
  const centre = mean(values)
  const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
  return { centre, spread: spread > 0 ? spread : 1 }
}
