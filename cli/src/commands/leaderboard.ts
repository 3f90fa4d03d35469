import type { Command } from 'commander'
import { getTopicRecord } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { whatIf } from '@auspex/sdk/maths'
import type { WhatIfStanding } from '@auspex/sdk/maths'
import { formatTable } from '@auspex/workers'
import { formatUnits } from 'viem'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

/** Takes part in nothing: a replay with it is the past as it was. */
const NOBODY = { name: 'nobody', stake: 0n, predictions: new Map() }

export function leaderboard(): Command {
  return command('leaderboard', 'a topic’s workers by rank: stake, weight, error, what they earned')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(run)
}

async function run(topic: TopicId, { json, config }: Common): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const record = await getTopicRecord(client, { topic })
  const { standings, differences } = whatIf({ record, guest: NOBODY })
  const { words } = await tokenOf(client)
  print({
    json,
    data: { topic, workers: standings, differences },
    lines:
      standings.length === 0
        ? ['no round of the topic is settled yet']
        : [
            ...tableOf(standings, words),
            ...differences.map((each) => `The record is not whole: ${each}`),
          ],
    next: standings.length === 0 ? `auspex topic show ${topic}` : 'auspex whatif <file>',
  })
}

function tableOf(standings: readonly WhatIfStanding[], words: (units: bigint) => string): string[] {
  return formatTable({
    header: ['place', 'worker', 'rounds', 'weight', 'error', 'earned', 'stake'],
    rows: standings.map(({ worker, rounds, weight, rmse, change, stake }, i) => [
      String(i + 1),
      worker,
      String(rounds),
      `${(100 * Number(formatUnits(weight, 18))).toFixed(1)} %`,
      String(Number(rmse.toPrecision(4))),
      words(change),
      words(stake),
    ]),
    hasRule: false,
  }).split('\n')
}
