import { createRequire } from 'node:module'
import { findAdapter } from './findAdapter.ts'
import { importTensorflow } from './importTensorflow.ts'
import type { StartOptions, Started } from './started.ts'

const require = createRequire(import.meta.url)

/** A GPU through WebGPU (Dawn: Vulkan, Metal or Direct3D). */
export async function startWebgpu({ software }: StartOptions): Promise<Started> {
  const found = await findAdapter()
  if (found.status === 'absent') return found

  const { isEmulated } = found
  const device = isEmulated ? `${found.device} (software, no GPU)` : found.device
  if (isEmulated && !software) return { status: 'absent', reason: device }

  const tf = importTensorflow()
  await lookLikeBrowser()
  require('@tensorflow/tfjs-backend-webgpu')
  const isUp = await tf.setBackend('webgpu')
  if (!isUp) return { status: 'absent', reason: `${device} did not start` }
  return { status: 'started', tf, device, gpu: !isEmulated }
}

/** The backend looks for the browser's globals; they are set only once there is an adapter. */
async function lookLikeBrowser(): Promise<void> {
  const { create, globals } = await import('webgpu')
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true })
}
