import type { Command } from 'commander'
import { Argument } from 'commander'
import { keccak256, sliceHex } from 'viem'
import type { Hex } from 'viem'
import { AuspexError, createTopic, encodeCreateTopic, getTopic } from '@auspex/sdk'
import type { AuspexClient, TopicId, TopicParams } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'
import { ask, canAsk } from '../ask.ts'
import { command, withFields } from '../command.ts'
import type { Common } from '../command.ts'
import { accountConfig } from '../config/fields.ts'
import { openConfig, readConfig } from '../config/readConfig.ts'
import type { Opened } from '../config/readConfig.ts'
import { topicFile } from '../config/topicFile.ts'
import type { TopicFile } from '../config/topicFile.ts'
import { openAccount } from '../openAccount.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'
import { checkTopic, paramsOf } from '../topic/checkTopic.ts'
import { momentOf } from '../topic/units.ts'
import { writeBack } from '../topic/writeBack.ts'
import { noTopicFile } from './topicCheck.ts'

type Options = Common & { yes: boolean; again: boolean }

export function topicCreate(): Command {
  const create = command('create', 'open a topic; its terms can never be changed')
    .addArgument(
      new Argument('<file>', 'YAML file of its terms; its start and id are written into it'),
    )
    .option('-y, --yes', 'do not ask before the topic is opened', false)
    .option(
      '--again',
      'open another topic from a file that opened one; it starts in a minute',
      false,
    )
    .action(run)
  return withFields(create, topicFile)
}

async function run(file: string, { json, config, yes, again }: Options): Promise<void> {
  const opened = reopened(openConfig({ file, schema: topicFile, advice: noTopicFile }), again)
  const { id } = opened.data
  if (id !== undefined) {
    throw new OperatorError(
      'usage',
      `${opened.placeOf('id')}: this file opened topic ${id}, and a topic's terms can never be changed. Look at it with auspex topic show ${id}; --again opens another one.`,
    )
  }
  const account = readConfig({ file: config, schema: accountConfig })
  const { client } = await openAccount({ file: config, ...account })
  const token = await tokenOf(client)
  const now = await client.now()
  const written = paramsOf(opened.data, { token, now })
  // Opened by a run that was killed before it could write the id: what was opened is found by its terms.
  const earlier = opened.given.has('start') ? await findTopic(client, written) : undefined
  if (earlier !== undefined) return finish({ file, json, topic: earlier, start: written.start })

  const { faults, warnings, lines, params } = await checkTopic(client, { opened, token })
  if (faults.length > 0) throw opened.refuse(faults)
  for (const warning of json ? [] : warnings) console.error(`Warning: ${warning}.`)
  if (!yes && !json && canAsk()) await agree(lines)

  // From here on the terms are fixed, and with them the id: a second run finds the topic of this one.
  writeBack(file, { start: momentOf(params.start) })
  const { topic, receipt } = await createTopic(client, params)
  finish({ file, json, topic, start: params.start, transaction: receipt.transactionHash, warnings })
}

/** The same terms without what an earlier topic left in the file. */
function reopened(opened: Opened<TopicFile>, again: boolean): Opened<TopicFile> {
  if (!again) return opened
  const { id: _, start: __, ...data } = opened.data
  const given = new Set([...opened.given].filter((field) => field !== 'start'))
  return { ...opened, data, given }
}

async function agree(lines: readonly string[]): Promise<void> {
  for (const line of lines) console.error(line)
  const answer = await ask('Open it? Its terms can never be changed. [y/N] ')
  if (/^y(es)?$/i.test(answer)) return
  throw new OperatorError('usage', 'Nothing was opened.')
}

/** The topic with exactly these terms; undefined where there is none. */
async function findTopic(client: AuspexClient, params: TopicParams): Promise<TopicId | undefined> {
  const topic: Hex = keccak256(sliceHex(encodeCreateTopic(params), 4))
  try {
    await getTopic(client, { topic })
    return topic
  } catch (error) {
    if (error instanceof AuspexError && error.name === 'UnknownTopic') return undefined
    throw error
  }
}

function finish(done: {
  file: string
  json: boolean
  topic: TopicId
  start: bigint
  transaction?: Hex
  warnings?: readonly string[]
}): void {
  const { file, json, topic, start, transaction, warnings = [] } = done
  writeBack(file, { id: topic })
  print({
    json,
    data: { topic, start, transaction, warnings },
    lines: [
      transaction ? `opened topic ${topic}` : `topic ${topic} was opened by an earlier run`,
      `round 0 opens ${momentOf(start)}`,
    ],
    next: `auspex topic fund ${topic} 1000`,
  })
}
