import { importTensorflow } from './importTensorflow.ts'
import type { Started } from './started.ts'

/** Plain JavaScript: slow, always there. */
export async function startCpu(): Promise<Started> {
  const tf = importTensorflow()
  await tf.setBackend('cpu')
  return { status: 'started', tf, device: 'CPU by JavaScript', gpu: false }
}
