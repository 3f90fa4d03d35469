import type { Command } from 'commander'
import { zeroAddress } from 'viem'
import type { Address } from 'viem'
import { getPosition, getRank, getTopic, getTurn } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { configuredAddress, openReader } from '../openAccount.ts'
import { earnedBy } from '../earnedBy.ts'
import { parseAddress, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { recentGains } from '../recentGains.ts'
import type { RecentGains } from '../recentGains.ts'
import { tokenOf } from '../tokenOf.ts'
import { toSeat } from '../toSeat.ts'

/** A rank is stake times skill, and a skill of one is this. */
const SKILL = 10n ** 18n

export function stakeShow(): Command {
  return command('show', 'show what stands behind a worker')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option(
      '--worker <address>',
      'the worker; the configured key itself where left out',
      parseAddress,
    )
    .action(run)
}

async function run(
  topic: TopicId,
  { json, config, ...options }: Common & { worker?: Address },
): Promise<void> {
  const worker = options.worker ?? (await configuredAddress(config))
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const position = await getPosition(client, { topic, worker })
  const earned = await earnedBy(client, { topic, worker, position })
  const rank = await getRank(client, { topic, worker })
  const state = await getTopic(client, { topic })
  const { round } = await getTurn(client, { topic, times: state })
  const isStaked = position.owner !== zeroAddress
  const recent = isStaked ? await recentGains(client, { topic, worker, round }) : undefined
  const { words } = await tokenOf(client)
  const next = toSeat({ topic, worker, position, state, round })
  const seat = next === undefined ? `${position.seat}, from round ${position.from} on` : 'none'
  const { owner, stake, pending, leaving } = position
  const lines = [
    `worker     ${worker}`,
    `owner      ${owner}`,
    `stake      ${words(stake)}`,
    `pending    ${words(pending)}`,
    `leaving    ${words(leaving)}`,
    ...(earned === undefined
      ? []
      : [`earned     ${words(earned)}: all that it won less what it lost`]),
    ...(recent === undefined || recent.rounds === 0 ? [] : gainLines(recent, words)),
    `rank       ${words(rank / SKILL)}: its stake times its skill`,
    `seat       ${seat}`,
  ]
  print({
    json,
    data: { topic, worker, position, earned, recent, rank },
    lines: isStaked ? lines : [`nobody has staked behind ${worker} in this topic`],
    next: next ?? `auspex read ${topic}`,
  })
}

/** What its latest rounds brought, by who paid it; not all of it may be settled yet. */
function gainLines(
  { rounds, takingPart, pool, peers }: RecentGains,
  words: (units: bigint) => string,
): string[] {
  return [
    `latest     ${rounds} rounds with a truth:`,
    `           ${words(takingPart)} from the pool for taking part`,
    `           ${words(pool)} from the pool for doing better than the naive forecast`,
    `           ${words(peers)} from the other workers`,
  ]
}
