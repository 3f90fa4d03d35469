/* The thread in which a worker's model and its data live: whatever they do, the node's own loop goes on. */
import { parentPort, workerData } from 'node:worker_threads'
import { learnedConfidence } from '../learnedConfidence.ts'
import type { LearnedRule } from '../learnedConfidence.ts'
import { predictWith } from '../predictWith.ts'
import type { Moment } from '../predictWith.ts'
import type { Predicted } from '../workerTurn.ts'
import type { Tensors } from '../../models/backends/tensors.ts'
import type { ModelConfig } from '../../models/adapters/modelConfig.ts'
import type { Sent } from '../../models/adapters/request.ts'
import { openForecaster } from '../../models/openForecaster.ts'
import { openSource, sourceName } from '../../sources/openSource.ts'
import type { SourceConfig } from '../../sources/openSource.ts'
import { messageOf, OperatorError } from '../../runtime/operatorError.ts'
import type { ExitReason } from '../../runtime/operatorError.ts'
import type { DataSource } from '../../sources/dataSource.ts'
import type { History } from '../../sources/history.ts'
import { questions } from '../../sources/questions.ts'
import type { Question } from '../../sources/questions.ts'

export type ThreadData = {
  question: Question['name']
  model: ModelConfig
  seed: number
  requireGpu: boolean
  source: SourceConfig
  /** Basis points, or how they are learned. */
  confidence: bigint | LearnedRule
  /** How many usual moves a prediction may lie from the last truth. */
  maxSigmas: number
  /** Whether the thread shows what is about to leave the machine. */
  showsSent?: boolean
}

export type Backend = { name: string; device: string; stepMs: number }

/** What the thread says: once what came of its opening, then an answer for each question. */
export type FromThread =
  | { kind: 'ready'; backend?: Backend; model: string; fault?: string; newest?: number }
  | { kind: 'refused'; reason: ExitReason; message: string }
  | { kind: 'sent'; sent: Sent }
  /** `newest`: when the newest row is of that its data had by now, unix seconds. */
  | { kind: 'answer'; id: number; predicted: Predicted; newest?: number }

export type ToThread = { id: number; moment: Moment }

const port = parentPort!
const data = workerData as ThreadData

function say(message: FromThread): void {
  port.postMessage(message)
}

/** When the newest row is of that was ever read, unix seconds. */
let newest: number | undefined

function noteNewest({ length, at }: History): void {
  if (length > 0) newest = Math.max(newest ?? -Infinity, at(length - 1).time)
}

/** Data that cannot be read now may be mended: it is opened again whenever somebody asks. */
function mendable(config: SourceConfig): DataSource {
  let source: Promise<DataSource> | undefined
  return {
    name: sourceName(config),
    read: async (moment) => {
      source ??= openSource(config).catch((error: unknown) => {
        source = undefined
        throw error
      })
      const history = await (await source).read(moment)
      noteNewest(history)
      return history
    },
  }
}

function backendOf({ name, device, stepMs }: Tensors): Backend {
  return { name, device, stepMs }
}

try {
  const { forecaster, tensors } = await openForecaster({
    ...data,
    ...(data.showsSent && { onSend: (sent) => say({ kind: 'sent', sent }) }),
  })
  const { confidence, maxSigmas } = data
  const source = mendable(data.source)
  const { truth } = questions.find(({ name }) => name === data.question)!
  const { maxAge } = data.source
  const predict = predictWith({
    forecaster,
    source,
    confidence:
      typeof confidence === 'bigint' ? confidence : learnedConfidence({ rule: confidence, truth }),
    sanity: { truth, maxSigmas, ...(maxAge !== undefined && { maxAge }) },
  })
  port.on('message', ({ id, moment }: ToThread) => {
    void predict(moment).then((predicted) => {
      say({ kind: 'answer', id, predicted, ...(newest !== undefined && { newest }) })
    })
  })
  const fault = await source.read({ now: Date.now() / 1000 }).then(
    () => undefined,
    (error: Error) => error.message,
  )
  say({
    kind: 'ready',
    ...(tensors && { backend: backendOf(tensors) }),
    model: forecaster.name,
    ...(fault !== undefined && { fault }),
    ...(newest !== undefined && { newest }),
  })
} catch (error) {
  const reason = error instanceof OperatorError ? error.reason : 'error'
  say({ kind: 'refused', reason, message: messageOf(error) })
}
