import { windowOf } from '../maths/schedule.ts'
import type { ActivePhase, Window } from '../maths/schedule.ts'
import type { Times } from '../words/topic.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { getTopic } from '../reads/getTopic.ts'
import type { RoundKey } from '../words/round.ts'
import { getRound, isFullyRevealed } from '../reads/getRound.ts'

/** A round, and the topic's times where the caller has them, which spares reading them. */
export type WindowParams = RoundKey & { times?: Times }

/** How the window of a phase stands to chain time now. */
export async function getWindow(
  client: AuspexClient,
  phase: ActivePhase,
  { topic, round, times }: WindowParams,
): Promise<Window> {
  return windowOf({
    times: times ?? (await getTopic(client, { topic })),
    round,
    phase,
    time: await client.now(),
  })
}

/**
 * How long until a round takes sealed predictions, by chain time.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTimeToCommit } from '@auspex/sdk'
 *
 * const { status, seconds } = await getTimeToCommit(auspex, { topic, round })
 * ```
 */
export function getTimeToCommit(client: AuspexClient, params: WindowParams): Promise<Window> {
  return getWindow(client, 'commit', params)
}

/**
 * How long until a round's predictions are opened, by chain time.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTimeToReveal } from '@auspex/sdk'
 *
 * const { status, seconds } = await getTimeToReveal(auspex, { topic, round })
 * ```
 */
export function getTimeToReveal(client: AuspexClient, params: WindowParams): Promise<Window> {
  return getWindow(client, 'reveal', params)
}

/**
 * How long until a round's aggregate can be published, by chain time. `opensAt` is the end of the reveals; the window is
 * open before it where all that was committed is revealed.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTimeToPublish } from '@auspex/sdk'
 *
 * const { status, seconds } = await getTimeToPublish(auspex, { topic, round })
 * ```
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

/**
 * How long until a round's truth is asked for, by chain time.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTimeToResolve } from '@auspex/sdk'
 *
 * const { status, seconds } = await getTimeToResolve(auspex, { topic, round })
 * ```
 */
export function getTimeToResolve(client: AuspexClient, params: WindowParams): Promise<Window> {
  return getWindow(client, 'due', params)
}
