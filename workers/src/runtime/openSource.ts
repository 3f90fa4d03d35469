import { statSync } from 'node:fs'
import type { DataSource } from '../sources/dataSource.ts'
import { readCsvSource } from '../sources/readCsvSource.ts'
import { readSampleSource } from '../sources/readSampleSource.ts'
import { OperatorError } from './operatorError.ts'

export type SourceConfig = { kind: 'sample' } | { kind: 'csv'; file: string }

/** Opens a configured source. A file is read again when it has changed, so that what appends to it can keep running. */
export async function openSource(config: SourceConfig): Promise<DataSource> {
  if (config.kind === 'sample') return readSampleSource()

  const { file } = config
  let changedAt = changeOf(file)
  let source = await read(file)
  return {
    name: source.name,
    read: async (moment) => {
      const latest = changeOf(file)
      if (latest !== changedAt) {
        source = await read(file)
        changedAt = latest
      }
      return source.read(moment)
    },
  }
}

function changeOf(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats) return stats.mtimeMs
  throw new OperatorError('requirement', `There is no data file at ${file}. Check source.file.`)
}

async function read(file: string): Promise<DataSource> {
  const csv = await readCsvSource({ file })
  if (csv.status === 'ready') return csv.source
  throw new OperatorError(
    'requirement',
    `${csv.file}:${csv.line}: ${csv.reason}. Correct the row; a file with a bad row is not used at all.`,
  )
}
