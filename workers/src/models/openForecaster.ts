import { isAbsolute } from 'node:path'
import { openTensors } from './backends/openTensors.ts'
import type { Tensors } from './backends/tensors.ts'
import type { Model } from './forecaster.ts'
import { pool } from './pools/pool.ts'
import type { WorkerSpec } from './pools/workerSpec.ts'
import type { Question } from '../sources/questions.ts'
import { importModel } from './adapters/importModel.ts'
import { OperatorError } from '../runtime/operatorError.ts'

type Wanted = {
  question: Question['name']
  /** A name, or the absolute path of a module. */
  model: string
  seed: number
  requireGpu: boolean
}

/** Brings up a backend for tensors and makes a question's forecaster: the named one, or one out of a file. */
export async function openForecaster(
  wanted: Wanted,
): Promise<{ forecaster: Model; tensors: Tensors }> {
  const imported = isAbsolute(wanted.model) ? await importModel({ file: wanted.model }) : undefined
  if (imported === undefined) requireModel(wanted)
  const { requireGpu } = wanted
  const opened = await openTensors({ requireGpu })
  if (opened.status === 'ready') {
    const { tensors } = opened
    const { question, seed } = wanted
    const forecaster = imported
      ? await imported({ question, seed, tensors })
      : specOf(wanted, tensors)!.create()
    return { forecaster, tensors }
  }

  const reasons = opened.refused.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
  const what = requireGpu ? 'No GPU can be used' : 'No backend for tensors can be used'
  throw new OperatorError(
    'requirement',
    `${what} (${reasons}). Mend one, or set requireGpu to false.`,
  )
}

/** Names are looked up before a backend is brought up, which takes long and is noisy on some machines. */
function requireModel({ question, model, seed }: Wanted): void {
  const specs = pool({ question, seed, tensors: unopened })
  const names = specs.map(({ name }) => name)
  if (names.includes(model)) return
  throw new OperatorError(
    'usage',
    `There is no model "${model}" for the question "${question}". Choose one of: ${names.join(', ')}; or name a file of yours, such as ./model.ts.`,
  )
}

const unopened = {
  get tf(): never {
    throw new Error('No backend was brought up')
  },
}

function specOf({ question, model, seed }: Wanted, tensors: Tensors): WorkerSpec | undefined {
  return pool({ question, tensors, seed }).find(({ name }) => name === model)
}
