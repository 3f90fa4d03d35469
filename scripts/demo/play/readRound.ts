import { getOutcome, getResolution, getRevealed, settlementOf, unpackPrediction } from '@auspex/sdk'
import type { AuspexClient, Outcome, Topic } from '@auspex/sdk'
import { NONE } from '@auspex/sdk/maths'
import type { Gains } from '@auspex/sdk/maths'
import { fromFixed18 } from '@auspex/workers/models'
import type { StagedTopic } from '../world/stage.ts'
import type { PlayedRound } from './playedRound.ts'
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
  const { tipBps } = topic.terms
  const settlement = settlementOf({ outcome, resolution, predictions: said, tipBps })
  const weights = weightsOf({ topic: state, said })
  const seen = workers.map((worker) => worker.toLowerCase())
  const places = topic.workers.map(({ address }) => seen.indexOf(address.toLowerCase()))

  return {
    round,
    date,
    truth: fromFixed18(resolution.truth),
    aggregate: fromFixed18(outcome.value),
    interval: intervalOf(outcome),
    predictions: places.map((at) => {
      const prediction = said[at]
      return prediction && fromFixed18(prediction.value)
    }),
    weights: places.map((at) => weights[at] ?? 0),
    gains: places.map((at) => settlement.gains[at] ?? NOTHING),
    tip: settlement.tip,
    poolChange: settlement.poolChange,
  }
}

const NOTHING: Gains = { reward: 0n, pool: 0n, peers: 0n }

function intervalOf({ value, below, above }: Outcome): PlayedRound['interval'] {
  if (below === NONE) return undefined
  return { low: fromFixed18(value - below), high: fromFixed18(value + above) }
}
