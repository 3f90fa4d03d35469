import type { Command } from 'commander'
import { Option } from 'commander'
import { whatIf } from '@auspex/sdk/maths'
import type { WhatIf } from '@auspex/sdk/maths'
import { OperatorError, formatTable, readPredictions } from '@auspex/workers'
import { formatUnits, parseUnits } from 'viem'
import { z } from 'zod'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { chain, topicId } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { parseTokens } from '../parsers.ts'
import { print } from '../print.ts'
import { recordFor } from '../recordFor.ts'

type Options = Common & { against: string; stake: string }

/** As much of a worker's file as names a past. */
const placeConfig = z.object({ chain: chain.optional(), topic: topicId.optional() })
const SELF = 'you'
/** Rounds that are shown to people; machines get all. */
const SHOWN = 12

export function whatif(): Command {
  return command('whatif', 'what predictions of past rounds would have earned in a topic')
    .argument('<file>', 'CSV with the columns round, value and, if present, confidence')
    .option(
      '--against <record>',
      'chain (the past of the configured topic), or a record.json that `auspex dataset` wrote',
      'chain',
    )
    .addOption(
      new Option('--stake <tokens>', 'at stake before the first round')
        .argParser(parseTokens)
        .default('1000'),
    )
    .action(run)
}

async function run(file: string, { json, config, against, stake }: Options): Promise<void> {
  const predictions = readPredictions(file)
  const place = against === 'chain' ? readConfig({ file: config, schema: placeConfig }) : {}
  const record = await recordFor(against, place)
  const guest = { name: SELF, stake: parseUnits(stake, 18), predictions }
  const result = whatIf({ record, guest })
  if (result.rounds.length === 0) {
    throw new OperatorError(
      'usage',
      `${file} has predictions of ${predictions.size} rounds, and the topic has settled none of them with such a stake. Give rounds of its past, or a higher --stake.`,
    )
  }
  const { missed, differences, ...rest } = result
  print({
    json,
    data: { topic: record.topic, ...rest, missed, differences },
    lines: linesOf(result),
    next: 'auspex worker start --live',
  })
  if (differences.length === 0) return
  throw new OperatorError('error', `The record is not whole: ${differences[0]}`)
}

function linesOf(result: WhatIf): string[] {
  const { rounds, standings, rank, start, end, reward, pool, peers, lost, missed } = result
  const { errorWithout, errorWith, weight, atRisk } = result
  const better = errorWithout === 0 ? 0 : (1 - errorWith / errorWithout) * 100
  return [
    `rounds   ${rounds.length} taken part in, ${missed.length} predicted that the topic did not settle with it`,
    `rank     ${rank ?? '-'} of ${standings.length}, with ${percent(weight)} of the published value on average`,
    `stake    ${tokens(start)} before, ${tokens(end)} after: ${tokens(reward)} for taking part, ${tokens(pool)} from the pool, ${tokens(peers)} from the others`,
    `risk     ${tokens(lost)} lost in its bad rounds; ${tokens(atRisk)} at most for a round that is not revealed`,
    `aggregate misses by ${brief(errorWithout)} without it and by ${brief(errorWith)} with it: ${better >= 0 ? `${better.toFixed(2)} % better` : `${(-better).toFixed(2)} % worse`}`,
    '',
    ...formatTable({
      header: ['round', 'said', 'truth', 'aggregate', 'place', 'weight', 'wager', 'change'],
      rows: rounds
        .slice(-SHOWN)
        .map((each) => [
          String(each.round),
          valueOf(each.value),
          valueOf(each.truth),
          valueOf(each.aggregate),
          `${each.place}/${each.of}`,
          percent(each.weight),
          tokens(each.wager),
          tokens(each.change),
        ]),
      hasRule: false,
    }).split('\n'),
  ]
}

function percent(share: bigint): string {
  return `${(100 * Number(formatUnits(share, 18))).toFixed(1)} %`
}

function tokens(units: bigint): string {
  return Number(formatUnits(units, 18)).toFixed(3)
}

function valueOf(value: bigint): string {
  return brief(Number(formatUnits(value, 18)))
}

function brief(value: number): string {
  return String(Number(value.toPrecision(6)))
}
