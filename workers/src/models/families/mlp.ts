import type { Tensors } from '../backends/tensors.ts'
import type { Series } from '../../sources/series.ts'
import type { Features } from '../features/window.ts'
import type { Forecaster } from '../forecaster.ts'
import { lessonOf } from './lesson.ts'
import type { Kind, Scales } from './lesson.ts'
import { mean, standardise } from '../maths/numbers.ts'
import { createNetwork } from './network.ts'
import { requireForward, requireOwnMemory } from './online.ts'

/** From how many bars on it trains, how often, and how many times over. */
const LEAST = 50
const FIRST_EPOCHS = 15
const REFIT_EVERY = 42
const REFIT_EPOCHS = 1

interface State extends Scales {
  weights: number[][]
  /** Mean of truth over answer, for targets learned as logarithms. */
  smear: number
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
  const { kind, features, seed } = options
  const name = 'mlp'
  const output = kind === 'probability' ? 'probability' : 'value'
  const network = createNetwork({ ...options, output })
  let state: State | undefined
  let seen = 0

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

      // The scales stay as first measured: the weights were learned in them.
      const lesson = lessonOf({ ...options, history, scales: state })
      await network.train({
        ...lesson,
        epochs: state === undefined ? FIRST_EPOCHS : REFIT_EPOCHS,
        seed: seed + history.length,
      })

      const { rows, truths, scales } = lesson
      state = { ...scales, weights: await network.weights(), smear: 1 }
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
