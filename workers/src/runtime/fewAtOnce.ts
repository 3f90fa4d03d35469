import PQueue from 'p-queue'
import type { Transport } from 'viem'

/** A way to a chain that asks no more than so much at once: what waits for its turn here does not time out there. */
export function fewAtOnce(transport: Transport, { most }: { most: number }): Transport {
  const queue = new PQueue({ concurrency: most })
  return (options) => {
    const { request, ...rest } = transport(options)
    const inTurn = (...args: Parameters<typeof request>) => queue.add(() => request(...args))
    return { ...rest, request: inTurn as typeof request }
  }
}
