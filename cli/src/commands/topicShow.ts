import type { Command } from 'commander'
import { formatUnits } from 'viem'
import { getTopic, getTurn } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { createdTopics } from '../createdTopics.ts'
import { openReader } from '../openAccount.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

export function topicShow(): Command {
  return command('show', 'show a topic: its terms, its pool, where its rounds stand')
    .argument('<topic>', 'id of the topic', parseTopic)
    .action(run)
}

async function run(topic: TopicId, { json, config }: Common): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const state = await getTopic(client, { topic })
  const { round, phase, time } = await getTurn(client, { topic, times: state })
  const { words } = await tokenOf(client)
  // Some nodes look for no logs that far back.
  const [created] = await createdTopics(client, { topic }).catch(() => [])
  const description = created?.description
  const { cadence, commitWindow, revealWindow, horizon, truthWindow } = state
  print({
    json,
    data: { topic, description, round, phase, time, state },
    lines: [
      ...(description === undefined ? [] : [`asks       ${description}`]),
      `round      ${round}, phase ${phase}`,
      `rhythm     a round each ${cadence} s: commit ${commitWindow} s, reveal ${revealWindow} s, target after ${horizon} s, truth within ${truthWindow} s`,
      `seats      ${state.lastSeat + 1n}, at least ${words(state.minStake)} each`,
      `pool       ${words(state.pool)}`,
      `center     ${formatUnits(state.center, 18)}, sigma ${formatUnits(state.sigma, 18)}`,
      `truth      ${state.truth}`,
    ],
    next: `auspex read ${topic}`,
  })
}
