import { z } from 'zod'
import {
  chain,
  dataDir,
  fees,
  http,
  keys,
  logLevel,
  pollMs,
  question,
  share,
  source,
  topicId,
} from './fields.ts'

/** The file that `auspex worker start` reads. */
export const workerConfig = z.strictObject({
  chain,
  topic: topicId,
  keys,
  dataDir,
  source,
  question,
  model: z
    .string()
    .describe(
      'name of the forecaster; a wrong one is answered with the list. Or path of a module of yours that exports createModel',
    ),
  seed: z.int().default(1).describe('what models with chance in them start from'),
  confidence: share.describe('share of its budget that the worker wagers, above 0 and at most 1'),
  reputers: z
    .array(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }))
    .default([])
    .describe('reputers to hand predictions to, the preferred one first; none sends all directly'),
  patience: share
    .default(7000n)
    .describe('share of a window that is left to reputers before the worker sends by itself'),
  requireGpu: z.boolean().default(false).describe('whether to refuse to start without a GPU'),
  fees: fees.optional(),
  http: http.optional(),
  pollMs,
  logLevel,
})

export type WorkerConfig = z.output<typeof workerConfig>
