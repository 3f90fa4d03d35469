import type { Command } from 'commander'
import type { Address } from 'viem'
import { getPosition, unstake } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'
import { openConfigured } from '../openAccount.ts'
import { parseAddress, parseAmount, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

/** Ends the term of a seat that is held. */
const ALWAYS = 2n ** 24n - 1n

export function stakeUnstake(): Command {
  return command('unstake', 'ask stake back; it still pays for the rounds that are open now')
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<amount>', 'tokens, or all', (text) => (text === 'all' ? text : parseAmount(text)))
    .option(
      '--worker <address>',
      'the worker; the configured key itself where left out',
      parseAddress,
    )
    .action(run)
}

async function run(
  topic: TopicId,
  tokens: string,
  options: Common & { worker?: Address },
): Promise<void> {
  const { json, config } = options
  const { client } = await openConfigured(config)
  const token = await tokenOf(client)
  const { units, words } = token
  const worker = options.worker ?? client.account!
  const position = await getPosition(client, { topic, worker })
  const amount = tokens === 'all' ? position.stake : units(tokens)
  const { leavesAt, receipt } = await inTokens(token, unstake(client, { topic, worker, amount }))
  const { until } = await getPosition(client, { topic, worker })
  print({
    json,
    data: {
      topic,
      worker,
      amount,
      leavesAt,
      keepsSeat: until === ALWAYS,
      transaction: receipt.transactionHash,
    },
    lines: [`${words(amount)} of ${worker} are leaving`, ...seatLost(until)],
    next: `after ${new Date(Number(leavesAt) * 1000).toISOString()}: auspex stake withdraw ${topic} --worker ${worker}`,
  })
}

function seatLost(until: bigint): string[] {
  if (until === ALWAYS || until === 0n) return []
  return [
    `its seat is given up from round ${until} on: a seat takes the least stake, and three times as much staying as leaves`,
  ]
}
