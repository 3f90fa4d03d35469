import { isAbsolute } from 'node:path'
import { openTensors } from './backends/openTensors.ts'
import type { Tensors } from './backends/tensors.ts'
import type { Model } from './forecaster.ts'
import { pool } from './pools/pool.ts'
import type { WorkerSpec } from './pools/workerSpec.ts'
import type { Question } from '../sources/questions.ts'
import { questions } from '../sources/questions.ts'
import { importModel } from './adapters/importModel.ts'
import type { ModelConfig } from './adapters/modelConfig.ts'
import { openAdapter } from './adapters/openAdapter.ts'
import type { OnSend } from './adapters/request.ts'
import { OperatorError } from '../runtime/operatorError.ts'

type Wanted = {
  question: Question['name']
  model: ModelConfig
  seed: number
  requireGpu: boolean
  /** Is called with whatever is about to leave the machine. */
  onSend?: OnSend
}

/**
 * Makes a question's forecaster: the named one or one out of a file, on a backend for tensors that is brought up for it; or one
 * that computes elsewhere and needs none.
 */
export async function openForecaster(
  wanted: Wanted,
): Promise<{ forecaster: Model; tensors?: Tensors }> {
  const { model } = wanted
  if (typeof model !== 'string') return { forecaster: await adapterOf(model, wanted) }
  return openNamed({ ...wanted, model })
}

async function adapterOf(model: Exclude<ModelConfig, string>, { question, onSend }: Wanted) {
  return openAdapter(
    model,
    questions.find(({ name }) => name === question)!,
    onSend,
  )
}

type Named = Wanted & { model: string }

async function openNamed(wanted: Named): Promise<{ forecaster: Model; tensors: Tensors }> {
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
function requireModel({ question, model, seed }: Named): void {
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

function specOf({ question, model, seed }: Named, tensors: Tensors): WorkerSpec | undefined {
  return pool({ question, tensors, seed }).find(({ name }) => name === model)
}
