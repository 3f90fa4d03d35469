import type { AuspexClient } from '../client.ts'
import { getTopic } from '../reads/getTopic.ts'
import type { RoundKey, Times } from '../types.ts'
import { windowOf } from './windowOf.ts'
import type { ActivePhase, Window } from './windowOf.ts'

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
