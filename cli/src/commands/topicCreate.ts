import type { Command } from 'commander'
import { formatUnits } from 'viem'
import { AuspexError, createTopic } from '@auspex/sdk'
import { Argument } from 'commander'
import { command, withFields } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { topicFile } from '../config/topicFile.ts'
import { openAccount } from '../openAccount.ts'
import { print } from '../print.ts'
import { warningsOf } from '../timelineOf.ts'
import { tokenOf } from '../tokenOf.ts'

export function topicCreate(): Command {
  const create = command('create', 'open a topic; its terms can never be changed')
    .addArgument(new Argument('<file>', 'YAML file of its terms'))
    .action(run)
  return withFields(create, topicFile)
}

async function run(file: string, { json, config }: Common): Promise<void> {
  const terms = readConfig({
    file,
    schema: topicFile,
    advice: 'Write one; auspex topic create --help names its fields.',
  })
  const { client } = await openAccount({
    file: config,
    ...readConfig({ file: config, schema: accountConfig }),
  })
  const { units, words } = await tokenOf(client)
  const now = await client.now()
  const { minWager, minStake, start = now + 60n, ...rest } = terms
  const params = { ...rest, start, minWager: units(minWager), minStake: units(minStake) }
  const warnings = warningsOf(params)
  for (const warning of json ? [] : warnings) console.error(`Warning: ${warning}.`)
  const { topic, receipt } = await createTopic(client, params).catch(inTermsOf({ file, words }))
  print({
    json,
    data: { topic, start, transaction: receipt.transactionHash, warnings },
    lines: [
      `opened topic ${topic}`,
      `round 0 opens ${new Date(Number(start) * 1000).toISOString()}`,
    ],
    next: `auspex topic fund ${topic} 1000`,
  })
}

/** A refused term is told as the file names and counts it. */
function inTermsOf({ file, words }: { file: string; words: (units: bigint) => string }) {
  return (error: unknown): never => {
    if (!(error instanceof AuspexError)) throw error

    const { name, args, message } = error
    const term = String(args.term)
    const count = countOf(name, { term, words })
    const numbers = Object.values(args).filter((value) => typeof value === 'bigint')
    const told = numbers.reduce(
      (text, value) => text.replace(new RegExp(`(?<![\\w.-])${value}(?!\\w|\\.\\d)`), count(value)),
      message.replace(`"${term}"`, `"${term.replace(/Bps$/, '')}"`),
    )
    throw new AuspexError(name, args, `${file}: ${told}`, error)
  }
}

function countOf(
  name: string,
  { term, words }: { term: string; words: (units: bigint) => string },
): (value: bigint) => string {
  if (name === 'UnsoundDomain') return (value) => formatUnits(value, 18)
  if (term.endsWith('Bps') || term === 'domainScale') return (value) => formatUnits(value, 4)
  return /^min(Wager|Stake)$/.test(term) ? words : String
}
