import { openTensors } from '../backends/openTensors.ts'
import type { Tensors } from '../backends/tensors.ts'
import type { Forecaster } from '../models/forecaster.ts'
import { pool } from '../models/pools/pool.ts'
import type { Question } from '../sources/question.ts'
import { OperatorError } from './operatorError.ts'

/** Brings up a backend for tensors and makes the named forecaster of a question. */
export async function openForecaster(options: {
  question: Question['name']
  model: string
  seed: number
  requireGpu: boolean
}): Promise<{ forecaster: Forecaster; tensors: Tensors }> {
  const { question, model, seed, requireGpu } = options
  const opened = await openTensors({ requireGpu })
  if (opened.status !== 'ready') {
    const reasons = opened.refused.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
    const what = requireGpu ? 'No GPU can be used' : 'No backend for tensors can be used'
    throw new OperatorError(
      'requirement',
      `${what} (${reasons}). Mend one, or set requireGpu to false.`,
    )
  }

  const { tensors } = opened
  const specs = pool({ question, tensors, seed })
  const spec = specs.find(({ name }) => name === model)
  if (spec) return { forecaster: spec.create(), tensors }

  const names = specs.map(({ name }) => name).join(', ')
  throw new OperatorError(
    'usage',
    `There is no model "${model}" for the question "${question}". Choose one of: ${names}.`,
  )
}
