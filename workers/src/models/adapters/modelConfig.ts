/* A model that is not built in: how it is reached. The same contract for all: history in, value and confidence out. */

/** How much of the history goes along, and how long an answer may take. */
type Asking = {
  /** Latest bars that are sent. */
  bars: number
  /** Milliseconds after which no answer counts. */
  timeoutMs: number
}

export type HttpModel = Asking & {
  kind: 'http'
  url: string
  /** `plain` posts the request as it is; `v2` speaks the Open Inference Protocol. */
  protocol: 'plain' | 'v2'
  /** Name of an environment variable with a bearer token. */
  keyEnv?: string | undefined
}

export type CommandModel = Asking & {
  kind: 'command'
  /** The program and its arguments; it reads a line for each question and writes one. */
  run: readonly string[]
  /** Where it runs. */
  folder: string
}

export type OnnxModel = {
  kind: 'onnx'
  file: string
  /** Latest truths that go in, oldest first, as one row of 32-bit floats. */
  lags: number
  /** `log` takes logarithms on the way in and the exponential on the way out. */
  scale: 'none' | 'log'
}

export type OpenAiModel = Asking & {
  kind: 'openai'
  /** Up to and with /v1. */
  url: string
  model: string
  keyEnv?: string | undefined
  /** Answers that are asked for; their median counts, and their spread lowers the confidence. */
  samples: number
  /** Tokens of an answer at most. */
  tokens: number
}

export type AdapterConfig = HttpModel | CommandModel | OnnxModel | OpenAiModel

/** A built-in model's name, the absolute path of a module, or an adapter. */
export type ModelConfig = string | AdapterConfig

/** How a model is called in logs and reports; never with a key or a query in it. */
export function modelName(model: ModelConfig): string {
  if (typeof model === 'string') return model
  if (model.kind === 'command') return `command ${model.run[0]}`
  if (model.kind === 'onnx') return `onnx ${model.file}`
  const { host, pathname } = new URL(model.url)
  return `${model.kind} ${host}${pathname}${model.kind === 'openai' ? ` ${model.model}` : ''}`
}
