import type { Command } from 'commander'
import { formatUnits } from 'viem'
import { getTopic, getTurn } from '@auspex/sdk'
import type { Topic, TopicId } from '@auspex/sdk'
import { again, watchOption } from '../again.ts'
import type { Watching } from '../again.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { createdTopics } from '../createdTopics.ts'
import { openReader } from '../openAccount.ts'
import { parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'
import type { Token } from '../tokenOf.ts'
import { standingLines, standingOf } from '../topic/standingOf.ts'
import { spanOf } from '../topic/units.ts'

export function topicShow(): Command {
  return command('show', 'show a topic: its terms, its pool, where its rounds stand')
    .argument('<topic>', 'id of the topic', parseTopic)
    .addOption(watchOption())
    .action(run)
}

async function run(
  topic: TopicId,
  { json, config, ...watching }: Common & Watching,
): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const token = await tokenOf(client)
  // Some nodes look for no logs that far back.
  const [created] = await createdTopics(client, { topic }).catch(() => [])
  const description = created?.description

  await again(watching, async () => {
    const state = await getTopic(client, { topic })
    const turn = await getTurn(client, { topic, times: state })
    const standing = await standingOf(client, { topic, state, turn })
    const { round, phase, time } = turn
    print({
      json,
      data: { topic, description, round, phase, time, standing, state },
      lines: [
        ...(description === undefined ? [] : [`asks       ${description}`]),
        ...standingLines(standing, token),
        ...termLines(state, token),
      ],
      next: `auspex read ${topic}`,
    })
  })
}

function termLines(state: Topic, { words }: Pick<Token, 'words'>): string[] {
  const { cadence, commitWindow, revealWindow, horizon, truthWindow } = state
  return [
    `rhythm     a round each ${spanOf(cadence)}: commit ${spanOf(commitWindow)}, reveal ${spanOf(revealWindow)}, target after ${spanOf(horizon)}, truth within ${spanOf(truthWindow)}`,
    `seats      ${state.lastSeat + 1n}, at least ${words(state.minStake)} each`,
    `center     ${formatUnits(state.center, 18)}, sigma ${formatUnits(state.sigma, 18)}`,
    `truth      ${state.truth}`,
  ]
}
