import type { Rank, Scalar, Tensor } from '@tensorflow/tfjs'
import type { Tensors } from './tensors.ts'

const ROWS = 64
const STEPS = 5

/** Trains a small network for a few steps; throws where training does not work or does not help. */
export async function measureStep({ tf }: Pick<Tensors, 'tf'>): Promise<number> {
  const inputs = tf.randomNormal<Rank.R2>([ROWS, 8], 0, 1, 'float32', 1)
  const targets = tf.sum(inputs, 1, true)
  const hidden = tf.variable<Rank.R2>(tf.randomNormal([8, 16], 0, 0.3, 'float32', 2))
  const output = tf.variable<Rank.R2>(tf.randomNormal([16, 1], 0, 0.3, 'float32', 3))
  const optimizer = tf.train.adam(0.01)

  const step = async () => {
    const loss = optimizer.minimize(
      () => {
        const outputs = tf.matMul(tf.tanh(tf.matMul(inputs, hidden)), output)
        return tf.losses.meanSquaredError<Tensor, Scalar>(targets, outputs)
      },
      true,
      [hidden, output],
    )!
    const [value] = await loss.data()
    loss.dispose()
    return value!
  }

  // The first step compiles the kernels and is not counted.
  const first = await step()
  const start = performance.now()
  let last = first
  for (let i = 0; i < STEPS; i++) last = await step()
  const stepMs = (performance.now() - start) / STEPS

  tf.dispose([inputs, targets, hidden, output])
  optimizer.dispose()
  if (!(last < first)) throw new Error(`training did not lower the loss (${first} to ${last})`)
  return stepMs
}
