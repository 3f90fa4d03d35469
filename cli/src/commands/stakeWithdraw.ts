import type { Command } from 'commander'
import type { Address } from 'viem'
import { withdraw } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { openConfigured } from '../openAccount.ts'
import { parseAddress, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function stakeWithdraw(): Command {
  return command('withdraw', 'take out what was asked back, when its delay has passed')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option(
      '--worker <address>',
      'the worker; the configured key itself where left out',
      parseAddress,
    )
    .action(run)
}

async function run(topic: TopicId, options: Common & { worker?: Address }): Promise<void> {
  const { json, config } = options
  const { client } = await openConfigured(config)
  const { words } = await tokenOf(client)
  const worker = options.worker ?? client.account!
  const { amount, receipt } = await withdraw(client, { topic, worker })
  print({
    json,
    data: { topic, worker, amount, transaction: receipt.transactionHash },
    lines: [`paid ${words(amount)} to ${client.account}`],
    next: `auspex stake show ${topic} --worker ${worker}`,
  })
}
