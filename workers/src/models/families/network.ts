import type { Rank, Scalar, Tensor2D } from '@tensorflow/tfjs'
import type { Tensors } from '../backends/tensors.ts'

const HIDDEN = 12
const BATCH = 128
const LEARNING_RATE = 0.01

/** One hidden layer beside a straight line from the inputs to the output. */
export interface Network {
  /** Goes `epochs` times over the rows, in an order that only the seed decides. */
  train(lesson: {
    inputs: number[][]
    targets: number[]
    epochs: number
    seed: number
  }): Promise<void>
  answer(inputs: number[][]): Promise<number[]>
  weights(): Promise<number[][]>
  assign(weights: number[][]): void
}

/** Builds a network with TensorFlow.js; equal seeds give equal networks. */
export function createNetwork(options: {
  tensors: Pick<Tensors, 'tf'>
  size: number
  output: 'value' | 'probability'
  /** Weight of the squared weights in the loss. */
  penalty: number
  seed: number
  /** Rows of a training step. */
  batch?: number
}): Network {
  const { tensors, size, output, penalty, seed, batch: rows = BATCH } = options
  const { tf } = tensors

  const hidden = variable([size, HIDDEN], 1 / Math.sqrt(size), seed)
  const bias = variable([1, HIDDEN], 0, seed)
  const combine = variable([HIDDEN, 1], 0.1, seed + 1)
  const straight = variable([size, 1], 0, seed)
  const offset = variable([1, 1], 0, seed)
  const variables = [hidden, bias, combine, straight, offset]

  function variable(shape: [number, number], spread: number, from: number) {
    return tf.variable<Rank.R2>(tf.randomNormal(shape, 0, spread, 'float32', from))
  }

  function forward(inputs: Tensor2D): Tensor2D {
    const layer = tf.tanh(tf.add(tf.matMul(inputs, hidden), bias)) as Tensor2D
    const bent = tf.matMul(layer, combine)
    return tf.add(tf.add(bent, tf.matMul(inputs, straight)), offset)
  }

  function loss(inputs: Tensor2D, targets: Tensor2D): Scalar {
    const outputs = forward(inputs)
    const error: Scalar =
      output === 'probability'
        ? tf.losses.sigmoidCrossEntropy(targets, outputs)
        : tf.losses.meanSquaredError(targets, outputs)
    const squares = tf.addN(
      [hidden, combine, straight, offset].map((each) => tf.sum(tf.square(each))),
    )
    return tf.add(error, tf.mul(squares, penalty))
  }

  return {
    async train({ inputs, targets, epochs, seed: shuffle }) {
      const optimizer = tf.train.adam(LEARNING_RATE)
      for (let epoch = 0; epoch < epochs; epoch++) {
        const order = await shuffled({ tf, count: inputs.length, seed: shuffle + epoch })
        for (let start = 0; start < order.length; start += rows) {
          const batch = order.slice(start, start + rows)
          const x = tf.tensor2d(batch.map((i) => inputs[i]!))
          const y = tf.tensor2d(batch.map((i) => [targets[i]!]))
          optimizer.minimize(() => loss(x, y), false, variables)
          tf.dispose([x, y])
        }
      }
      optimizer.dispose()
    },

    async answer(inputs) {
      const outputs = tf.tidy(() => {
        const raw = forward(tf.tensor2d(inputs))
        return output === 'probability' ? tf.sigmoid(raw) : raw
      })
      const values = await outputs.data()
      outputs.dispose()
      return Array.from(values)
    },

    async weights() {
      return Promise.all(variables.map(async (each) => Array.from(await each.data())))
    },

    assign(weights) {
      for (const [i, each] of variables.entries()) {
        const saved = tf.tensor(weights[i]!, each.shape) as Tensor2D
        each.assign(saved)
        saved.dispose()
      }
    },
  }
}

async function shuffled(deck: {
  tf: Tensors['tf']
  count: number
  seed: number
}): Promise<number[]> {
  const { tf, count, seed } = deck
  const draws = tf.randomUniform([count], 0, 1, 'float32', seed)
  const keys = await draws.data()
  draws.dispose()
  return Array.from(keys.keys()).sort((left, right) => keys[left]! - keys[right]! || left - right)
}
