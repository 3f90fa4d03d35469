import { statSync } from 'node:fs'
import type { DataSource } from '../sources/dataSource.ts'
import { readCsvSource } from '../sources/readCsvSource.ts'
import type { TimeFormat } from '../sources/parseTime.ts'
import { readSampleSource } from '../sources/readSampleSource.ts'
import { OperatorError } from './operatorError.ts'

export type SourceConfig =
  | { kind: 'sample'; maxAge?: number | undefined }
  | ({
      kind: 'csv'
      file: string
      /** Seconds after which its newest row is too old to predict from. */
      maxAge?: number | undefined
    } & TimeFormat)

/** Opens a configured source. A file is read again when it has changed, so that what appends to it can keep running. */
export async function openSource(config: SourceConfig): Promise<DataSource> {
  if (config.kind === 'sample') return readSampleSource()

  const { file } = config
  let seen = stateOf(file)
  let source = await read(config)
  return {
    name: source.name,
    read: async (moment) => {
      const latest = stateOf(file)
      if (latest !== seen) {
        source = await read(config)
        seen = latest
      }
      return source.read(moment)
    },
  }
}

/** Changes with every write: two within one tick of the file system's clock differ in size. */
function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats) return `${stats.ino} ${stats.mtimeMs} ${stats.size}`
  throw new OperatorError('requirement', `There is no data file at ${file}. Check source.file.`)
}

async function read(config: Extract<SourceConfig, { kind: 'csv' }>): Promise<DataSource> {
  const { file, time, zone } = config
  const csv = await readCsvSource({ file, time, zone })
  if (csv.status === 'ready') return csv.source
  throw new OperatorError(
    'requirement',
    `${csv.file}:${csv.line}: ${csv.reason}. Correct the row; a file with a bad row is not used at all.`,
  )
}
