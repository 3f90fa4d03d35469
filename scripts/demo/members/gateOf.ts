import { getPosition, getTurn } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import type { Gate } from '@auspex/workers'
import type { OpenedTopic } from '../world/openTopics.ts'

/** What a reputer's desk asks of the chain, here where an hour of the chain passes in no time. */
export function gateOf({ client, topic }: { client: AuspexClient; topic: OpenedTopic }): Gate {
  const { id, terms } = topic
  return {
    phaseOf: async (round) => (await getTurn(client, { topic: id, round, times: terms })).phase,
    isSealing: async () => terms.commitWindow > 0n,
    isSeated: async (round, worker) => {
      const { from, until } = await getPosition(client, { topic: id, worker })
      return from <= round && round < until
    },
  }
}
