/*
 * The process of one backend. TensorFlow.js cannot forget a backend, and native drivers print and
 * crash as they please: what happens here stays here.
 */
import { measureBackend } from './measureBackend.ts'
import type { BackendJob, BackendMessage } from './Plan.ts'

process.once('message', async (job: BackendJob) => {
  await send(await answer(job))
  process.disconnect()
})

async function answer(job: BackendJob): Promise<BackendMessage> {
  try {
    return { outcome: await measureBackend({ job, tell: (progress) => void send({ progress }) }) }
  } catch (error) {
    const [fault] = (error as Error).message.split('\n')
    return { fault: fault! }
  }
}

/** Long messages leave piece by piece: the channel must not close before the last one. */
function send(message: BackendMessage): Promise<unknown> {
  return new Promise((resolve) => process.send?.(message, resolve))
}
