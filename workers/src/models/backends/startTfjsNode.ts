import { createRequire } from 'node:module'
import util from 'node:util'
import { importTensorflow } from './tensors.ts'
import type { Started } from './tensors.ts'

const require = createRequire(import.meta.url)

/** TensorFlow's own library, present only where its binary could be installed. */
export async function startTfjsNode(): Promise<Started> {
  if (!isInstalled()) return { status: 'absent', reason: 'tfjs-node is not installed' }

  restoreRemovedUtils()
  require('@tensorflow/tfjs-node')
  const tf = importTensorflow()
  await tf.setBackend('tensorflow')

  const gpu = (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true
  return { status: 'started', tf, device: gpu ? 'GPU by TensorFlow' : 'CPU by TensorFlow', gpu }
}

function isInstalled(): boolean {
  try {
    require.resolve('@tensorflow/tfjs-node')
    return true
  } catch {
    return false
  }
}

/** tfjs-node 4.22 calls two helpers that Node 23 removed. */
function restoreRemovedUtils(): void {
  const helpers = util as unknown as Record<string, unknown>
  helpers['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  helpers['isArray'] ??= Array.isArray
}
