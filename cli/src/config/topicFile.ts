import { defaultsFor, questionKinds } from '@auspex/sdk'
import { z } from 'zod'
import { parseTime, unseenIn } from '@auspex/workers'
import { address, duration, fixed18, shareUpTo, tokens, topicId, whole } from './fields.ts'

const count = (least: number, most: number) => whole(least, most).transform(BigInt)

/** The network counts times in 24 bits. */
const LONGEST = 2n ** 24n - 1n
const span = (least: bigint) =>
  duration.refine(
    (time) => time >= least && time <= LONGEST,
    `must be from ${least === 0n ? 0 : '1 second'} to 194 days`,
  )

const notAMoment = 'must be unix seconds, or a time with its zone such as 2026-12-02T16:00:00Z'
const moment = z
  .union([z.int({ error: notAMoment }).positive({ error: notAMoment }), z.string()], {
    error: notAMoment,
  })
  .transform((text, context) => {
    if (typeof text === 'number') return BigInt(text)
    const instant = parseTime(text)
    if (instant.status === 'parsed' && text.includes(':')) return BigInt(Math.floor(instant.time))
    context.addIssue({ code: 'custom', message: notAMoment, input: text })
    return z.NEVER
  })

const rate = (most = 1) => shareUpTo(most, { isZeroTaken: true })

