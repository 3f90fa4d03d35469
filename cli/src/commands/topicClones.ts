import type { Command } from 'commander'
import { getTopicRecord, roundsIn } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { correlationsOf, FEWEST_IN_COMMON } from '@auspex/sdk/maths'
import type { Correlation } from '@auspex/sdk/maths'
import { formatTable } from '@auspex/workers'
import { formatUnits } from 'viem'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'

type Options = Common & { pairs: bigint }

export function topicClones(): Command {
  return command('clones', 'workers of a topic that say the same, beside the aggregate')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option('--pairs <count>', 'how many pairs to print, the most alike first', parseWhole, 10n)
    .action(run)
}

async function run(topic: TopicId, { pairs: most, json, config }: Options): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const record = await getTopicRecord(client, { topic })
  const departures = roundsIn(record).flatMap(({ round, predictions, outcome }) =>
    outcome === undefined
      ? []
      : predictions.map(({ worker, value }) => ({
          worker,
          round,
          residual: Number(formatUnits(value - outcome.value, 18)),
        })),
  )
  const { workers, matrix } = correlationsOf(departures)
  const pairs = pairsOf(workers, matrix)
  print({
    json,
    data: { topic, pairs },
    lines:
      pairs.length === 0
        ? [`no two workers have ${FEWEST_IN_COMMON} published rounds in common yet`]
        : [
            ...tableOf(pairs.slice(0, Number(most))),
            'A correlation shows that two say the same, not who copies whom, or that anyone does.',
          ],
    next: `auspex leaderboard ${topic}`,
  })
}

type Pair = Correlation & { workers: [string, string] }

/** The most alike first. */
function pairsOf(workers: readonly string[], matrix: readonly (Correlation | null)[][]): Pair[] {
  const pairs = workers.flatMap((one, i) =>
    workers.slice(i + 1).flatMap((other, j): Pair[] => {
      const found = matrix[i]![i + 1 + j]
      return found ? [{ workers: [one, other], ...found }] : []
    }),
  )
  return pairs.sort((a, b) => b.value - a.value)
}

function tableOf(pairs: readonly Pair[]): string[] {
  return formatTable({
    header: ['worker', 'worker', 'rounds', 'correlation', '95 % interval'],
    rows: pairs.map(({ workers: [one, other], rounds, value, low, high }) => [
      one,
      other,
      String(rounds),
      value.toFixed(3),
      `${low.toFixed(3)} to ${high.toFixed(3)}`,
    ]),
    hasRule: false,
  }).split('\n')
}
