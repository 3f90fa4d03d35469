import type { Command } from 'commander'
import { formatTable } from '@auspex/workers'
import { Option } from 'commander'
import { formatUnits } from 'viem'
import type { Address } from 'viem'
import {
  getOutcome,
  getResolution,
  getRevealed,
  getRound,
  getTopic,
  getTurn,
  settlementOf,
  unpackPrediction,
} from '@auspex/sdk'
import type { AuspexClient, Outcome, RoundKey, TopicId } from '@auspex/sdk'
import { loss, place } from '@auspex/sdk/maths'
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
  /** How good that was: see scoreOf. */
  score?: bigint
  /** What its stake gained or lost by the settlement: from the pool, and from the other workers. */
  paid?: bigint
}

const ONE = 10n ** 18n

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
      past.push(await pastOf(client, { topic, round, worker, tipBps: times.tipBps }))
    }
    print({
      json,
      data: { topic, worker, rounds: past },
      lines: formatTable({
        header: HEADER,
        rows: past.map((each) => rowOf(each, words)),
        hasRule: false,
      }).split('\n'),
      next: `auspex stake show ${topic} --worker ${worker}`,
    })
  })
}

async function pastOf(
  client: AuspexClient,
  { topic, round, worker, tipBps }: RoundKey & { worker: Address; tipBps: bigint },
): Promise<Past> {
  const key = { topic, round }
  const [{ status }, revealed, outcome, resolution] = await Promise.all([
    getRound(client, key),
    getRevealed(client, key),
    getOutcome(client, key),
    getResolution(client, key),
  ])
  const index = revealed.workers.findIndex((each) => each.toLowerCase() === worker.toLowerCase())
  const own = index < 0 ? undefined : unpackPrediction(revealed.predictions[index]!)
  const [said, aggregate, truth] = [own?.value, outcome?.value, resolution?.truth]
  const isKnown = outcome !== undefined && resolution !== undefined && own !== undefined
  const settlement =
    isKnown && status === 'settled'
      ? settlementOf({
          outcome,
          resolution,
          predictions: revealed.predictions.map(unpackPrediction),
          tipBps,
        })
      : undefined
  const gains = settlement?.gains[index]
  return {
    round,
    status,
    ...(own && { said: own.value, wager: own.wager }),
    ...(aggregate !== undefined && { aggregate }),
    ...(truth !== undefined && { truth }),
    ...(said !== undefined && truth !== undefined && { error: distance(said, truth) }),
    ...(aggregate !== undefined &&
      truth !== undefined && { aggregateError: distance(aggregate, truth) }),
    ...(isKnown && { score: scoreOf(outcome, own.value, resolution.truth) }),
    ...(gains && { paid: gains.reward + gains.pool + gains.peers }),
  }
}

/** How close a value came, in the range the round was scored in: one less its quadratic loss, 1e18 fixed point. */
function scoreOf({ domain: { low, high } }: Outcome, said: bigint, truth: bigint): bigint {
  const at = (value: bigint) => place(value, low, high - low)
  return ONE - (loss(at(said), at(truth)) * ONE) / loss(at(high), at(low))
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}

const HEADER = [
  'round',
  'status',
  'said',
  'aggregate',
  'truth',
  'error',
  'its error',
  'score',
  'paid',
]

function rowOf(past: Past, words: (units: bigint) => string): string[] {
  const { round, status, said, aggregate, truth, error, aggregateError, score, paid } = past
  const cells = [said, aggregate, truth, error, aggregateError].map(shown)
  const points = score === undefined ? '-' : Number(formatUnits(score, 18)).toFixed(4)
  return [String(round), status, ...cells, points, paid === undefined ? '-' : words(paid)]
}

function shown(value: bigint | undefined): string {
  return value === undefined ? '-' : String(Number(Number(formatUnits(value, 18)).toPrecision(9)))
}
