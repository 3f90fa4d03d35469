import type { Command } from 'commander'
import { createTopic } from '@auspex/sdk'
import { Argument } from 'commander'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/accountConfig.ts'
import { readConfig } from '../config/readConfig.ts'
import { topicFile } from '../config/topicFile.ts'
import { openAccount } from '../openAccount.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'
import { withFields } from '../withFields.ts'

export function topicCreate(): Command {
  const create = command('create', 'open a topic; its terms can never be changed')
    .addArgument(new Argument('<file>', 'YAML file of its terms'))
    .action(run)
  return withFields(create, topicFile)
}

async function run(file: string, { json, config }: Common): Promise<void> {
  const terms = readConfig({ file, schema: topicFile })
  const { chain, keys } = readConfig({ file: config, schema: accountConfig })
  const { client } = await openAccount({ file: config, chain, keys })
  const { units } = await tokenOf(client)
  const now = await client.now()
  const { minWager, minStake, start = now + 60n, ...rest } = terms
  const params = { ...rest, start, minWager: units(minWager), minStake: units(minStake) }
  const { topic, receipt } = await createTopic(client, params)
  print({
    json,
    data: { topic, start, transaction: receipt.transactionHash },
    lines: [
      `opened topic ${topic}`,
      `round 0 opens ${new Date(Number(start) * 1000).toISOString()}`,
    ],
    next: `auspex topic fund ${topic} <amount>`,
  })
}
