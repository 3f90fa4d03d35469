import type * as Tensorflow from '@tensorflow/tfjs'

export interface StartOptions {
  /** Accept a GPU that is only emulated by the processor; for tests, as it is very slow. */
  software: boolean
}

export type Started =
  | { status: 'started'; tf: typeof Tensorflow; device: string; gpu: boolean }
  | { status: 'absent'; reason: string }
