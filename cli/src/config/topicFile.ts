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
    decimals: whole(18).default(8n).describe('decimals of the Chainlink-shaped view'),
    seats: whole(256).default(64n).describe('places for workers, 1 to 256'),
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
    minWorkers: whole(255).default(3n).describe('fewer revealed predictions make the round void'),
    minWager: tokens.describe('less at risk makes the round void, tokens'),
    minStake: tokens.describe('least stake of a worker with a seat, tokens'),
    interval: share
      .refine((bps) => [8000n, 9000n, 9500n].includes(bps), 'must be 0.8, 0.9 or 0.95')
      .default(9000n)
      .describe('how often the interval shall hold the truth: 0.8, 0.9 or 0.95'),
    rewardRate: rate.default(100n).describe('share of the pool a round may pay out'),
    rewardCap: rate.default(1000n).describe('most a round may pay out, as a share of its wagers'),
    tip: rate.default(1000n).describe('share of a round’s rewards that goes to the keepers'),
    domain: z
      .enum(['adaptive', 'relative', 'fixed'])
      .default('adaptive')
      .describe('how the scored range is laid: adaptive, relative or fixed'),
    domainScale: times
      .default(30_000n)
      .describe(
        'half width of the range: sigmas where adaptive, share of the center where relative',
      ),
    min: fixed18.describe('lower end of every scored value'),
    max: fixed18.describe('upper end of every scored value'),
    center: fixed18.describe('where the first range is centered; afterwards the last known truth'),
    sigma: fixed18.describe('how far truths usually lie from the center; afterwards rolling'),
  })
  .transform(({ risk, interval, rewardRate, rewardCap, tip, ...rest }) => ({
    ...rest,
    riskBps: risk,
    intervalBps: interval,
    rewardRateBps: rewardRate,
    rewardCapBps: rewardCap,
    tipBps: tip,
  }))
