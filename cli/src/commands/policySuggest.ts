import type { Command } from 'commander'
import { Option } from 'commander'
import { formatUnits, zeroAddress } from 'viem'
import { getForecasts, getTopic, policyToSolidity } from '@auspex/sdk'
import type { FeedPolicy, Reason, TopicId } from '@auspex/sdk'
import { replayPolicy, suggestPolicy } from '@auspex/sdk/maths'
import type { Replayed, Published } from '@auspex/sdk/maths'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openAccount.ts'
import { parsePart, parseTopic, parseWhole } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

type Options = Common & { rounds: bigint; refuse: bigint }

export function policySuggest(): Command {
  return command('suggest', "a policy from a topic's past rounds, as Solidity")
    .argument('<topic>', 'id of the topic', parseTopic)
    .addOption(
      new Option('--rounds <count>', 'how many rounds to replay, latest first')
        .argParser(parseWhole)
        .default(500n, '500'),
    )
    .addOption(
      new Option('--refuse <share>', 'share of them that the policy may refuse')
        .argParser(parsePart)
        .default(100n, '0.01'),
    )
    .action(run)
}

async function run(topic: TopicId, { json, config, rounds, refuse }: Options): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const times = await getTopic(client, { topic })
  const [past, until] = await Promise.all([
    getForecasts(client, { topic, last: rounds }),
    client.now(),
  ])
  if (past.length === 0) {
    throw new OperatorError(
      'error',
      `The topic published nothing in its last ${rounds} rounds, so there is nothing to replay. Give more with --rounds, or look at auspex topic show ${topic}.`,
    )
  }

  const policy = suggestPolicy({ past, until, times, refuseBps: refuse })
  const replayed = replayPolicy(policy, { past, until })
  const refused = replayed.filter(({ reason }) => reason !== 'none')
  const missing = past.at(-1)!.round - past[0]!.round + 1n - BigInt(past.length)
  const { decimals } = await tokenOf(client)
  print({
    json,
    data: {
      topic,
      policy,
      solidity: policyToSolidity(policy),
      replayed: past.length,
      refused: refused.map(({ forecast: { round }, reason }) => ({ round, reason })),
      missing,
    },
    lines: [
      ...policyToSolidity(policy).split('\n'),
      `would have refused ${refused.length} of ${past.length} rounds${byReason(refused)}`,
      ...(missing === 0n ? [] : [`no forecast in ${missing} other rounds: thin or void`]),
    ],
    next: `auspex feed create ${topic} ${optionsOf(policy, decimals)}`,
  })
}

/** ": 2 tooWide, 1 tooOld". */
function byReason(refused: readonly Replayed<Published>[]): string {
  const counts = new Map<Reason, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const words = [...counts].map(([reason, count]) => `${count} ${reason}`)
  return words.length === 0 ? '' : `: ${words.join(', ')}`
}

/** The same policy as options of `auspex feed create`. */
function optionsOf(policy: FeedPolicy, decimals: number): string {
  const options: [string, string, boolean][] = [
    ['max-age', String(policy.maxAge), policy.maxAge > 0n],
    ['min-contributors', String(policy.minContributors), policy.minContributors > 0n],
    ['min-wagers', formatUnits(policy.minWagers, decimals), policy.minWagers > 0n],
    ['max-width', formatUnits(policy.maxWidth, 18), policy.maxWidth > 0n],
    ['max-width-share', formatUnits(policy.maxWidthBps, 4), policy.maxWidthBps > 0n],
    ['min-value', formatUnits(policy.minValue, 18), policy.minValue !== 0n],
    ['max-value', formatUnits(policy.maxValue, 18), policy.maxValue !== 0n],
    ['sequencer', policy.sequencerFeed, policy.sequencerFeed !== zeroAddress],
  ]
  return options.flatMap(([name, text, isSet]) => (isSet ? [`--${name} ${text}`] : [])).join(' ')
}
