import { measureStep } from './measureStep.ts'
import { importTensorflow } from './tensors.ts'
import type { Started, StartOptions, TensorBackend, Tensors } from './tensors.ts'
import { startTfjsNode } from './startTfjsNode.ts'
import { startWasm } from './startWasm.ts'
import { startWebgpu } from './startWebgpu.ts'

const ORDER: readonly TensorBackend[] = ['tfjs-node', 'webgpu', 'wasm', 'cpu']

const start: Record<TensorBackend, (options: StartOptions) => Promise<Started>> = {
  'tfjs-node': startTfjsNode,
  webgpu: startWebgpu,
  wasm: startWasm,
  cpu: startCpu,
}

export interface Refusal {
  name: TensorBackend
  reason: string
}

export type OpenedTensors =
  | { status: 'ready'; tensors: Tensors; refused: Refusal[] }
  | { status: 'gpu-required'; refused: Refusal[] }
  | { status: 'unavailable'; refused: Refusal[] }

/** Brings up the first backend in order that completes a training step, and says how fast it was. */
export async function openTensors({
  requireGpu = false,
  only = ORDER,
  software = false,
}: {
  requireGpu?: boolean
  only?: readonly TensorBackend[]
  software?: boolean
} = {}): Promise<OpenedTensors> {
  const refused: Refusal[] = []

  for (const name of ORDER.filter((each) => only.includes(each))) {
    const tried = await tryBackend({ name, software, requireGpu })
    if ('device' in tried) return { status: 'ready', tensors: tried, refused }
    refused.push(tried)
  }

  return { status: requireGpu ? 'gpu-required' : 'unavailable', refused }
}

async function tryBackend(options: {
  name: TensorBackend
  software: boolean
  requireGpu: boolean
}): Promise<Tensors | Refusal> {
  const { name, software, requireGpu } = options
  try {
    const started = await start[name]({ software })
    if (started.status === 'absent') return { name, reason: started.reason }

    const { tf, device, gpu } = started
    if (requireGpu && !gpu) return { name, reason: `${device} is not a GPU` }
    return { tf, name, device, gpu, stepMs: await measureStep({ tf }) }
  } catch (error) {
    return { name, reason: (error as Error).message }
  }
}

/** Plain JavaScript: slow, always there. */
export async function startCpu(): Promise<Started> {
  const tf = importTensorflow()
  await tf.setBackend('cpu')
  return { status: 'started', tf, device: 'CPU by JavaScript', gpu: false }
}
