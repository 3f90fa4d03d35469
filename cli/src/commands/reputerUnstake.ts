import type { Command } from 'commander'
import { accountOf, getReputer, unstakeReputer } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { openConfigured } from '../openAccount.ts'
import { openPanel } from '../openPanel.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

export function reputerUnstake(): Command {
  return command('unstake', 'give up a reputer’s seat; it still reports on the rounds before')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(run)
}

function momentOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString()
}

async function run(topic: TopicId, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const panel = await openPanel(client, { topic })
  const reputer = accountOf(client)
  const { isRefunded, leavesAt } = await unstakeReputer(client, panel)
  if (leavesAt === undefined) {
    return print({
      json,
      data: { topic, reputer, isRefunded },
      lines: [`${reputer} has no rounds to report on; its stake is refunded`],
      next: `auspex reputer withdraw ${topic}`,
    })
  }
  const { until } = (await getReputer(client, { ...panel, reputer }))!
  print({
    json,
    data: { topic, reputer, isRefunded, until, leavesAt },
    lines: [`${reputer} reports on the rounds before ${until}; keep its node running until then`],
    next: `after ${momentOf(leavesAt)}: auspex reputer withdraw ${topic}`,
  })
}
