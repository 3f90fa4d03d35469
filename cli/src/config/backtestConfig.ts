import { z } from 'zod'
import { chain, duration, question, source, topicId } from './fields.ts'
import { confidence, workerConfig } from './workerConfig.ts'

const { model, maxSigmas, seed, requireGpu } = workerConfig.shape

/** As much of a worker's file as a backtest needs; a chain and a topic only where it is played in a topic's past. */
export const backtestConfig = z.object({
  chain: chain.optional(),
  topic: topicId.optional(),
  source,
  question,
  model,
  maxSigmas,
  seed,
  requireGpu,
  predictWithin: duration.prefault('60s'),
  confidence: confidence.prefault(0.5),
})

export type BacktestConfig = z.output<typeof backtestConfig>
