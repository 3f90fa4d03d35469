import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { questions } from '@auspex/workers'
import type { Question } from '@auspex/workers/models'

export interface Options {
  /** First day to predict, as YYYY-MM-DD; the last `rounds` days of the series where not given. */
  readonly from: string | undefined
  readonly rounds: number
  readonly topics: readonly Question[]
  readonly seed: number
  readonly keep: boolean
  /** Where the page is saved at the end; in `reports` where not given. */
  readonly record: string | undefined
  /** With `keep`: seconds of the chain that pass in one of ours. */
  readonly speed: number
  /** With `keep`: where the guest's key, data and configuration are put; what was there is removed. */
  readonly folder: string
  readonly json: boolean
}

type ReadOptions = { status: 'read'; options: Options } | { status: 'told' } | { status: 'refused' }

const DEFAULT_ROUNDS = 500
const names = questions.map(({ name }) => name)

/** Reads the command line; says itself what is wrong with it, or what it may hold. */
export function readOptions({ args }: { args: readonly string[] }): ReadOptions {
  const command = new Command('npm start --')
    .description('A whole prediction network on real market data, on a chain of its own.')
    .option(
      '--from <date>',
      'first day to predict, YYYY-MM-DD (default: the end of the series)',
      date,
    )
    .addOption(
      new Option('--rounds <number>', 'rounds for each topic')
        .argParser(rounds)
        .default(DEFAULT_ROUNDS),
    )
    .addOption(
      new Option('--topics <names>', `some of ${names.join(',')}`)
        .argParser(topics)
        .default(questions, 'all'),
    )
    .addOption(
      new Option('--seed <number>', 'equal seeds give equal runs').argParser(seed).default(1),
    )
    .option('--record <file>', 'where the page is saved at the end (default: in reports/)')
    .option('--keep', 'at the end open a topic with a round a minute, alive until Ctrl-C', false)
    .addOption(
      new Option(
        '--speed <times>',
        'with --keep, seconds of the chain that pass in one of ours, 0 to stand still',
      )
        .argParser(speed)
        .default(1),
    )
    .option('--folder <path>', 'with --keep, where the guest’s files are put', '.auspex/demo')
    .option('--json', 'print the result as JSON on the last line', false)
    .allowExcessArguments(false)
    .exitOverride()

  try {
    command.parse([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { status: 'told' }
    console.error('See what can be given with: npm start -- --help')
    return { status: 'refused' }
  }
  const { from, record, ...rest } = command.opts<
    Partial<Pick<Options, 'from' | 'record'>> & Omit<Options, 'from' | 'record'>
  >()
  return { status: 'read', options: { ...rest, from, record: record && resolve(record) } }
}

function date(text: string): string {
  // February 31 is read as a day of March: only what reads back the same is a date.
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  if (!isDay) throw new InvalidArgumentError('It is no date. Give one like 2016-01-04.')
  return text
}

function rounds(text: string): number {
  return whole({ text, least: 1, most: 5000 })
}

function seed(text: string): number {
  return whole({ text, least: 0, most: 2 ** 31 - 1 })
}

function speed(text: string): number {
  return whole({ text, least: 0, most: 60 })
}

function whole({ text, least, most }: { text: string; least: number; most: number }): number {
  const number = Number(text)
  const isWhole = /^\d+$/.test(text) && least <= number && number <= most
  if (!isWhole) throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
  return number
}

function topics(text: string): Question[] {
  const asked = text.split(',').map((name) => name.trim())
  const unknown = asked.filter((name) => !names.some((known) => known === name))
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      `There is no topic ${unknown.join(', ')}. Give one or more of ${names.join(',')}.`,
    )
  }
  return questions.filter(({ name }) => asked.includes(name))
}
