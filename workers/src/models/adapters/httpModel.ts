import type { Model } from '../forecaster.ts'
import type { Question } from '../../sources/questions.ts'
import type { HttpModel } from './modelConfig.ts'
import { modelName } from './modelConfig.ts'
import { columns, readAnswer, readJson, requestOf } from './request.ts'
import type { ModelRequest, OnSend } from './request.ts'

/** A longer answer than this is none. */
const MOST_BYTES = 1_000_000

/** A model behind a URL: the request as JSON, or the Open Inference Protocol v2. */
export function httpModel(config: HttpModel, question: Question, onSend?: OnSend): Model {
  const { bars, timeoutMs, protocol } = config
  return {
    name: modelName(config),
    fit() {},
    async predict(history) {
      const request = requestOf({ history, question, bars, deadline: timeoutMs })
      const body = protocol === 'v2' ? inferenceRequest(request) : request
      const answer = await postJson({ ...config, body, onSend })
      return readAnswer(protocol === 'v2' ? inferenceAnswer(answer) : answer)
    },
  }
}

/** Posts JSON and reads JSON, within a time and a size. A redirect is refused: it could lead anywhere. */
export async function postJson(call: {
  url: string
  body: unknown
  timeoutMs: number
  keyEnv?: string | undefined
  onSend?: OnSend | undefined
}): Promise<unknown> {
  const { url, timeoutMs, keyEnv, onSend } = call
  const { host, pathname } = new URL(url)
  const key = keyEnv === undefined ? undefined : process.env[keyEnv]
  if (keyEnv !== undefined && !key) {
    throw new Error(`the environment has no ${keyEnv}: set it to the key for ${host}`)
  }
  const body = JSON.stringify(call.body)
  onSend?.({ to: `${host}${pathname}`, body })
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    const why =
      error.name === 'TimeoutError' ? `no answer within ${timeoutMs / 1000} s` : 'no answer'
    throw new Error(`${host} gave ${why}`)
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${host} answered ${response.status}: ${text.slice(0, 120)}`)
  if (text.length > MOST_BYTES) throw new Error(`${host} answered more than ${MOST_BYTES} bytes`)
  return readJson(text)
}

function inferenceRequest({ bars }: ModelRequest) {
  const shape = [bars.length, columns.length]
  return { inputs: [{ name: 'history', shape, datatype: 'FP64', data: bars.flat() }] }
}

function inferenceAnswer(answer: unknown): unknown {
  const { outputs } = answer as { outputs?: { name: string; data: number[] }[] }
  const valueIn = (name: string) => outputs?.find((each) => each.name === name)?.data?.at(-1)
  const confidence = valueIn('confidence')
  return { value: valueIn('value'), ...(confidence !== undefined && { confidence }) }
}
