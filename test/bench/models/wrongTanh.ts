/* Loaded before the bench, it makes one kernel of the wasm backend answer with another's values. */
import { createRequire } from 'node:module'
import type * as Tensorflow from '@tensorflow/tfjs'

const require = createRequire(import.meta.url)
const tf = require('@tensorflow/tfjs') as typeof Tensorflow
require('@tensorflow/tfjs-backend-wasm')

const { kernelFunc } = tf.getKernel('Sigmoid', 'wasm')
tf.unregisterKernel('Tanh', 'wasm')
tf.registerKernel({ kernelName: 'Tanh', backendName: 'wasm', kernelFunc })
