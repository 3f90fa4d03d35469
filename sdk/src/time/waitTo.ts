import type { AuspexClient } from '../client/createAuspex.ts'
import { getTopic } from '../reads/getTopic.ts'
import {
  getTimeToCommit,
  getTimeToReveal,
  getTimeToPublish,
  getTimeToResolve,
} from './getTimeTo.ts'
import type { Window } from '../maths/schedule.ts'
import type { WindowParams } from './getTimeTo.ts'

/**
 * Waits until a round takes sealed predictions, by chain time; resolves at once where that time has come or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 *
 * @example
 * ```ts
 * import { waitToCommit } from '@auspex/sdk'
 *
 * await waitToCommit(auspex, { topic, round, signal: AbortSignal.timeout(60_000) })
 * ```
 */
export function waitToCommit(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToCommit, params)
}

/**
 * Waits until a round's predictions are opened, by chain time; resolves at once where that time has come or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 *
 * @example
 * ```ts
 * import { waitToReveal } from '@auspex/sdk'
 *
 * await waitToReveal(auspex, { topic, round })
 * ```
 */
export function waitToReveal(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToReveal, params)
}

/**
 * Waits until a round's aggregate can be published: by chain time, or before it when all that was committed is revealed.
 * Resolves at once where that is so already, or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 *
 * @example
 * ```ts
 * import { publish, waitToPublish } from '@auspex/sdk'
 *
 * await waitToPublish(auspex, { topic, round })
 * await publish(auspex, { topic, round })
 * ```
 */
export function waitToPublish(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToPublish, params)
}

/**
 * Waits until a round's truth is asked for, by chain time; resolves at once where that time has come or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 *
 * @example
 * ```ts
 * import { resolve, waitToResolve } from '@auspex/sdk'
 *
 * await waitToResolve(auspex, { topic, round })
 * await resolve(auspex, { topic, round, proof })
 * ```
 */
export function waitToResolve(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToResolve, params)
}

export type WaitParams = WindowParams & {
  /** Ends the wait: the promise rejects with the signal's reason. */
  signal?: AbortSignal
  /** Milliseconds between looks at the chain's clock; the public client's where not given. */
  pollingInterval?: number
}

/** Reads a window by chain time until it is no longer ahead, and returns whether it is open or passed. */
export async function waitToWindow(
  client: AuspexClient,
  look: (client: AuspexClient, params: WindowParams) => Promise<Window>,
  { signal, pollingInterval = client.public.pollingInterval, ...params }: WaitParams,
): Promise<Window> {
  const times = params.times ?? (await getTopic(client, params))
  for (;;) {
    signal?.throwIfAborted()
    const window = await look(client, { ...params, times })
    if (window.status !== 'ahead') return window
    // Chain time may leap, in tests and after an outage, so the clock is looked at even when the wait is long.
    await sleep(Math.min(pollingInterval, Number(window.seconds) * 1000), signal)
  }
}

/** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
