import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { getTopicRecord, roundsIn } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { datasetOf } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

type Options = Common & { out: string; licence: string }

export function dataset(): Command {
  return command(
    'dataset',
    'a topic’s past as tables: rounds, predictions and truths, CSV and Parquet',
  )
    .argument('<topic>', 'id of the topic', parseTopic)
    .option('--out <folder>', 'where the files are put', 'dataset')
    .option(
      '--licence <words>',
      'under which you pass them on; all of it is public on the chain',
      'CC0-1.0',
    )
    .action(run)
}

async function run(topic: TopicId, { json, config, out, licence }: Options): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const record = await getTopicRecord(await openReader({ chain }), { topic })
  const files = datasetOf({ record, licence })
  mkdirSync(out, { recursive: true })
  for (const { name, bytes } of files) writeFileSync(join(out, name), bytes)
  const rounds = roundsIn(record).length
  print({
    json,
    data: { topic, rounds, out, files: files.map(({ name, sha256 }) => ({ name, sha256 })) },
    lines: [
      `${rounds} rounds`,
      ...files.map(({ name, sha256 }) => `${sha256}  ${join(out, name)}`),
    ],
    next: `auspex backtest --against ${join(out, 'record.json')}`,
  })
}
