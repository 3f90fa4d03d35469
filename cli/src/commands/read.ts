import type { Command } from 'commander'
import { formatUnits } from 'viem'
import { getTopic, readForecast } from '@auspex/sdk'
import type { Forecast, TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function read(): Command {
  return command('read', 'read what a topic says now')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(run)
}

async function run(topic: TopicId, { json, config }: Common): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const forecast = await readForecast(client, { topic })
  // Nothing published and nothing there read alike: what is not there is refused here.
  if (forecast.status === 'void') await getTopic(client, { topic })
  const { words } = await tokenOf(client)
  const next =
    forecast.status === 'void'
      ? `nothing was published yet: auspex topic show ${topic}`
      : `auspex topic show ${topic}`
  print({ json, data: { topic, forecast }, lines: linesOf(forecast, words), next })
}

function linesOf(forecast: Forecast, words: (units: bigint) => string): string[] {
  const { value, interval, round, contributors, wagers, status, targetTime, publishedAt } = forecast
  if (status === 'void') return ['no value']
  const band =
    interval === null
      ? 'no interval yet'
      : `${formatUnits(interval.lower, 18)} to ${formatUnits(interval.upper, 18)}`
  return [
    `value      ${formatUnits(value, 18)}`,
    `interval   ${band}`,
    `status     ${status}`,
    `round      ${round}, ${contributors} workers, ${words(wagers)} at risk`,
    `published  ${date(publishedAt)}`,
    `target     ${date(targetTime)}`,
  ]
}

function date(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString()
}
