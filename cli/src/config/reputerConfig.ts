import { z } from 'zod'
import { trades } from '@auspex/workers'
import {
  address,
  chain,
  dataDir,
  duration,
  fees,
  http,
  keys,
  logLevel,
  pollMs,
  question,
  share,
  source,
  tokens,
  topicId,
} from './fields.ts'

const truth = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('feed') }),
    z.strictObject({ kind: z.literal('report'), source, question }),
  ])
  .describe(
    'how the truth is found: kind feed where the topic’s truth source can be proven, kind report where reputers report it from a source',
  )

const trade = z.enum(trades)

/** The file that `auspex reputer start` reads. */
export const reputerConfig = z.strictObject({
  chain,
  topics: z
    .array(z.strictObject({ id: topicId, truth }))
    .min(1)
    .describe('the topics this reputer serves'),
  only: z
    .union([trade, z.array(trade).min(1)])
    .transform((named) => [named].flat())
    .optional()
    .describe(
      'trades this node is for: collector (takes predictions, commits and reveals), keeper (publishes, resolves, settles, slashes, claims), reporter (reports the truth); each may run as a node of its own. All that the topics allow where it is left out',
    ),
  keys,
  dataDir,
  fees: fees.optional(),
  http,
  requestsPerMinute: z
    .int()
    .positive()
    .default(600)
    .describe('requests one address may make in a minute'),
  batchAfter: share
    .prefault(0.5)
    .describe('share of a window after which a batch goes out, complete or not'),
  patience: duration
    .prefault('0s')
    .describe(
      'how long what is due may wait for a batch of the same topic, to leave as one transaction; for rounds in a row, batchAfter of a window. Settlements wait in any case for a list that is about to be committed, publications only by this',
    ),
  settleEvery: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'rounds of a topic that are settled in one transaction, which makes each cheaper; none waits longer than half of the time for truths, nor until its place in the ring is wanted',
    ),
  shift: z
    .strictObject({
      place: z.int().nonnegative().transform(BigInt).describe('this reputer’s place, from 0'),
      of: z.int().positive().transform(BigInt).describe('how many reputers take turns'),
      seconds: duration.describe('how long each place waits for the one before'),
    })
    .optional()
    .describe('how several reputers take turns, so that few lose races'),
  claimFrom: tokens
    .optional()
    .describe('tips are collected from this amount of tokens on; never where it is left out'),
  history: z
    .union([z.literal('none'), address])
    .optional()
    .describe(
      'FeedHistory in which this keeper records every publication, for consumers that read several rounds; none for never. Where it is left out, that of the factory that `auspex feed create` deploys, once it is there',
    ),
  slashFrom: tokens
    .optional()
    .describe(
      'workers that never open what they had committed are slashed for a bounty of this amount of tokens on; never where it is left out',
    ),
  pollMs,
  logLevel,
})

export type ReputerConfig = z.output<typeof reputerConfig>
