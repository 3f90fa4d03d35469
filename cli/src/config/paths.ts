import { dirname, resolve } from 'node:path'
import type { ModelConfig, SourceConfig } from '@auspex/workers'
import type { z } from 'zod'
import type { source as sourceField } from './fields.ts'
import type { model as modelField } from './modelFields.ts'

/** A configured source, its path starting at the configuration file. */
export function sourceFrom(options: {
  file: string
  source: z.output<typeof sourceField>
}): SourceConfig {
  const { file, source } = options
  if (source.kind === 'http') {
    const { timeout: timeoutMs, ...rest } = source
    return { ...rest, timeoutMs }
  }
  if (source.kind !== 'csv') return source
  return { ...source, file: resolve(dirname(file), source.file) }
}

/** A configured model: a name as it is, paths starting at the configuration file. */
export function modelFrom({
  file,
  model,
}: {
  file: string
  model: z.output<typeof modelField>
}): ModelConfig {
  const folder = dirname(resolve(file))
  if (typeof model === 'string') {
    const isPath = /[/\\]|\.[cm]?[jt]s$/.test(model)
    return isPath ? resolve(folder, model) : model
  }
  if (model.kind === 'onnx') return { ...model, file: resolve(folder, model.file) }
  const { timeout: timeoutMs, ...rest } = model
  return rest.kind === 'command' ? { ...rest, timeoutMs, folder } : { ...rest, timeoutMs }
}
