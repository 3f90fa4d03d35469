import { dirname, resolve } from 'node:path'
import type { SourceConfig } from '@auspex/workers'

/** A configured source, its path starting at the configuration file. */
export function sourceFrom(options: { file: string; source: SourceConfig }): SourceConfig {
  const { file, source } = options
  if (source.kind === 'sample') return source
  return { ...source, file: resolve(dirname(file), source.file) }
}
