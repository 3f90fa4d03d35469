/* A topic's past as tables: one of rounds, one of predictions, for whoever trains or judges models on it. */
import { createHash } from 'node:crypto'
import { csvOf, datasetSchema, datasetTables, recordToText } from '@auspex/sdk'
import type { DatasetColumn, TopicRecord } from '@auspex/sdk'
import { parquetWriteBuffer } from 'hyparquet-writer'

/** A file of a data set. */
export type DatasetFile = { name: string; bytes: Uint8Array; sha256: string }

/** All files of a data set: tables as CSV and Parquet, the record whole, and a description with the hash of each. */
export function datasetOf({
  record,
  licence,
}: {
  record: TopicRecord
  licence: string
}): DatasetFile[] {
  const tables = datasetTables(record)
  const files = Object.entries(tables).flatMap(([name, columns]) => [
    fileOf(`${name}.csv`, Buffer.from(csvOf(columns))),
    fileOf(`${name}.parquet`, new Uint8Array(parquetOf(columns))),
  ])
  files.push(fileOf('record.json', Buffer.from(recordToText(record))))
  const description = {
    topic: record.topic,
    question: record.terms.description,
    licence,
    schema: datasetSchema,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  }
  return [
    ...files,
    fileOf('dataset.json', Buffer.from(`${JSON.stringify(description, null, 2)}\n`)),
  ]
}

function parquetOf(columns: readonly DatasetColumn[]): ArrayBuffer {
  const columnData = columns.map((column) => ({
    ...column,
    data: [...column.data],
    nullable: true,
  }))
  return parquetWriteBuffer({ columnData })
}

function fileOf(name: string, bytes: Uint8Array): DatasetFile {
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
