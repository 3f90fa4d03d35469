import { openTensors } from '../../../workers/src/backends/openTensors.ts'
import type { Tensors } from '../../../workers/src/backends/tensors.ts'

/** TensorFlow.js on the best backend there is. */
export async function bringUpTensors(): Promise<Tensors> {
  const opened = await openTensors()
  if (opened.status === 'ready') return opened.tensors

  const reasons = opened.refused.map(({ name, reason }) => `${name}: ${reason}`)
  throw new Error(`No backend of TensorFlow.js can train here.\n${reasons.join('\n')}`)
}
