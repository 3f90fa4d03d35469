import type { Command } from 'commander'
import { fund } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'
import { openConfigured } from '../openAccount.ts'
import { parseAmount, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

export function topicFund(): Command {
  return command('fund', 'pay into a topic’s pool, from which rounds are rewarded')
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<amount>', 'tokens', parseAmount)
    .action(run)
}

async function run(topic: TopicId, tokens: string, { json, config }: Common): Promise<void> {
  const { client } = await openConfigured(config)
  const token = await tokenOf(client)
  const { units, words } = token
  const amount = units(tokens)
  const { receipt } = await inTokens(token, fund(client, { topic, amount }))
  print({
    json,
    data: { topic, amount, transaction: receipt.transactionHash },
    lines: [`paid ${words(amount)} into the pool of ${topic}`],
    next: `auspex topic show ${topic}`,
  })
}
