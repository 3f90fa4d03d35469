import type { AuspexClient } from '../client.ts'
import { isFullyRevealed } from '../isFullyRevealed.ts'
import { getRound } from '../reads/getRound.ts'
import { getTopic } from '../reads/getTopic.ts'
import { getWindow } from './getWindow.ts'
import type { WindowParams } from './getWindow.ts'
import type { Window } from './windowOf.ts'

/**
 * How long until a round's aggregate can be published, by chain time. `opensAt` is the end of the reveals; the window is
 * open before it where all that was committed is revealed.
 * @throws AuspexError UnknownTopic
 */
export async function getTimeToPublish(
  client: AuspexClient,
  { topic, round, ...params }: WindowParams,
): Promise<Window> {
  const times = params.times ?? (await getTopic(client, { topic }))
  const window = await getWindow(client, 'live', { topic, round, times })
  // Nothing is revealed before the reveals begin, so that the round need not be read.
  const isRevealing = window.status === 'ahead' && window.seconds <= times.revealWindow
  if (!isRevealing || !isFullyRevealed(await getRound(client, { topic, round }))) return window
  return { ...window, status: 'open', seconds: 0n }
}
