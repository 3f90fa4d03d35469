import type { Model, Said } from '../forecaster.ts'
import type { Question } from '../../sources/questions.ts'
import { postJson } from './httpModel.ts'
import type { OpenAiModel } from './modelConfig.ts'
import { modelName } from './modelConfig.ts'
import { readAnswer, readJson, requestOf } from './request.ts'
import type { ModelRequest, OnSend } from './request.ts'

type Asked = OpenAiModel & { onSend?: OnSend | undefined }
type Message = { role: 'system' | 'user' | 'assistant'; content: string }

/** Below this no spread lowers the confidence. */
const LEAST_CONFIDENCE = 0.05

/**
 * A hosted model behind the API that OpenAI made common. Temperature 0; an answer that is no JSON or has no value is sent
 * back once with what is wrong. Of several samples the median counts; their spread in usual moves lowers the confidence.
 */
export function openAiModel(given: OpenAiModel, question: Question, onSend?: OnSend): Model {
  const config = { ...given, onSend }
  const { bars, timeoutMs, samples } = config
  return {
    name: modelName(config),
    fit() {},
    async predict(history) {
      const request = requestOf({ history, question, bars, deadline: timeoutMs })
      const messages = promptOf(request)
      const said: Said[] = []
      for (let seed = 0; seed < samples; seed++) said.push(await ask(config, messages, seed))
      return samples === 1 ? said[0]! : middleOf(said, usualMove(request))
    },
  }
}

/** All that leaves the machine with a question. */
export function promptOf({ title, bars, columns, published }: ModelRequest): Message[] {
  const rows = bars.map((row) => row.map((each) => Number(each.toPrecision(8))).join(','))
  const feed =
    published === null ? '' : `\nThe last published aggregate of all workers: ${published}`
  return [
    {
      role: 'system',
      content:
        'You forecast one number. Answer with one JSON object and nothing else: {"value": number, "confidence": number above 0 and at most 1}.',
    },
    {
      role: 'user',
      content: `Question: ${title}. Forecast the column truth of the row after the last one.${feed}\n${columns.join(',')}\n${rows.join('\n')}`,
    },
  ]
}

async function ask(config: Asked, messages: Message[], seed: number): Promise<Said> {
  const text = await complete(config, messages, seed)
  try {
    return readAnswer(readJson(jsonIn(text)))
  } catch (error) {
    const complaint = `That cannot be used: ${(error as Error).message}. Answer with the JSON object alone.`
    const again: Message[] = [
      ...messages,
      { role: 'assistant', content: text },
      { role: 'user', content: complaint },
    ]
    return readAnswer(readJson(jsonIn(await complete(config, again, seed))))
  }
}

async function complete(
  { url, model, tokens, timeoutMs, keyEnv, onSend }: Asked,
  messages: readonly Message[],
  seed: number,
): Promise<string> {
  const body = {
    model,
    messages,
    temperature: 0,
    max_tokens: tokens,
    seed,
    response_format: { type: 'json_object' },
  }
  const call = {
    url: `${url.replace(/\/$/, '')}/chat/completions`,
    body,
    timeoutMs,
    keyEnv,
    onSend,
  }
  const answer = (await postJson(call)) as {
    choices?: { message?: { content?: unknown } }[]
  }
  const content = answer?.choices?.[0]?.message?.content
  if (typeof content === 'string') return content
  throw new Error(`${new URL(url).host} answered without choices[0].message.content`)
}

/** Many models wrap their object in words or a fence. */
function jsonIn(text: string): string {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')]
  return from >= 0 && to > from ? text.slice(from, to + 1) : text
}

function middleOf(said: readonly Said[], usual: number): Said {
  const values = said.map(({ value }) => value).sort((a, b) => a - b)
  const middle = (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2
  const spread = (values.at(-1)! - values[0]!) / 2
  const own = said.map(({ confidence = 1 }) => confidence)
  const sure = usual > 0 ? 1 / (1 + spread / usual) : 1
  const mean = own.reduce((sum, each) => sum + each, 0) / own.length
  return { value: middle, confidence: Math.max(LEAST_CONFIDENCE, mean * sure) }
}

/** Mean size of the truth's moves over what is sent. */
function usualMove({ bars }: ModelRequest): number {
  const truths = bars.map((row) => row.at(-1)!)
  const moves = truths.slice(1).map((truth, i) => Math.abs(truth - truths[i]!))
  return moves.reduce((sum, each) => sum + each, 0) / Math.max(1, moves.length)
}
