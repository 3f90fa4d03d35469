import type { AuspexClient } from '../client.ts'
import { getTimeToCommit } from './getTimeToCommit.ts'
import { waitToWindow } from './waitToWindow.ts'
import type { WaitParams } from './waitToWindow.ts'
import type { Window } from './windowOf.ts'

/**
 * Waits until a round takes sealed predictions, by chain time; resolves at once where that time has come or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 */
export function waitToCommit(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToCommit, params)
}
