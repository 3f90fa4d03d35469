import type { AuspexClient } from '../client.ts'
import { getWindow } from './getWindow.ts'
import type { WindowParams } from './getWindow.ts'
import type { Window } from './windowOf.ts'

/**
 * How long until a round's truth is asked for, by chain time.
 * @throws AuspexError UnknownTopic
 */
export function getTimeToResolve(client: AuspexClient, params: WindowParams): Promise<Window> {
  return getWindow(client, 'due', params)
}
