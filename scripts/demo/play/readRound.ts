import { getOutcome, getResolution, getRevealed, unpackPrediction } from '@auspex/sdk'
import type { AuspexClient, Topic } from '@auspex/sdk'
import { NONE } from '@auspex/sdk/maths'
import { fromFixed18 } from '../../../workers/src/models/fromFixed18.ts'
import type { StagedTopic } from '../world/stage.ts'
import type { PlayedRound } from './playedRound.ts'
import { settlementOf } from './settlementOf.ts'
import { weightsOf } from './weightsOf.ts'

/** Looks a settled round up on the chain; undefined where it is void. `state` is the topic's at publication. */
export async function readRound(options: {
  client: AuspexClient
  topic: StagedTopic
  state: Topic
  round: number
  date: string
}): Promise<PlayedRound | undefined> {
  const { client, topic, state, round, date } = options
  const key = { topic: topic.id, round: BigInt(round) }
  const outcome = await getOutcome(client, key)
  const resolution = await getResolution(client, key)
  if (outcome === undefined || resolution === undefined) return undefined

  const { predictions, workers } = await getRevealed(client, key)
  const said = predictions.map(unpackPrediction)
  const changes = settlementOf({ terms: topic.terms, outcome, resolution, said })
  const weights = weightsOf({ topic: state, said })
  const seen = workers.map((worker) => worker.toLowerCase())
  const places = topic.workers.map(({ address }) => seen.indexOf(address.toLowerCase()))

  return {
    round,
    date,
    truth: fromFixed18(resolution.truth),
    aggregate: fromFixed18(outcome.value),
    half: outcome.half === NONE ? undefined : fromFixed18(outcome.half),
    predictions: places.map((at) => {
      const prediction = said[at]
      return prediction && fromFixed18(prediction.value)
    }),
    weights: places.map((at) => weights[at] ?? 0),
    changes: places.map((at) => changes[at] ?? 0n),
  }
}
