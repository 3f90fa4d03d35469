import { createRequire } from 'node:module'
import { importTensorflow } from './importTensorflow.ts'
import type { StartOptions, Started } from './openTensors.ts'

const require = createRequire(import.meta.url)

const EMULATED = /swiftshader|llvmpipe|lavapipe|software|basic render/i

/** A GPU through WebGPU (Dawn: Vulkan, Metal or Direct3D). */
export async function startWebgpu({ software }: StartOptions): Promise<Started> {
  const dawn = await importDawn()
  if (dawn === undefined) return { status: 'absent', reason: 'webgpu is not installed' }

  const gpu = dawn.create([])
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) return { status: 'absent', reason: 'no GPU adapter' }

  const { info } = adapter
  const device = [info.vendor, info.device, info.description].filter(Boolean).join(' ')
  const isEmulated = info.isFallbackAdapter || EMULATED.test(`${info.architecture} ${device}`)
  if (isEmulated && !software) return { status: 'absent', reason: `${device} is no real GPU` }

  const tf = importTensorflow()
  lookLikeBrowser({ gpu, globals: dawn.globals })
  require('@tensorflow/tfjs-backend-webgpu')
  const isUp = await tf.setBackend('webgpu')
  if (!isUp) return { status: 'absent', reason: `${device} did not start` }
  return { status: 'started', tf, device, gpu: !isEmulated }
}

async function importDawn() {
  try {
    return await import('webgpu')
  } catch {
    return undefined
  }
}

/** The backend looks for the browser's globals; they are set only once there is an adapter. */
function lookLikeBrowser({ gpu, globals }: { gpu: GPU; globals: object }): void {
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
}
