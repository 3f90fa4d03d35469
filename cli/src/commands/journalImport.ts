import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { lockFolder, openJournal, OperatorError, readExport } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { journalConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { print } from '../print.ts'

export function journalImport(): Command {
  return command('import', 'take over the journal of a node that ran elsewhere and is stopped')
    .argument('<file>', 'what `auspex journal export` wrote')
    .action(run)
}

async function run(file: string, { json, config }: Common): Promise<void> {
  const { chain, dataDir } = readConfig({ file: config, schema: journalConfig })
  const records = readExport({ file })
  const client = await openReader({ chain })
  const folder = resolve(dirname(config), dataDir)
  const lock = lockFolder({ folder })
  try {
    const now = await client.now()
    const journal = openJournal({ file: join(folder, 'journal.db'), now })
    const adopted = journal.adopt({ records, now })
    journal.close()
    if (adopted.status === 'newer') throw isNewer({ file, folder, ...adopted.record })

    print({
      json,
      data: { file, records: records.length, added: adopted.added },
      lines: [
        `journal  ${folder}, ${adopted.added} of ${records.length} records were new to it`,
        'It reveals what it has, and predicts from the next round on that opens.',
        'Start the node here, and nowhere else.',
      ],
      next: 'auspex worker start',
    })
  } finally {
    lock.release()
  }
}

function isNewer(of: { file: string; folder: string; topic: string; round: bigint }) {
  const { file, folder, topic, round } = of
  return new OperatorError(
    'requirement',
    `The journal in ${folder} knows round ${round} of ${topic}, and ${file} does not, or otherwise: it is newer than the file. Keep it, or give this node a dataDir of its own.`,
  )
}
