import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import type * as Wasm from '@tensorflow/tfjs-backend-wasm'
import { importTensorflow } from './tensors.ts'
import type { Started } from './tensors.ts'

const require = createRequire(import.meta.url)

/** WebAssembly with SIMD on one thread of the processor. */
export async function startWasm(): Promise<Started> {
  const tf = importTensorflow()
  const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm') as typeof Wasm
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep)

  const isUp = await keepingErrorHandlers(() => tf.setBackend('wasm'))
  if (!isUp) return { status: 'absent', reason: 'WebAssembly did not start' }
  return { status: 'started', tf, device: 'CPU by WebAssembly', gpu: false }
}

/** Emscripten puts its own handlers on the process, which would hide where an error came from. */
async function keepingErrorHandlers<T>(start: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection']
  const before = events.map((event) => process.rawListeners(event))
  try {
    return await start()
  } finally {
    for (const [i, event] of events.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (!before[i]!.includes(listener)) process.off(event, listener as () => void)
      }
    }
  }
}
