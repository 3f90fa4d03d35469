import { z } from 'zod'
import type { History } from '../../sources/history.ts'
import type { Question } from '../../sources/questions.ts'
import type { Said } from '../forecaster.ts'

/** What a model outside this process is asked. All of it was known at `now`. */
export type ModelRequest = {
  question: Question['name']
  /** What is asked, in words. */
  title: string
  /** Unix seconds. */
  now: number
  /** Milliseconds that are left for the answer. */
  deadline: number
  /** The feed's last aggregate, if any. */
  published: number | null
  columns: readonly ['time', 'open', 'high', 'low', 'close', 'volume', 'truth']
  /** One row a bar, oldest first; the last column is what the question's answer was at that bar. */
  bars: readonly (readonly number[])[]
}

/** What is about to leave the machine, as text, and where it goes; never a key. */
export type Sent = { to: string; body: string }
export type OnSend = (sent: Sent) => void

export const columns = ['time', 'open', 'high', 'low', 'close', 'volume', 'truth'] as const

export function requestOf(options: {
  history: History
  question: Question
  bars: number
  deadline: number
}): ModelRequest {
  const { history, question, bars, deadline } = options
  const { now, length, published = null } = history
  const first = Math.max(0, length - bars)
  const rows = Array.from({ length: length - first }, (_, i) => {
    const { time, open, high, low, close, volume } = history.at(first + i)
    return [time, open, high, low, close, volume, question.truth(history, first + i)]
  })
  const { name, title } = question
  return { question: name, title, now, deadline, published, columns, bars: rows }
}

const answer = z.object({
  value: z.number(),
  confidence: z.number().gt(0).lte(1).optional(),
  /** Pairs of share and value; the middle one must be the value where there is one. */
  quantiles: z.array(z.tuple([z.number().gt(0).lt(1), z.number()])).optional(),
  meta: z.unknown().optional(),
})

/** Reads an answer; throws with what is wrong with it. What is beside value and confidence goes nowhere. */
export function readAnswer(value: unknown): Said {
  const read = answer.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    const where = issue!.path.join('.') || 'the answer'
    throw new Error(`${where} is wrong: ${issue!.message}. It takes { value, confidence? }`)
  }
  const { value: said, confidence } = read.data
  return { value: said, ...(confidence !== undefined && { confidence }) }
}

/** Reads JSON text; throws with the beginning of what came instead. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`it answered no JSON but ${JSON.stringify(text.slice(0, 80))}`)
  }
}
