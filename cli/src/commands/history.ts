import type { Command } from 'commander'
import { Option } from 'commander'
import { formatUnits, getAbiItem } from 'viem'
import type { Address } from 'viem'
import {
  getOutcome,
  getResolution,
  getRevealed,
  getRound,
  getTopic,
  getTurn,
  readLogs,
  unpackPrediction,
} from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import { again, watchOption } from '../again.ts'
import type { Watching } from '../again.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { configuredAddress, openReader } from '../openAccount.ts'
import { parseAddress, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

type Options = Common & Watching & { rounds: bigint; worker?: Address }

/** One round as a worker saw it; what did not happen is undefined. Values are 1e18 fixed point, money base units. */
type Past = {
  round: bigint
  status: string
  said?: bigint
  wager?: bigint
  aggregate?: bigint
  truth?: bigint
  /** How far it lay from the truth, and how far the aggregate did: lower is better. */
  error?: bigint
  aggregateError?: bigint
  /** What its stake gained or lost when the round was settled. */
  paid?: bigint
}

const settledEvent = getAbiItem({ abi: topicNetworkAbi, name: 'RoundSettled' })

export function history(): Command {
  return command('history', 'what a worker said in past rounds, what came of it, what it was paid')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option(
      '--worker <address>',
      'whose; that of the configured key where it is left out',
      parseAddress,
    )
    .addOption(
      new Option('--rounds <count>', 'how many rounds, latest first')
        .argParser(parseWhole)
        .default(10n, '10'),
    )
    .addOption(watchOption())
    .action(run)
}

async function run(topic: TopicId, options: Options): Promise<void> {
  const { json, config, rounds } = options
  const worker = options.worker ?? (await configuredAddress(config))
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const { words } = await tokenOf(client)
  const times = await getTopic(client, { topic })

  await again(options, async () => {
    const { round: last, phase } = await getTurn(client, { topic, times })
    const past: Past[] = []
    const first = last - rounds + 1n
    for (let round = last; phase !== 'pending' && round >= first && round >= 0n; round--) {
      past.push(await pastOf(client, { topic, round, worker }))
    }
    print({
      json,
      data: { topic, worker, rounds: past },
      lines: [titles, ...past.map((each) => lineOf(each, words))],
      next: `auspex stake show ${topic} --worker ${worker}`,
    })
  })
}

async function pastOf(
  client: AuspexClient,
  { topic, round, worker }: { topic: TopicId; round: bigint; worker: Address },
): Promise<Past> {
  const key = { topic, round }
  const [{ status }, revealed, outcome, resolution] = await Promise.all([
    getRound(client, key),
    getRevealed(client, key),
    getOutcome(client, key),
    getResolution(client, key),
  ])
  const place = revealed.workers.findIndex((each) => each.toLowerCase() === worker.toLowerCase())
  const own = place < 0 ? undefined : unpackPrediction(revealed.predictions[place]!)
  const [said, aggregate, truth] = [own?.value, outcome?.value, resolution?.truth]
  const paid = resolution && own && (await paidIn(client, { topic, round, worker }))
  return {
    round,
    status,
    ...(own && { said: own.value, wager: own.wager }),
    ...(aggregate !== undefined && { aggregate }),
    ...(truth !== undefined && { truth }),
    ...(said !== undefined && truth !== undefined && { error: distance(said, truth) }),
    ...(aggregate !== undefined &&
      truth !== undefined && { aggregateError: distance(aggregate, truth) }),
    ...(paid !== undefined && { paid }),
  }
}

/** What the stake moved by in the block of the settlement; unknown where no endpoint keeps the state of then. */
async function paidIn(
  client: AuspexClient,
  { topic, round, worker }: { topic: TopicId; round: bigint; worker: Address },
): Promise<bigint | undefined> {
  const [settled] = await readLogs(client, { event: settledEvent, args: { topic, round }, most: 1 })
  if (settled === undefined) return undefined
  const call = {
    address: client.network,
    abi: topicNetworkAbi,
    functionName: 'positionOf',
  } as const
  const stakes = await Promise.all(
    [settled.blockNumber - 1n, settled.blockNumber].map((blockNumber) =>
      client.public.readContract({ ...call, args: [topic, worker], blockNumber }),
    ),
  ).catch(() => undefined)
  return stakes && BigInt(stakes[1]!.stake) - BigInt(stakes[0]!.stake)
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}

const WIDTHS = [7, 10, 16, 16, 16, 12, 12]
const titles = row(['round', 'status', 'said', 'aggregate', 'truth', 'error', 'its error'], 'paid')

function lineOf(past: Past, words: (units: bigint) => string): string {
  const { round, status, said, aggregate, truth, error, aggregateError, paid } = past
  const cells = [said, aggregate, truth, error, aggregateError].map(shown)
  return row([String(round), status, ...cells], paid === undefined ? '-' : words(paid))
}

function shown(value: bigint | undefined): string {
  return value === undefined ? '-' : String(Number(Number(formatUnits(value, 18)).toPrecision(9)))
}

function row(cells: readonly string[], last: string): string {
  return [...cells.map((cell, i) => cell.padEnd(WIDTHS[i]!)), last].join(' ')
}
