import type { Command } from 'commander'
import { claim } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { openConfigured } from '../openAccount.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function reputerClaim(): Command {
  return command('claim', 'collect tips and bounties, of all topics').action(run)
}

async function run({ json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const { words } = await tokenOf(client)
  const { amount, receipt } = await claim(client)
  print({
    json,
    data: { account: client.account, amount, transaction: receipt.transactionHash },
    lines: [`paid ${words(amount)} to ${client.account}`],
    next: 'auspex reputer start, which collects by itself with claimFrom',
  })
}
