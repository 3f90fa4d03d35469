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
