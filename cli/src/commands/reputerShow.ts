import type { Command } from 'commander'
import type { Address } from 'viem'
import { getClaimable, getReputer } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { configuredAddress, openReader } from '../openAccount.ts'
import { openPanel } from '../openPanel.ts'
import { parseAddress, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function reputerShow(): Command {
  return command('show', 'show what a reputer has staked and may claim')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option(
      '--reputer <address>',
      'the reputer; the configured key itself where left out',
      parseAddress,
    )
    .action(run)
}

async function run(topic: TopicId, options: Common & { reputer?: Address }): Promise<void> {
  const { json, config } = options
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const reputer = options.reputer ?? (await configuredAddress(config))
  const client = await openReader({ chain })
  const panel = await openPanel(client, { topic })
  const { words } = await tokenOf(client)
  const claimable = await getClaimable(client, { account: reputer })
  const term = await getReputer(client, { ...panel, reputer })
  const { stake = 0n, seat, from, until, leavesAt } = term ?? {}
  const rounds = until === undefined ? `from round ${from} on` : `rounds ${from} to ${until - 1n}`
  const seated = [`stake      ${words(stake)}`, `seat       ${seat}, ${rounds}`]
  print({
    json,
    data: {
      ...{ topic, reputer, stake, claimable },
      seat: seat ?? null,
      from: from ?? null,
      until: until ?? null,
      leavesAt: leavesAt ?? null,
    },
    lines: [
      `reputer    ${reputer}`,
      ...(term ? seated : ['seat       none']),
      `tips       ${words(claimable)}`,
    ],
    next:
      term === undefined
        ? `auspex reputer seat ${topic} <amount>`
        : leavesAt === undefined
          ? 'auspex reputer claim'
          : `after ${new Date(Number(leavesAt) * 1000).toISOString()}: auspex reputer withdraw ${topic}`,
  })
}
