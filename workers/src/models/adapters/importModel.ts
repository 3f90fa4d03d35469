import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Tensors } from '../backends/tensors.ts'
import type { Model } from '../forecaster.ts'
import type { Question } from '../../sources/questions.ts'
import { messageOf, OperatorError } from '../../runtime/operatorError.ts'

/** What a file of an operator's own exports as `createModel`. */
export type CreateModel = (options: {
  question: Question['name']
  seed: number
  tensors: Tensors
}) => Model | Promise<Model>

/** Loads a model out of a file, and checks that what it makes is one. */
export async function importModel({ file }: { file: string }): Promise<CreateModel> {
  if (!existsSync(file)) throw refused(`There is no model at ${file}. Check model.`)

  const module = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw refused(`${file} cannot be loaded: ${messageOf(error)} Mend it and try again.`, error)
  })
  const { createModel } = module as { createModel?: CreateModel }
  if (typeof createModel !== 'function') {
    throw refused(
      `${file} exports no function createModel. Export one that gives { name, fit, predict }.`,
    )
  }
  return async (options) => {
    const model = await Promise.resolve(options)
      .then(createModel)
      .catch((error: unknown) => {
        throw refused(`createModel of ${file} failed: ${messageOf(error)}`, error)
      })
    if (isModel(model)) return model
    throw refused(
      `createModel of ${file} gives no model. It takes a name, and functions fit and predict.`,
    )
  }
}

function isModel(model: Partial<Model> | null | undefined): boolean {
  const { name, fit, predict } = model ?? {}
  return typeof name === 'string' && typeof fit === 'function' && typeof predict === 'function'
}

function refused(message: string, cause?: unknown): OperatorError {
  return new OperatorError('requirement', message, cause)
}
