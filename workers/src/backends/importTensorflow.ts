import { createRequire } from 'node:module'
import type * as Tensorflow from '@tensorflow/tfjs'

const require = createRequire(import.meta.url)

/**
 * TensorFlow.js without its advice on stderr. Loaded by require, because the backends are CommonJS
 * and must register with the same copy.
 */
export function importTensorflow(): typeof Tensorflow {
  const tf = require('@tensorflow/tfjs') as typeof Tensorflow
  tf.env().set('PROD', true)
  return tf
}
