import type { Command } from 'commander'
import { accountOf, getFreeReputerSeat, takeReputerSeat } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'
import { openConfigured } from '../openAccount.ts'
import { openPanel } from '../openPanel.ts'
import { parseAmount, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'

type Options = Common & { seat?: bigint }

export function reputerSeat(): Command {
  return command('seat', 'stake on reporting what happened, where reputers report it')
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<amount>', 'tokens; they cannot be added to later', parseAmount)
    .option('--seat <number>', 'which seat; a free one where left out', parseWhole)
    .action(run)
}

async function run(topic: TopicId, tokens: string, options: Options): Promise<void> {
  const { json, config } = options
  const { client } = await openConfigured(config)
  const panel = await openPanel(client, { topic })
  const token = await tokenOf(client)
  const amount = token.units(tokens)
  const seat = options.seat ?? (await getFreeReputerSeat(client, panel))
  if (seat === undefined) {
    throw new OperatorError(
      'error',
      `All seats of the panel are taken. Name one with --seat whose reputer has at most ten elevenths of your stake.`,
    )
  }

  const { from } = await inTokens(token, takeReputerSeat(client, { ...panel, seat, amount }))
  const reputer = accountOf(client)
  print({
    json,
    data: { topic, reputer, truth: panel.source, seat, amount, from },
    lines: [
      `${reputer} reports from seat ${seat} from round ${from} on, with ${token.words(amount)}`,
      'A reputer reports it whose configuration has truth: { kind: report, ... } for this topic.',
    ],
    next: 'auspex reputer start',
  })
}