/** The file that `auspex topic create` reads. Its terms are immutable once the topic is open. */
export const topicFile = z
  .strictObject({
    description: z
      .string()
      .superRefine((text, context) => {
        const unseen = unseenIn(text)
        const bytes = new TextEncoder().encode(text).length
        if (unseen)
          context.addIssue(`holds the character ${unseen}, which cannot be seen: remove it`)
        if (text.trim() === '') context.addIssue('says nothing')
        if (bytes > 280) context.addIssue(`is ${bytes} bytes long, and at most 280 fit: shorten it`)
      })
      .describe('the question in words, up to 280 bytes')
      .meta({ example: 'The price of one ETH in USD, an hour ahead' }),
    truth: address.describe(
      'the contract that knows what happened; `auspex truth deploy` makes one',
    ),
    decimals: count(0, 18)
      .prefault(8)
      .describe('decimals of the Chainlink-shaped view')
      .meta({ example: '8' }),
    seats: count(1, 256)
      .prefault(64)
      .describe('places for workers, 1 to 256')
      .meta({ example: '64' }),
    ringSize: count(1, 255)
      .describe('rounds that may be in flight; times risk at most 0.16')
      .meta({ example: '4' }),
    risk: shareUpTo(0.16)
      .describe('share of its stake a worker risks in a round at full confidence')
      .meta({ example: '0.04' }),
    start: moment
      .optional()
      .describe('when round 0 opens; in a minute where it is left out')
      .meta({ example: '2027-01-04T16:00:00Z' }),
    cadence: span(1n)
      .describe('from one round’s opening to the next, such as 1h')
      .meta({ example: '1h' }),
    commitWindow: span(0n)
      .describe('how long sealed predictions are taken; 0 for no sealing')
      .meta({ example: '10m' }),
    revealWindow: span(1n).describe('how long predictions are opened').meta({ example: '10m' }),
    lead: span(1n)
      .describe('least time between the last reveal and the target')
      .meta({ example: '1m' }),
    horizon: span(1n)
      .meta({ example: '80m' })
      .describe(
        'from the opening to the target time; a forecast is stale from then on, so at least cadence and both windows leave no gap',
      ),
    truthWindow: span(1n)
      .describe('from the target time until an unresolved round is void')
      .meta({ example: '1h' }),
    activationDelay: span(1n)
      .describe('from a deposit until it can back a wager')
      .meta({ example: '10m' }),
    unstakeDelay: span(0n)
      .describe('from an unstake request until the money can leave')
      .meta({ example: '1d' }),
    minWorkers: count(1, 255)
      .prefault(3)
      .describe('fewer revealed predictions make the round void')
      .meta({ example: '3' }),
    minWager: tokens.describe('less at risk makes the round void, tokens'),
    minStake: tokens.describe('least stake of a worker with a seat, tokens'),
    interval: shareUpTo(1)
      .refine((bps) => [8000n, 9000n, 9500n].includes(bps), 'must be 0.8, 0.9 or 0.95')
      .meta({ example: '0.9' })
      .optional()
      .describe(
        'how often the interval shall hold the truth: 0.8, 0.9 or 0.95; 0.9 where left out',
      ),
    kind: z
      .enum(questionKinds)
      .meta({ example: 'price' })
      .default('generic')
      .describe(
        `what is asked for, which all defaults below follow from: ${questionKinds.join(', ')}`,
      ),
    poolRate: rate()
      .meta({ example: '0.01' })
      .optional()
      .describe('share of the pool a round may cost; times ringSize - 1 at most 0.25'),
    poolShare: rate()
      .meta({ example: '0.1' })
      .optional()
      .describe('share of the wagers that the pool plays at the naive forecast'),
    rewardCap: rate()
      .meta({ example: '0.001' })
      .optional()
      .describe('most the pool pays for taking part, as a share of the wagers'),
    tip: rate(0.01)
      .meta({ example: '0.0002' })
      .optional()
      .describe('share of what the pool plays that goes to the keepers'),
    referenceRate: shareUpTo(1)
      .meta({ example: '1' })
      .optional()
      .describe('how fast the naive forecast follows the truths; 1 is the last truth'),
    domain: z
      .enum(['adaptive', 'relative', 'fixed'])
      .meta({ example: 'adaptive' })
      .optional()
      .describe('how the scored range is laid: adaptive, relative or fixed'),
    domainScale: shareUpTo(6.5, { isZeroTaken: true })
      .meta({ example: '2' })
      .optional()
      .describe(
        'half width of the range: sigmas where adaptive, share of the center where relative',
      ),
    min: fixed18
      .optional()
      .describe('lower end of every scored value; 0 for a probability')
      .meta({ example: '0' }),
    max: fixed18
      .optional()
      .describe('upper end of every scored value; 1 for a probability')
      .meta({ example: '1000' }),
    center: fixed18.describe(
      'where the naive forecast starts, such as an event’s base rate; afterwards it follows the truths',
    ),
    sigma: fixed18
      .optional()
      .describe('how far truths usually lie from it; afterwards rolling. Not for a probability')
      .meta({ example: '5' }),
    id: topicId
      .optional()
      .describe('the topic that this file opened; auspex topic create writes it. Left out before'),
  })
  .transform((file, context) => {
    const {
      kind,
      id,
      risk,
      interval,
      poolRate,
      poolShare,
      rewardCap,
      tip,
      referenceRate,
      ...rest
    } = file
    const terms = {
      kind,
      ...defaultsFor(kind, file.ringSize),
      ...given({
        ...rest,
        intervalBps: interval,
        poolRateBps: poolRate,
        poolShareBps: poolShare,
        rewardCapBps: rewardCap,
        tipBps: tip,
        referenceRateBps: referenceRate,
      }),
      riskBps: risk,
      ...(id !== undefined && { id }),
    }
    const { min, max, sigma } = terms
    if (min !== undefined && max !== undefined && sigma !== undefined) {
      return { ...terms, min, max, sigma }
    }
    for (const name of ['min', 'max', 'sigma'] as const) {
      if (terms[name] === undefined) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is needed for this kind',
          input: undefined,
        })
      }
    }
    return z.NEVER
  })

type Given<T> = { [key in keyof T]: Exclude<T[key], undefined> }

/** Only what a file says: what it leaves out never takes the place of a default. */
function given<T extends object>(terms: T): Given<T> {
  const entries = Object.entries(terms).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}

export type TopicFile = z.output<typeof topicFile>
