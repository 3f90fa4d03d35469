import { openTensors } from '@auspex/workers/models'
import type { Tensors } from '@auspex/workers/models'

/** TensorFlow.js on the best backend there is. */
export async function bringUpTensors(): Promise<Tensors> {
  const opened = await openTensors()
  if (opened.status === 'ready') return opened.tensors

  const reasons = opened.refused.map(({ name, reason }) => `${name}: ${reason}`)
  throw new Error(`No backend of TensorFlow.js can train here.\n${reasons.join('\n')}`)
}
