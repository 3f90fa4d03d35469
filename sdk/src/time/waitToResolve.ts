import type { AuspexClient } from '../client.ts'
import { getTimeToResolve } from './getTimeToResolve.ts'
import { waitToWindow } from './waitToWindow.ts'
import type { WaitParams } from './waitToWindow.ts'
import type { Window } from './windowOf.ts'

/**
 * Waits until a round's truth is asked for, by chain time; resolves at once where that time has come or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 */
export function waitToResolve(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToResolve, params)
}
