import { z } from 'zod'
import { trades } from '@auspex/workers'
import {
  address,
  byKind,
  chain,
  dataDir,
  duration,
  fees,
  http,
  keys,
  kind,
  logLevel,
  pollMs,
  question,
  share,
  source,
  tokens,
  topicId,
  whole,
} from './fields.ts'

const truth = byKind([
  z.strictObject({ kind: kind('feed') }),
  z.strictObject({ kind: kind('report'), source, question }),
])
  .meta({ example: '{ kind: feed }' })
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
    .describe(
      'the topics this reputer serves, each with the id that `auspex topic create` printed and a truth',
    ),
  only: z
    .union([trade, z.array(trade).min(1)])
    .transform((named) => [named].flat())
    .optional()
    .meta({ example: '[collector, keeper]' })
    .describe(
      'trades this node is for: collector (takes predictions, commits and reveals), keeper (publishes, resolves, settles, slashes, claims), reporter (reports the truth); each may run as a node of its own. All that the topics allow where it is left out',
    ),
  keys,
  dataDir,
  fees: fees.optional(),
  http,
  requestsPerMinute: whole(1, 1_000_000)
    .default(600)
    .meta({ example: '600' })
    .describe('requests one address may make in a minute'),
  batchAfter: share
    .prefault(0.5)
    .meta({ example: '50%' })
    .describe('share of a window after which a batch goes out, complete or not'),
  patience: duration
    .prefault('0s')
    .meta({ example: '10s' })
    .describe(
      'how long what is due may wait for a batch of the same topic, to leave as one transaction; for rounds in a row, batchAfter of a window. Settlements wait in any case for a list that is about to be committed, publications only by this',
    ),
  settleEvery: whole(1, 16)
    .default(1)
    .meta({ example: '1' })
    .describe(
      'rounds of a topic that are settled in one transaction, which makes each cheaper; none waits longer than half of the time for truths, nor until its place in the ring is wanted',
    ),
  shift: z
    .strictObject({
      place: whole(0, 1000)
        .transform(BigInt)
        .meta({ example: '0' })
        .describe('this reputer’s place, from 0'),
      of: whole(1, 1000)
        .transform(BigInt)
        .meta({ example: '2' })
        .describe('how many reputers take turns'),
      seconds: duration
        .meta({ example: '20s' })
        .describe('how long each place waits for the one before'),
    })
    .refine(({ place, of }) => place < of, {
      path: ['place'],
      error: 'must be below the number of reputers that take turns, as places count from 0',
    })
    .optional()
    .meta({ example: '{ place: 0, of: 2, seconds: 20s }' })
    .describe('how several reputers take turns, so that few lose races'),
  claimFrom: tokens
    .optional()
    .describe('tips are collected from this amount of tokens on; never where it is left out'),
  history: z
    .union([z.literal('none'), address], { error: 'must be an address, or none' })
    .optional()
    .meta({ example: 'none' })
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
