import { defaultsFor, questionKinds } from '@auspex/sdk'
import { z } from 'zod'
import { parseTime, unseenIn } from '@auspex/workers'
import { address, duration, fixed18, share, tokens } from './fields.ts'

const whole = (most: number) => z.int().min(0).max(most).transform(BigInt)

const moment = z.union([z.int().positive(), z.string()]).transform((text, context) => {
  if (typeof text === 'number') return BigInt(text)
  const instant = parseTime(text)
  if (instant.status === 'parsed' && text.includes(':')) return BigInt(Math.floor(instant.time))
  context.addIssue('must be unix seconds, or a time with its zone such as 2026-12-02T16:00:00Z')
  return z.NEVER
})

/** Shares that may be more than the whole, such as three sigmas. */
const times = z
  .number()
  .positive()
  .max(6.5)
  .transform((factor) => BigInt(Math.round(factor * 10_000)))
  .refine((bps) => bps > 0n, 'is below one basis point and would count as nothing: at least 0.0001')

const rate = z
  .number()
  .min(0)
  .max(1)
  .refine(
    (part) => part === 0 || Math.round(part * 10_000) > 0,
    'is below one basis point and would count as nothing: 0, or at least 0.0001',
  )
  .transform((part) => BigInt(Math.round(part * 10_000)))

/** The file that `auspex topic create` reads. Its terms are immutable once the topic is open. */
export const topicFile = z
  .strictObject({
    description: z
      .string()
      .min(1)
      .superRefine((text, context) => {
        const unseen = unseenIn(text)
        if (unseen)
          context.addIssue(`holds the character ${unseen}, which cannot be seen: remove it`)
      })
      .describe('the question in words, up to 280 bytes'),
    truth: address.describe('the contract that knows what happened'),
    decimals: whole(18).prefault(8).describe('decimals of the Chainlink-shaped view'),
    seats: whole(256).prefault(64).describe('places for workers, 1 to 256'),
    ringSize: whole(255).describe('rounds that may be in flight; times risk at most 0.16'),
    risk: share.describe('share of its stake a worker risks in a round at full confidence'),
    start: moment.optional().describe('when round 0 opens; in a minute where it is left out'),
    cadence: duration.describe('from one round’s opening to the next, such as 1h'),
    commitWindow: duration.describe('how long sealed predictions are taken; 0 for no sealing'),
    revealWindow: duration.describe('how long predictions are opened'),
    lead: duration.describe('least time between the last reveal and the target'),
    horizon: duration.describe(
      'from the opening to the target time; a forecast is stale from then on, so at least cadence and both windows leave no gap',
    ),
    truthWindow: duration.describe('from the target time until an unresolved round is void'),
    activationDelay: duration.describe('from a deposit until it can back a wager'),
    unstakeDelay: duration.describe('from an unstake request until the money can leave'),
    minWorkers: whole(255).prefault(3).describe('fewer revealed predictions make the round void'),
    minWager: tokens.describe('less at risk makes the round void, tokens'),
    minStake: tokens.describe('least stake of a worker with a seat, tokens'),
    interval: share
      .refine((bps) => [8000n, 9000n, 9500n].includes(bps), 'must be 0.8, 0.9 or 0.95')
      .optional()
      .describe(
        'how often the interval shall hold the truth: 0.8, 0.9 or 0.95; 0.9 where left out',
      ),
    kind: z
      .enum(questionKinds)
      .default('generic')
      .describe(
        `what is asked for, which all defaults below follow from: ${questionKinds.join(', ')}`,
      ),
    poolRate: rate
      .optional()
      .describe('share of the pool a round may cost; times ringSize - 1 at most 0.25'),
    poolShare: rate
      .optional()
      .describe('share of the wagers that the pool plays at the naive forecast'),
    rewardCap: rate
      .optional()
      .describe('most the pool pays for taking part, as a share of the wagers'),
    tip: rate.optional().describe('share of what the pool plays that goes to the keepers'),
    referenceRate: rate
      .optional()
      .describe('how fast the naive forecast follows the truths; 1 is the last truth'),
    domain: z
      .enum(['adaptive', 'relative', 'fixed'])
      .optional()
      .describe('how the scored range is laid: adaptive, relative or fixed'),
    domainScale: times
      .optional()
      .describe(
        'half width of the range: sigmas where adaptive, share of the center where relative',
      ),
    min: fixed18.optional().describe('lower end of every scored value; 0 for a probability'),
    max: fixed18.optional().describe('upper end of every scored value; 1 for a probability'),
    center: fixed18.describe(
      'where the naive forecast starts, such as an event’s base rate; afterwards it follows the truths',
    ),
    sigma: fixed18
      .optional()
      .describe('how far truths usually lie from it; afterwards rolling. Not for a probability'),
  })
  .transform((file, context) => {
    const { kind, risk, interval, poolRate, poolShare, rewardCap, tip, referenceRate, ...rest } =
      file
    const terms = {
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
    }
    const { min, max, sigma } = terms
    if (min !== undefined && max !== undefined && sigma !== undefined) {
      return { ...terms, min, max, sigma }
    }
    for (const name of ['min', 'max', 'sigma'] as const) {
      if (terms[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is needed for this kind' })
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
