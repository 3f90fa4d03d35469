import type { AuspexClient } from '../client.ts'
import { getTopic } from '../reads/getTopic.ts'
import type { WindowParams } from './getWindow.ts'
import { sleep } from './sleep.ts'
import type { Window } from './windowOf.ts'

export type WaitParams = WindowParams & {
  /** Ends the wait: the promise rejects with the signal's reason. */
  signal?: AbortSignal
  /** Milliseconds between looks at the chain's clock; the public client's where not given. */
  pollingInterval?: number
}

/** Looks at a window by chain time until it is no longer ahead, and tells whether it is open or passed. */
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
