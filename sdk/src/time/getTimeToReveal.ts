import type { AuspexClient } from '../client.ts'
import { getWindow } from './getWindow.ts'
import type { WindowParams } from './getWindow.ts'
import type { Window } from './windowOf.ts'

/**
 * How long until a round's predictions are opened, by chain time.
 * @throws AuspexError UnknownTopic
 */
export function getTimeToReveal(client: AuspexClient, params: WindowParams): Promise<Window> {
  return getWindow(client, 'reveal', params)
}
