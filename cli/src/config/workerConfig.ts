import { z } from 'zod'
import {
  above0,
  chain,
  dataDir,
  duration,
  fees,
  http,
  httpUrl,
  keys,
  kind,
  logLevel,
  pollMs,
  question,
  share,
  source,
  topicId,
  whole,
} from './fields.ts'
import { model } from './modelFields.ts'

/** A share that stays, or one that is learned from round to round. */
export const confidence = z
  .union([
    share,
    z
      .strictObject({
        kind: kind('learned'),
        cap: share.prefault(1).meta({ example: '50%' }).describe('the most that is wagered'),
        floor: share.prefault(0.2).meta({ example: '20%' }).describe('the least that is wagered'),
        fraction: above0(1)
          .default(0.5)
          .meta({ example: '0.5' })
          .describe('share of what Kelly would wager'),
        window: whole(20, 100_000)
          .default(120)
          .meta({ example: '120' })
          .describe('rounds that are looked back on'),
        risk: above0(1)
          .default(0.04)
          .meta({ example: '0.04' })
          .describe('share of a stake that the topic puts at risk'),
      })
      .refine(({ cap, floor }) => floor <= cap, {
        path: ['floor'],
        error: 'must be at most the cap',
      })
      .transform(({ kind: _, ...rule }) => rule),
  ])
  .meta({ example: '10%' })
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
    .refine((seconds) => seconds > 0n, 'must be a second at least')
    .prefault('60s')
    .meta({ example: '60s' })
    .describe('how long the model may take; then its thread is ended and the round sat out'),
  fallback: model
    .optional()
    .describe(
      'a model that speaks where the first one hangs, fails or says nonsense; nobody does where it is left out',
    ),
  maxSigmas: above0(1_000_000)
    .default(50)
    .meta({ example: '50' })
    .describe(
      'how many usual moves of the truth a prediction may lie from the last one; what lies farther is not said',
    ),
  coin: z
    .strictObject({
      warn: whole(0, 1_000_000)
        .default(50)
        .meta({ example: '50' })
        .describe('rounds’ worth of coin below which the log warns'),
      stop: whole(1, 1_000_000)
        .default(1)
        .meta({ example: '1' })
        .describe('rounds’ worth of coin below which nothing new is committed'),
    })
    .prefault({})
    .meta({ example: '{ warn: 50, stop: 1 }' })
    .describe('how much coin a worker keeps, so that it can open whatever it has committed'),
  seed: whole(-(2 ** 31), 2 ** 31 - 1)
    .default(1)
    .meta({ example: '1' })
    .describe('what models with chance in them start from'),
  confidence,
  reputers: z
    .array(httpUrl)
    .default([])
    .meta({ example: "['https://reputer.example.org']" })
    .describe('reputers to hand predictions to, the preferred one first; none sends all directly'),
  patience: share
    .prefault(0.7)
    .meta({ example: '70%' })
    .describe('share of a window that is left to reputers before the worker sends by itself'),
  requireGpu: z
    .boolean()
    .default(false)
    .meta({ example: 'false' })
    .describe('whether to refuse to start without a GPU'),
  fees: fees.optional(),
  http: http.optional(),
  pollMs,
  logLevel,
})

export type WorkerConfig = z.output<typeof workerConfig>
