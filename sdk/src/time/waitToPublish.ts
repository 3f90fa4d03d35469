import type { AuspexClient } from '../client.ts'
import { getTimeToPublish } from './getTimeToPublish.ts'
import { waitToWindow } from './waitToWindow.ts'
import type { WaitParams } from './waitToWindow.ts'
import type { Window } from './windowOf.ts'

/**
 * Waits until a round's aggregate can be published: by chain time, or before it when all that was committed is revealed.
 * Resolves at once where that is so already, or passed.
 * @throws AuspexError UnknownTopic, or the signal's reason
 */
export function waitToPublish(client: AuspexClient, params: WaitParams): Promise<Window> {
  return waitToWindow(client, getTimeToPublish, params)
}
