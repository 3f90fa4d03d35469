import type { Command } from 'commander'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { createdTopics } from '../createdTopics.ts'
import { openReader } from '../openAccount.ts'
import { print } from '../print.ts'

export function topicList(): Command {
  return command('list', 'list the topics of the network, oldest first').action(run)
}

async function run({ json, config }: Common): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const topics = await createdTopics(client)
  print({
    json,
    data: { topics },
    lines:
      topics.length === 0
        ? ['no topics yet']
        : topics.map(({ topic, description }) => `${topic}  ${description}`),
    next: topics.length === 0 ? 'auspex topic create <file>' : 'auspex topic show <topic>',
  })
}
