import { createRequire } from 'node:module'
import type * as Tensorflow from '@tensorflow/tfjs'

export type TensorBackend = 'tfjs-node' | 'webgpu' | 'wasm' | 'cpu'

/** TensorFlow.js on a backend that has proved that it can train. */
export interface Tensors {
  readonly tf: typeof Tensorflow
  readonly name: TensorBackend
  /** What computes, in words. */
  readonly device: string
  readonly gpu: boolean
  /** Measured duration of one training step of a small network. */
  readonly stepMs: number
}

export interface StartOptions {
  /** Accept a GPU that is only emulated by the processor; for tests, as it is very slow. */
  software: boolean
}

export type Started =
  | { status: 'started'; tf: typeof Tensorflow; device: string; gpu: boolean }
  | { status: 'absent'; reason: string }

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
