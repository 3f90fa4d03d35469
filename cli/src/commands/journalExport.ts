import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { lockFolder, openJournal, OperatorError, writeExport } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { journalConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { print } from '../print.ts'

export function journalExport(): Command {
  return command('export', "write a stopped node's journal into a file, for another machine")
    .argument('<file>', 'a new file; it holds salts, so keep it to yourself')
    .action(run)
}

function run(file: string, { json, config }: Common): void {
  const { dataDir } = readConfig({ file: config, schema: journalConfig })
  const folder = resolve(dirname(config), dataDir)
  const path = join(folder, 'journal.db')
  if (!existsSync(path)) throw new OperatorError('requirement', `There is no journal at ${path}.`)

  const lock = lockFolder({ folder })
  try {
    const journal = openJournal({ file: path, now: 0n })
    const records = journal.records()
    journal.close()
    writeExport({ file, records })
    print({
      json,
      data: { file, records: records.length },
      lines: [`file     ${file}, ${records.length} records`, 'Do not start this node again.'],
      next: `auspex journal import ${file}, on the other machine`,
    })
  } finally {
    lock.release()
  }
}
