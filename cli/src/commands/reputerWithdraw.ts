import type { Command } from 'commander'
import {
  accountOf,
  claimReputer,
  getReputer,
  getReputerClaimable,
  withdrawReputer,
} from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { openConfigured } from '../openAccount.ts'
import { openPanel } from '../openPanel.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function reputerWithdraw(): Command {
  return command('withdraw', 'take out a reputer’s stake, when its delay has passed')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(run)
}

async function run(topic: TopicId, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const panel = await openPanel(client, { topic })
  const { words } = await tokenOf(client)
  const reputer = accountOf(client)
  const { source } = panel
  const term = await getReputer(client, { ...panel, reputer })
  const isRefunded =
    term === undefined && (await getReputerClaimable(client, { source, account: reputer })) > 0n
  if (!isRefunded) await withdrawReputer(client, { ...panel, reputer })
  const { amount } = await claimReputer(client, { source, account: reputer })
  print({
    json,
    data: { topic, reputer, amount },
    lines: [`paid ${words(amount)} to ${reputer}`],
    next: 'auspex reputer claim',
  })
}
