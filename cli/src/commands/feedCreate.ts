import type { Command } from 'commander'
import { createFallbackFeed, createFeed, createGuardedFeed } from '@auspex/sdk'
import type { AuspexClient, FeedPolicy, TopicId } from '@auspex/sdk'
import { parseAbi, zeroAddress } from 'viem'
import type { Address } from 'viem'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { creationOf } from '../creationOf.ts'
import { deployOnce } from '../deployOnce.ts'
import { openConfigured } from '../openAccount.ts'
import {
  parseAddress,
  parseDuration,
  parseFixed,
  parseShare,
  parseTokens,
  parseTopic,
  parseWhole,
} from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

type Options = Common & {
  factory?: Address
  zero: boolean
  maxAge?: bigint
  minContributors?: bigint
  minWagers?: string
  maxWidth?: bigint
  maxWidthShare?: bigint
  minValue?: bigint
  maxValue?: bigint
  sequencer?: Address
  grace?: bigint
}

const shape = parseAbi([
  'function heartbeat() view returns (uint256)',
  'function description() view returns (string)',
])

export function feedCreate(): Command {
  return command('create', "deploy a topic's view in Chainlink's shape, or find it")
    .argument('<topic>', 'id of the topic', parseTopic)
    .option('--factory <address>', 'FeedFactory; deployed once where it is left out', parseAddress)
    .option('--max-age <time>', 'refuse what was published longer ago, such as 3h', parseDuration)
    .option('--min-contributors <count>', 'refuse fewer workers', parseWhole)
    .option('--min-wagers <tokens>', 'refuse less money at risk', parseTokens)
    .option('--max-width <value>', 'refuse a wider interval', parseFixed)
    .option(
      '--max-width-share <share>',
      'refuse a wider interval, as a share of the value',
      parseShare,
    )
    .option('--min-value <value>', 'refuse lower values', parseFixed)
    .option('--max-value <value>', 'refuse higher values', parseFixed)
    .option('--sequencer <address>', "a rollup's uptime feed", parseAddress)
    .option('--grace <time>', 'after the sequencer came back', parseDuration)
    .option('--zero', 'answer zero where the forecast is refused, instead of a revert', false)
    .action(run)
}

async function run(topic: TopicId, options: Options): Promise<void> {
  const { json, config } = options
  const { client } = await openConfigured(config)
  const factory = options.factory ?? (await factoryOf(client))
  const policy = await policyIn(client, options)
  const key = { factory, topic }
  const { feed, receipt } = await (policy === undefined
    ? createFeed(client, key)
    : options.zero
      ? createFallbackFeed(client, { ...key, policy })
      : createGuardedFeed(client, { ...key, policy }))
  const [heartbeat, description] = await Promise.all([
    client.public.readContract({ address: feed, abi: shape, functionName: 'heartbeat' }),
    client.public.readContract({ address: feed, abi: shape, functionName: 'description' }),
  ])
  const transaction = receipt.transactionHash
  print({
    json,
    data: { topic, factory, feed, heartbeat, description, policy: policy ?? null, transaction },
    lines: [
      `feed ${feed}`,
      description,
      `heartbeat to configure in a consumer: ${heartbeat} seconds`,
    ],
    next: `auspex read ${topic}`,
  })
}

/** One factory a network: its address follows from its code and the network. */
async function factoryOf(client: AuspexClient): Promise<Address> {
  const code = creationOf({ name: 'FeedFactory', args: [client.network] })
  const { address } = await deployOnce(client, code)
  return address
}

/** Undefined where nothing is required of a forecast. */
async function policyIn(client: AuspexClient, options: Options): Promise<FeedPolicy | undefined> {
  const minWagers =
    options.minWagers === undefined ? 0n : (await tokenOf(client)).units(options.minWagers)
  const policy = {
    maxAge: options.maxAge ?? 0n,
    minContributors: options.minContributors ?? 0n,
    minWagers,
    maxWidth: options.maxWidth ?? 0n,
    maxWidthBps: options.maxWidthShare ?? 0n,
    minValue: options.minValue ?? 0n,
    maxValue: options.maxValue ?? 0n,
    sequencerFeed: options.sequencer ?? zeroAddress,
    grace: options.grace ?? 0n,
  }
  const requiresNothing = Object.values(policy).every((term) => BigInt(term) === 0n)
  return requiresNothing && !options.zero ? undefined : policy
}
