import type { Command } from 'commander'
import type { Address } from 'viem'
import { getPosition, getRank, getTurn } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/accountConfig.ts'
import { readConfig } from '../config/readConfig.ts'
import { openReader } from '../openReader.ts'
import { parseAddress, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function stakeShow(): Command {
  return command('show', 'show what stands behind a worker')
    .argument('<topic>', 'id of the topic', parseTopic)
    .requiredOption('--worker <address>', 'the worker', parseAddress)
    .action(run)
}

async function run(
  topic: TopicId,
  { json, config, worker }: Common & { worker: Address },
): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const position = await getPosition(client, { topic, worker })
  const rank = await getRank(client, { topic, worker })
  const { round } = await getTurn(client, { topic })
  const { words } = await tokenOf(client)
  const isSeated = position.until > round + 1n
  const seat = isSeated
    ? `seat       ${position.seat}, from round ${position.from} on`
    : 'seat       none'
  print({
    json,
    data: { topic, worker, position, rank },
    lines: [
      `owner      ${position.owner}`,
      `stake      ${words(position.stake)}`,
      `pending    ${words(position.pending)}`,
      `leaving    ${words(position.leaving)}`,
      `rank       ${rank}`,
      seat,
    ],
    next: isSeated ? `auspex read ${topic}` : `auspex stake seat ${topic} --worker ${worker}`,
  })
}
