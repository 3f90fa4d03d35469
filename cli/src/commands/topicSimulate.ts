import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Argument, InvalidArgumentError, Option } from 'commander'
import { OperatorError } from '@auspex/workers'
import { formatUnits, parseUnits } from 'viem'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { openConfig, readConfig } from '../config/readConfig.ts'
import type { Opened } from '../config/readConfig.ts'
import { topicFile } from '../config/topicFile.ts'
import type { TopicFile } from '../config/topicFile.ts'
import { openReader } from '../openAccount.ts'
import { parseAmount, parseCount, parseNewFile, parseTokens } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'
import type { Token } from '../tokenOf.ts'
import { paramsOf } from '../topic/checkTopic.ts'
import { pastOfFile, pastOfSample, pastOfSource } from '../topic/simulation/pastOf.ts'
import type { Past } from '../topic/simulation/pastOf.ts'
import { linesOf, pageOf } from '../topic/simulation/report.ts'
import { simulate } from '../topic/simulation/resultOf.ts'
import type { Crowd } from '../topic/simulation/play.ts'
import { termFaults } from '../topic/termFaults.ts'
import { noTopicFile } from './topicCheck.ts'

type Options = Common &
  Crowd & {
    history?: string
    sample: boolean
    rounds: number
    skill: number
    absence: number
    stake?: string
    pool: string
    seed: number
    report?: string
  }

export function topicSimulate(): Command {
  const count = (words: string, preset: number) => (name: string) =>
    new Option(`--${name} <count>`, words).argParser(parseHowMany).default(preset)
  return command('simulate', 'play a topic before it is opened: who earns, what the feed is worth')
    .addArgument(new Argument('<file>', 'YAML file of its terms'))
    .option(
      '--history <file>',
      'CSV file with the columns date and value; the truth source’s own past otherwise',
    )
    .option('--sample', 'play on the S&P 500, laid into the topic’s range; needs no chain', false)
    .addOption(
      new Option('--rounds <count>', 'how many rounds at most').argParser(parseCount).default(250),
    )
    .addOption(count('workers that foresee a part of each move', 5)('honest'))
    .addOption(count('workers that repeat the newest public value', 2)('lazy'))
    .addOption(count('workers that repeat what others said', 2)('copying'))
    .addOption(count('workers that push the feed up together', 2)('colluding'))
    .addOption(
      new Option('--skill <share>', 'share of a move’s variance that honest workers foresee')
        .argParser(parseFraction)
        .default(0.1, '10%'),
    )
    .addOption(
      new Option('--absence <share>', 'share of the rounds that each worker misses')
        .argParser(parseFraction)
        .default(0.05, '5%'),
    )
    .option(
      '--stake <tokens>',
      'what each worker stakes; the least of the topic otherwise',
      parseAmount,
    )
    .addOption(
      new Option('--pool <tokens>', 'what is paid into the pool')
        .argParser(parseTokens)
        .default('1000'),
    )
    .addOption(
      new Option('--seed <number>', 'what chance starts from; the same gives the same')
        .argParser(parseHowMany)
        .default(1),
    )
    .option('--report <file>', 'write a page of HTML that needs nothing else', parseNewFile)
    .action(run)
}

async function run(file: string, options: Options): Promise<void> {
  const { json, report, seed, skill, absence, honest, lazy, copying, colluding } = options
  const opened = openConfig({ file, schema: topicFile, advice: noTopicFile })
  const { terms, token, past } = await whatIsPlayed(opened, options)
  const crowd = { honest, lazy, copying, colluding }
  requireSeats(crowd, terms.seats)
  const stake = options.stake === undefined ? terms.minStake : token.units(options.stake)
  if (stake < terms.minStake) {
    throw new OperatorError(
      'usage',
      `A worker of this topic stakes ${token.words(terms.minStake)} at least. Give --stake no less.`,
    )
  }
  const pool = token.units(options.pool)
  const setting = { terms, rounds: past.rounds, crowd, skill, absence, stake, pool, seed }
  const result = simulate(setting)
  const told = { description: terms.description, source: past.source, setting, result, token }
  if (report) writeFileSync(report, await pageOf(told))
  const { played, ...numbers } = result
  print({
    json,
    data: {
      file,
      source: past.source,
      seed,
      crowd,
      skill,
      absence,
      stake,
      rounds: played.length,
      ...numbers,
    },
    lines: [...linesOf(told), ...(report ? ['', `report     ${report}`] : [])],
    next: `auspex topic check ${file}`,
  })
}

/** Terms, token and past: with the chain where the truth source is asked, without it otherwise. */
async function whatIsPlayed(opened: Opened<TopicFile>, options: Options) {
  const { config, history, sample, rounds } = options
  const needsChain = history === undefined && !sample
  if (history !== undefined && sample) {
    throw new OperatorError(
      'usage',
      'Only one past can be played. Leave out --history or --sample.',
    )
  }
  const client =
    needsChain || existsSync(config)
      ? await openReader(readConfig({ file: config, schema: readerConfig }))
      : undefined
  const token = client === undefined ? unknownToken : await tokenOf(client)
  const now = client === undefined ? BigInt(Math.floor(Date.now() / 1000)) : await client.now()
  const terms = paramsOf(opened.data, { token, now })
  const faults = termFaults(terms, now).filter(({ field }) => field !== 'start')
  if (faults.length > 0) throw opened.refuse(faults)

  const { kind } = opened.data
  const laid = () => pastOfSample({ kind, terms, rounds })
  let past: Past
  if (history !== undefined) past = pastOfFile(history, { terms, rounds })
  else if (sample || client === undefined) past = await laid()
  else past = (await pastOfSource(client, { params: terms, rounds })) ?? (await shortOf(laid()))
  return { terms, token, past }
}

/** The truth source shows too little: what is played instead says so. */
async function shortOf(sample: Promise<Past>): Promise<Past> {
  const { rounds, source } = await sample
  return { rounds, source: `${source}; the truth source shows too few past rounds` }
}

/** As most tokens count; what is paid in what is not asked without a chain. */
const unknownToken: Token = {
  symbol: 'tokens',
  decimals: 18,
  units: (tokens) => parseUnits(tokens, 18),
  words: (units) => `${formatUnits(units, 18)} tokens`,
}

function requireSeats({ honest, lazy, copying, colluding }: Crowd, seats: bigint): void {
  const all = honest + lazy + copying + colluding
  if (all > 0 && BigInt(all) <= seats) return
  throw new OperatorError(
    'usage',
    `${all} workers are to take part, and the topic has ${seats} seats. Give 1 to ${seats} by --honest, --lazy, --copying and --colluding.`,
  )
}

function parseHowMany(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number from 0 on is needed.')
}

/** A share such as 0.1 or 10%. */
function parseFraction(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const part = digits === undefined ? NaN : Number(digits) / (percent ? 100 : 1)
  if (part >= 0 && part <= 1) return part
  throw new InvalidArgumentError('A share is needed, such as 0.1 or 10%, from 0 to 1.')
}
