import { Argument } from 'commander'
import type { Command } from 'commander'
import { getDefinition } from '@auspex/sdk'
import type { Question } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import type { Address, Hex } from 'viem'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { creationOf } from '../creationOf.ts'
import type { Deployable } from '../creationOf.ts'
import { deployOnce } from '../deployOnce.ts'
import { openConfigured } from '../openAccount.ts'
import {
  parseAddress,
  parseBytes32,
  parseDuration,
  parseFixed,
  parseShare,
  parseWhole,
} from '../parsers.ts'
import { print } from '../print.ts'

type Options = Common & {
  feed?: Address
  heartbeat?: bigint
  window?: bigint
  samples?: bigint
  size?: bigint
  pyth?: Address
  id?: Hex
  maxDelay: bigint
  maxConfidence: bigint
  pool?: Address
  inverted: boolean
  provableFor: bigint
  blockTime: bigint
}

type Term = Exclude<keyof Options, keyof Common>
type Kind = {
  name: Deployable
  needs: readonly Term[]
  args: (options: Required<Options>, network: Address) => readonly unknown[]
}

const sampled = ['feed', 'heartbeat', 'window', 'samples'] as const

const kinds: { [kind: string]: Kind } = {
  feed: {
    name: 'FeedTruth',
    needs: ['feed', 'heartbeat'],
    args: ({ feed, heartbeat }) => [feed, heartbeat],
  },
  return: {
    name: 'ReturnTruth',
    needs: ['feed', 'heartbeat', 'window'],
    args: ({ feed, heartbeat, window }) => [feed, heartbeat, window],
  },
  volatility: { name: 'VolatilityTruth', needs: sampled, args: sampledArgs },
  average: { name: 'AverageTruth', needs: sampled, args: sampledArgs },
  move: {
    name: 'TouchTruth',
    needs: [...sampled, 'size'],
    args: (options) => [...sampledArgs(options), options.size],
  },
  pyth: {
    name: 'PythTruth',
    needs: ['pyth', 'id'],
    args: ({ pyth, id, maxDelay, maxConfidence }, network) => [
      pyth,
      network,
      id,
      maxDelay,
      maxConfidence,
    ],
  },
  pool: {
    name: 'PoolTruth',
    needs: ['pool', 'window'],
    args: ({ pool, inverted, window, provableFor, blockTime }) => [
      { pool, isInverted: inverted, window, provableFor, blockTime },
    ],
  },
  'base-fee': { name: 'BaseFeeTruth', needs: [], args: () => [] },
}

function sampledArgs({ feed, heartbeat, window, samples }: Required<Options>) {
  return [feed, heartbeat, window, samples]
}

export function truthDeploy(): Command {
  return command(
    'deploy',
    'deploy a contract that knows what happened; the same terms are deployed once',
  )
    .addArgument(new Argument('<kind>', 'what it answers').choices(Object.keys(kinds)))
    .option('--feed <address>', 'Chainlink-shaped feed', parseAddress)
    .option(
      '--heartbeat <time>',
      'within which the feed promises an answer, such as 1h',
      parseDuration,
    )
    .option('--window <time>', 'before the target time that counts, such as 24h', parseDuration)
    .option('--samples <count>', 'equal intervals of the window', parseWhole)
    .option('--size <share>', 'move: share of the start, such as 0.05 for 5 %', parseFixed)
    .option('--pyth <address>', "Pyth's contract", parseAddress)
    .option('--id <id>', "pyth: the price's id", parseBytes32)
    .option(
      '--max-delay <time>',
      'pyth: from the target time to the first update',
      parseDuration,
      60n,
    )
    .option(
      '--max-confidence <share>',
      'pyth: widest confidence, a share of the price',
      parseShare,
      100n,
    )
    .option('--pool <address>', 'Uniswap v3 pool', parseAddress)
    .option('--inverted', 'pool: the price of token 1 in token 0', false)
    .option(
      '--provable-for <time>',
      'pool: after the target time, at the least',
      parseDuration,
      3600n,
    )
    .option('--block-time <time>', 'pool: shortest time between blocks', parseDuration, 12n)
    .action(run)
}

async function run(kind: string, options: Options): Promise<void> {
  const { name, needs, args } = kinds[kind]!
  const missing = needs.filter((term) => options[term] === undefined)
  if (missing.length > 0) {
    throw new OperatorError(
      'usage',
      `A truth of kind ${kind} also needs ${missing.map((term) => `--${term}`).join(', ')}. See auspex truth deploy --help.`,
    )
  }

  const { json, config } = options
  const { client } = await openConfigured(config)
  const code = creationOf({ name, args: args(options as Required<Options>, client.network) })
  const { address, transaction } = await deployOnce(client, code)
  const definition = await getDefinition(client, { source: address })
  print({
    json,
    data: { kind, contract: name, address, transaction: transaction ?? null, definition },
    lines: [
      transaction === undefined
        ? `${name} is deployed at ${address} already`
        : `deployed ${name} at ${address}`,
      `answers ${wordsOf(definition.question)}, in ${definition.unit}`,
      `for the file of a topic: truth: '${address}'`,
    ],
    next: 'auspex topic create topic.yaml',
  })
}

function wordsOf(question: Question): string {
  const { kind } = question
  if (kind === 'value') return 'the value at the target time'
  const words = kind === 'poolAverage' ? 'the time-weighted price' : `the ${kind}`
  const samples = 'samples' in question ? ` by ${question.samples} samples` : ''
  return `${words} of the ${question.window} seconds up to the target time${samples}`
}
