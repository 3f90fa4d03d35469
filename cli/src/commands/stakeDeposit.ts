import type { Command } from 'commander'
import { hexToBigInt, slice } from 'viem'
import type { Address, Hex } from 'viem'
import { deposit } from '@auspex/sdk'
import type { Consent, TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { inTokens, tokenOf } from '../tokenOf.ts'
import { openConfigured } from '../openAccount.ts'
import { parseAddress, parseAmount, parseConsent, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'

type Options = Common & { worker?: Address; consent?: Hex }

export function stakeDeposit(): Command {
  return command('deposit', 'put tokens behind a worker; they count after the activation delay')
    .argument('<topic>', 'id of the topic', parseTopic)
    .argument('<amount>', 'tokens', parseAmount)
    .option(
      '--worker <address>',
      'the worker; the configured key itself where left out',
      parseAddress,
    )
    .option(
      '--consent <signature>',
      'its consent, for the first deposit of another owner',
      parseConsent,
    )
    .action(run)
}

async function run(topic: TopicId, tokens: string, options: Options): Promise<void> {
  const { json, config, worker, consent } = options
  const { client } = await openConfigured(config)
  const token = await tokenOf(client)
  const { units, words } = token
  const amount = units(tokens)
  const deposited = deposit(client, {
    topic,
    amount,
    ...(worker && { worker }),
    ...(consent && { consent: consentOf(consent) }),
  })
  const { activeAt, receipt } = await inTokens(token, deposited)
  const who = worker ?? client.account!
  print({
    json,
    data: { topic, worker: who, amount, activeAt, transaction: receipt.transactionHash },
    lines: [`deposited ${words(amount)} for ${who}`],
    next: `after ${new Date(Number(activeAt) * 1000).toISOString()}: auspex stake activate ${topic} --worker ${who}`,
  })
}

/** As `auspex keys consent` prints it: its end, and both halves of the signature. */
function consentOf(words: Hex): Consent {
  const [deadline, r, vs] = [slice(words, 0, 32), slice(words, 32, 64), slice(words, 64)]
  return { deadline: hexToBigInt(deadline), r, vs }
}
