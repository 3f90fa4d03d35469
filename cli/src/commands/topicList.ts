import type { Command } from 'commander'
import { getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { again, watchOption } from '../again.ts'
import type { Watching } from '../again.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { createdTopics } from '../createdTopics.ts'
import { openReader } from '../openAccount.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'
import type { Token } from '../tokenOf.ts'
import { standingLines, standingOf } from '../topic/standingOf.ts'

/** Topics that a dashboard asks the node for at once. */
const AT_ONCE = 8

export function topicList(): Command {
  return command(
    'list',
    'list the topics of the network, oldest first; with --watch where each stands',
  )
    .addOption(watchOption())
    .action(run)
}

async function run({ json, config, ...watching }: Common & Watching): Promise<void> {
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const token = watching.watch === undefined ? undefined : await tokenOf(client)
  await again(watching, async () => {
    const topics = await createdTopics(client)
    const shown = token ? await withStandings(client, topics, token) : topics.map(inALine)
    print({
      json,
      data: { topics: shown.map(({ lines: _, ...data }) => data) },
      lines: topics.length === 0 ? ['no topics yet'] : shown.flatMap(({ lines }) => lines),
      next: topics.length === 0 ? 'auspex topic create <file>' : 'auspex topic show <topic>',
    })
  })
}

type Created = { topic: TopicId; description: string }

function inALine({ topic, description }: Created) {
  return { topic, description, lines: [`${topic}  ${description}`] }
}

async function withStandings(client: AuspexClient, topics: readonly Created[], token: Token) {
  const shown = []
  for (let i = 0; i < topics.length; i += AT_ONCE) {
    const some = topics.slice(i, i + AT_ONCE).map(async (created) => {
      const state = await getTopic(client, created)
      const turn = await getTurn(client, { ...created, times: state })
      const standing = await standingOf(client, { ...created, state, turn })
      const lines = standingLines(standing, token).map((line) => `  ${line}`)
      return { ...created, ...standing, lines: [...inALine(created).lines, ...lines] }
    })
    shown.push(...(await Promise.all(some)))
  }
  return shown
}
