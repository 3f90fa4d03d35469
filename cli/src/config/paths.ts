import { dirname, resolve } from 'node:path'
import type { SourceConfig } from '@auspex/workers'

/** A configured source, its path starting at the configuration file. */
export function sourceFrom(options: { file: string; source: SourceConfig }): SourceConfig {
  const { file, source } = options
  if (source.kind === 'sample') return source
  return { ...source, file: resolve(dirname(file), source.file) }
}

/** A configured model: a name as it is, the path of a module starting at the configuration file. */
export function modelFrom({ file, model }: { file: string; model: string }): string {
  const isPath = /[/\\]|\.[cm]?[jt]s$/.test(model)
  return isPath ? resolve(dirname(file), model) : model
}
