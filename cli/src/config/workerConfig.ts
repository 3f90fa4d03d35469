import { z } from 'zod'
import {
  chain,
  dataDir,
  duration,
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
import { model } from './modelFields.ts'

/** A share that stays, or one that is learned from round to round. */
export const confidence = z
  .union([
    share,
    z
      .strictObject({
        kind: z.literal('learned'),
        cap: share.prefault(1).describe('the most that is wagered'),
        floor: share.prefault(0.2).describe('the least that is wagered'),
        fraction: z
          .number()
          .positive()
          .max(1)
          .default(0.5)
          .describe('share of what Kelly would wager'),
        window: z.int().min(20).default(120).describe('rounds that are looked back on'),
        risk: z
          .number()
          .positive()
          .max(1)
          .default(0.04)
          .describe('share of a stake that the topic puts at risk'),
      })
      .refine(({ cap, floor }) => floor <= cap, 'has a floor above its cap')
      .transform(({ kind: _, ...rule }) => rule),
  ])
  .describe(
    'share of its budget that the worker wagers, above 0 and at most 1; or a section with kind learned',
  )

/** The file that `auspex worker start` reads. */
export const workerConfig = z.strictObject({
  chain,
  topic: topicId,
  keys,
  dataDir,
  source,
  question,
  model,
  predictWithin: duration
    .prefault('60s')
    .describe('how long the model may take; then its thread is ended and the round sat out'),
  fallback: model
    .optional()
    .describe(
      'a model that speaks where the first one hangs, fails or says nonsense; nobody does where it is left out',
    ),
  maxSigmas: z
    .number()
    .positive()
    .default(50)
    .describe(
      'how many usual moves of the truth a prediction may lie from the last one; what lies farther is not said',
    ),
  coin: z
    .strictObject({
      warn: z
        .int()
        .nonnegative()
        .default(50)
        .describe('rounds’ worth of coin below which the log warns'),
      stop: z
        .int()
        .positive()
        .default(1)
        .describe('rounds’ worth of coin below which nothing new is committed'),
    })
    .prefault({})
    .describe('how much coin a worker keeps, so that it can open whatever it has committed'),
  seed: z.int().default(1).describe('what models with chance in them start from'),
  confidence,
  reputers: z
    .array(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }))
    .default([])
    .describe('reputers to hand predictions to, the preferred one first; none sends all directly'),
  patience: share
    .prefault(0.7)
    .describe('share of a window that is left to reputers before the worker sends by itself'),
  requireGpu: z.boolean().default(false).describe('whether to refuse to start without a GPU'),
  fees: fees.optional(),
  http: http.optional(),
  pollMs,
  logLevel,
})

export type WorkerConfig = z.output<typeof workerConfig>
