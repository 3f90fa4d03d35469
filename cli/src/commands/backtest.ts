import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { TopicRecord } from '@auspex/sdk'
import { OperatorError, backtestLines, backtestPage, runBacktest } from '@auspex/workers'
import type { Backtest } from '@auspex/workers'
import { parseUnits } from 'viem'
import { stopSignal } from '../again.ts'
import { command, withFields } from '../command.ts'
import type { Common } from '../command.ts'
import { backtestConfig } from '../config/backtestConfig.ts'
import type { BacktestConfig } from '../config/backtestConfig.ts'
import { modelFrom, sourceFrom } from '../config/paths.ts'
import { readConfig } from '../config/readConfig.ts'
import { parseCount, parseNewFile, parseTokens } from '../parsers.ts'
import { print } from '../print.ts'
import { recordFor } from '../recordFor.ts'

type Options = Common & {
  rounds: number
  horizon: number
  from?: number
  against: string
  stake: string
  leakCheck: boolean
  report?: string
}

/** Moments at which a model is asked with other futures on file: always a few, and many with --leak-check. */
const FEW = 1
const MANY = 6

export function backtest(): Command {
  const own = command(
    'backtest',
    'what a model would have said and earned, round after round of the past',
  )
    .addOption(
      new Option('--rounds <count>', 'how many rounds at most').argParser(parseCount).default(500),
    )
    .option(
      '--from <date>',
      'first day, YYYY-MM-DD; the last rounds where it is left out',
      parseDay,
    )
    .addOption(
      new Option('--horizon <bars>', 'bars from an opening to its target')
        .argParser(parseCount)
        .default(1),
    )
    .option(
      '--against <field>',
      'who plays too: baselines, chain (the past of the configured topic), or a record.json that `auspex dataset` wrote',
      'baselines',
    )
    .addOption(
      new Option('--stake <tokens>', 'at stake before the first round')
        .argParser(parseTokens)
        .default('1000'),
    )
    .option('--leak-check', 'look for leaks at many moments instead of one', false)
    .option('--report <file>', 'write a page of HTML that needs nothing else', parseNewFile)
    .action(run)
  return withFields(own, backtestConfig)
}

async function run(options: Options): Promise<void> {
  const { json, config: file, rounds, horizon, from, stake, leakCheck, report, against } = options
  const config = readConfig({ file, schema: backtestConfig })
  const record = against === 'baselines' ? undefined : await recordFor(against, config)
  const result = await runBacktest({
    ...config,
    model: modelFrom({ file, model: config.model }),
    source: sourceFrom({ file, source: config.source }),
    withinMs: Number(config.predictWithin) * 1000,
    rounds,
    horizon,
    from,
    record,
    stake: parseUnits(stake, 18),
    leakMoments: leakCheck ? MANY : FEW,
    signal: stopSignal(),
    onRound: progress(json),
  })
  if (report) writeFileSync(report, await backtestPage(result))
  print({
    json,
    data: dataOf(result),
    lines: [...backtestLines(result), ...(report ? [`report   ${report}`] : [])],
    next: nextOf(config, record),
  })
  if (result.isHonest) return
  throw new OperatorError('error', `The run is not honest: ${result.why}`)
}

function nextOf({ topic }: BacktestConfig, record: TopicRecord | undefined): string {
  if (record) return 'auspex worker start'
  return topic ? 'auspex backtest --against chain' : 'auspex topic list'
}

/** One object for machines: what the tests and the page of a model are made from. */
function dataOf({ asked, career, ...rest }: Backtest) {
  const { aggregates: _, others, ...money } = career
  return { ...rest, rounds: asked, career: { ...money, others: Object.fromEntries(others) } }
}

function progress(json: boolean): (done: number, of: number) => void {
  const isShown = !json && process.stderr.isTTY
  return (done, of) => {
    if (isShown) process.stderr.write(done === of ? '\r\x1b[K' : `\rround ${done} of ${of} `)
  }
}

function parseDay(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  if (isDay) return time / 1000
  throw new InvalidArgumentError('A day is needed, such as 2016-01-04.')
}
