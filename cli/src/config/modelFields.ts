import { z } from 'zod'
import { duration } from './fields.ts'

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
const asking = {
  bars: z.int().positive().default(250).describe('latest rows of the data that go along'),
  timeout: duration
    .prefault('20s')
    .transform((seconds) => Number(seconds) * 1000)
    .describe('how long an answer may take'),
}
const keyEnv = z
  .string()
  .regex(/^\w+$/, 'must be the name of an environment variable')
  .optional()
  .describe('name of the environment variable that holds the key')

/** A model that answers from outside the worker. */
export const adapter = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    url: url.describe('where the question is posted to'),
    protocol: z
      .enum(['plain', 'v2'])
      .default('plain')
      .describe('plain, or v2 for the Open Inference Protocol'),
    keyEnv,
    ...asking,
  }),
  z.strictObject({
    kind: z.literal('command'),
    run: z
      .array(z.string().min(1))
      .min(1)
      .describe('program and arguments; it runs in the folder of this file'),
    ...asking,
  }),
  z.strictObject({
    kind: z.literal('onnx'),
    file: z.string().describe('path of the graph'),
    lags: z.int().positive().describe('latest truths that go in, oldest first'),
    scale: z
      .enum(['none', 'log'])
      .default('none')
      .describe('log takes logarithms going in and the exponential coming out'),
  }),
  z.strictObject({
    kind: z.literal('openai'),
    url: url.describe('base URL, up to and with /v1'),
    model: z.string().min(1).describe('the name of the model there'),
    keyEnv,
    samples: z
      .int()
      .min(1)
      .max(25)
      .default(1)
      .describe('answers that are asked for; their median counts'),
    tokens: z.int().positive().default(200).describe('tokens of an answer at most'),
    ...asking,
  }),
])

export const model = z
  .union([z.string(), adapter])
  .describe(
    'name of the forecaster; a wrong one is answered with the list. Or path of a module of yours that exports createModel. Or a section with kind http, command, onnx or openai',
  )
