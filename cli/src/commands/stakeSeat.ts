import type { Command } from 'commander'
import type { Address } from 'viem'
import { getFreeSeat, getPosition, takeSeat } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { openConfigured } from '../openAccount.ts'
import { parseAddress, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'

/** Ends the term of a seat that is held. */
const ALWAYS = 2n ** 24n - 1n

type Options = Common & { worker?: Address; seat?: bigint }

export function stakeSeat(): Command {
  return command('seat', 'take a seat for a worker; it counts from the next round on')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option(
      '--worker <address>',
      'the worker; the configured key itself where left out',
      parseAddress,
    )
    .option('--seat <number>', 'which seat; a free one where left out', parseWhole)
    .action(run)
}

async function run(topic: TopicId, options: Options): Promise<void> {
  const { json, config } = options
  const { client } = await openConfigured(config)
  const worker = options.worker ?? client.account!
  const seat = options.seat ?? (await getFreeSeat(client, { topic }))
  if (seat === undefined) {
    await requireUnseated(client, { topic, worker })
    throw new OperatorError(
      'error',
      `All seats of ${topic} are taken. Name one with --seat whose worker has a rank at least 10 % below yours.`,
    )
  }
  const { from, displaced, receipt } = await takeSeat(client, { topic, worker, seat })
  print({
    json,
    data: { topic, worker, seat, from, displaced, transaction: receipt.transactionHash },
    lines: [`${worker} has seat ${seat} from round ${from} on`],
    next: 'auspex worker start',
  })
}

/** Who has a seat is told so, also where no other is free. */
async function requireUnseated(
  client: AuspexClient,
  key: { topic: TopicId; worker: Address },
): Promise<void> {
  const { seat, until } = await getPosition(client, key)
  if (until !== ALWAYS) return
  throw new OperatorError(
    'error',
    `${key.worker} has seat ${seat} in this topic already. Nothing needs to be done.`,
  )
}
