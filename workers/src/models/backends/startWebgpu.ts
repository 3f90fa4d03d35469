import { createRequire } from 'node:module'
import { execFile } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importTensorflow } from './tensors.ts'
import type { StartOptions, Started } from './tensors.ts'

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

const DESCRIBE = fileURLToPath(
  new URL(`describeAdapter${extname(import.meta.url)}`, import.meta.url),
)
const PATIENCE_MS = 60_000

export type FoundAdapter =
  { status: 'found'; device: string; isEmulated: boolean } | { status: 'absent'; reason: string }

/** Which GPU WebGPU would use, asked in a process of its own. */
export function findAdapter(): Promise<FoundAdapter> {
  return new Promise((resolve) => {
    execFile(process.execPath, [DESCRIBE], { timeout: PATIENCE_MS }, (error, stdout) => {
      if (error === null) return resolve(JSON.parse(stdout) as FoundAdapter)
      const how = error.killed ? 'took too long' : `ended by ${error.signal ?? error.code}`
      resolve({ status: 'absent', reason: `the search for a GPU ${how}` })
    })
  })
}
