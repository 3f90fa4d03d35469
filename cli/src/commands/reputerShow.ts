import type { Command } from 'commander'
import type { Address } from 'viem'
import { getClaimable } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/accountConfig.ts'
import { readConfig } from '../config/readConfig.ts'
import { configuredAddress } from '../configuredAddress.ts'
import { openPanel } from '../openPanel.ts'
import { openReader } from '../openReader.ts'
import { parseAddress, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

/** Ends the term of a seat that is held. */
const ALWAYS = 2 ** 32 - 1

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
  const reputer = options.reputer ?? configuredAddress(config)
  const client = await openReader({ chain })
  const { reputerOf } = await openPanel(client, { topic })
  const { words } = await tokenOf(client)
  const claimable = await getClaimable(client, { account: reputer })
  const { stake, from, until, leavesAt, seat } = await reputerOf(reputer)

  const term = until === ALWAYS ? `from round ${from} on` : `rounds ${from} to ${until - 1}`
  const leaves = new Date(leavesAt * 1000).toISOString()
  const isNobody = leavesAt === 0
  const isLeaving = !isNobody && until !== ALWAYS
  const seated = [`stake      ${words(stake)}`, `seat       ${seat}, ${term}`]
  print({
    json,
    data: { topic, reputer, stake, seat, from, until, leavesAt, claimable },
    lines: [
      `reputer    ${reputer}`,
      ...(isNobody ? ['seat       none'] : seated),
      `tips       ${words(claimable)}`,
    ],
    next: isNobody
      ? `auspex reputer seat ${topic} <amount>`
      : isLeaving
        ? `after ${leaves}: auspex reputer withdraw ${topic}`
        : 'auspex reputer claim',
  })
}
