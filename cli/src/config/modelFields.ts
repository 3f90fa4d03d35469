import { z } from 'zod'
import { byKind, httpUrl, keyEnv, kind, text, timeout, whole } from './fields.ts'

const url = httpUrl.meta({ example: "'http://127.0.0.1:9000'" })
const asking = {
  bars: whole(1, 1_000_000)
    .default(250)
    .meta({ example: '250' })
    .describe('latest rows of the data that go along'),
  timeout,
}

/** A model that answers from outside the worker. */
export const adapter = byKind([
  z.strictObject({
    kind: kind('http'),
    url: url.describe('where the question is posted to'),
    protocol: z
      .enum(['plain', 'v2'])
      .default('plain')
      .meta({ example: 'plain' })
      .describe('plain, or v2 for the Open Inference Protocol'),
    keyEnv,
    ...asking,
  }),
  z.strictObject({
    kind: kind('command'),
    run: z
      .array(text)
      .min(1)
      .meta({ example: '[python3, model.py]' })
      .describe('program and arguments; it runs in the folder of this file'),
    ...asking,
  }),
  z.strictObject({
    kind: kind('onnx'),
    file: text.meta({ example: 'net.onnx' }).describe('path of the graph'),
    lags: whole(1, 100_000)
      .meta({ example: '22' })
      .describe('latest truths that go in, oldest first'),
    scale: z
      .enum(['none', 'log'])
      .default('none')
      .meta({ example: 'none' })
      .describe('log takes logarithms going in and the exponential coming out'),
  }),
  z.strictObject({
    kind: kind('openai'),
    url: url.describe('base URL, up to and with /v1'),
    model: text.meta({ example: 'some-model' }).describe('the name of the model there'),
    keyEnv,
    samples: whole(1, 25)
      .default(1)
      .meta({ example: '5' })
      .describe('answers that are asked for; their median counts'),
    tokens: whole(1, 1_000_000)
      .default(200)
      .meta({ example: '200' })
      .describe('tokens of an answer at most'),
    ...asking,
  }),
])

export const model = z
  .union([text, adapter])
  .meta({ example: 'lastValue' })
  .describe(
    'name of the forecaster; a wrong one is answered with the list. Or path of a module of yours that exports createModel. Or a section with kind http, command, onnx or openai',
  )
