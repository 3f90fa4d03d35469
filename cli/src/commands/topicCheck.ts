import { Argument } from 'commander'
import type { Command } from 'commander'
import { checkTopic } from '../topic/checkTopic.ts'
import { command, withFields } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { openConfig, readConfig } from '../config/readConfig.ts'
import { topicFile } from '../config/topicFile.ts'
import { openReader } from '../openAccount.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

/** What to do where the file of a topic is missing. */
export const noTopicFile =
  'Write one with auspex topic new; auspex topic create --help names its fields.'

export function topicCheck(): Command {
  const check = command('check', 'check the terms of a topic before it is opened; needs no key')
    .addArgument(new Argument('<file>', 'YAML file of its terms'))
    .action(run)
  return withFields(check, topicFile)
}

async function run(file: string, { json, config }: Common): Promise<void> {
  const opened = openConfig({ file, schema: topicFile, advice: noTopicFile })
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const token = await tokenOf(client)
  const { faults, warnings, lines, params, past } = await checkTopic(client, { opened, token })
  if (faults.length > 0) throw opened.refuse(faults)

  print({
    json,
    data: { file, params, warnings, past },
    lines: [...lines, ...warnings.map((warning) => `Warning: ${warning}.`)],
    next: `auspex topic create ${file}`,
  })
}
