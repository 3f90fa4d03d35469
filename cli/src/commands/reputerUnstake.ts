import type { Command } from 'commander'
import { accountOf } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/accountConfig.ts'
import { readConfig } from '../config/readConfig.ts'
import { openAccount } from '../openAccount.ts'
import { openPanel } from '../openPanel.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

export function reputerUnstake(): Command {
  return command('unstake', 'give up a reputer’s seat; it still reports on the rounds before')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(run)
}

async function run(topic: TopicId, { json, config }: Common): Promise<void> {
  const { client } = await openAccount({
    file: config,
    ...readConfig({ file: config, schema: accountConfig }),
  })
  const panel = await openPanel(client, { topic })
  await panel.send('unstake', [topic])
  const reputer = accountOf(client)
  const { until, leavesAt } = await panel.reputerOf(reputer)
  print({
    json,
    data: { topic, reputer, until, leavesAt },
    lines: [`${reputer} reports no more from round ${until} on; keep its node running until then`],
    next: `after ${new Date(leavesAt * 1000).toISOString()}: auspex reputer withdraw ${topic}`,
  })
}
