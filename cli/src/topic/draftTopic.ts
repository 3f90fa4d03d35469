import type { QuestionKind } from '@auspex/sdk'
import type { Address } from 'viem'
import { numberOf, spanOf } from './units.ts'

/** What a creator says of a topic; everything else follows from it. */
export type Answers = {
  kind: QuestionKind
  description: string
  truth: Address
  /** Seconds from one round's opening to the next. */
  cadence: bigint
  /** Tokens. */
  minStake: string
  /** Values in 1e18 fixed point; a probability needs no range and no sigma. */
  center: bigint
  sigma: bigint
  min: bigint
  max: bigint
}

const ONE = 10n ** 18n
const RING = 4n

/** Center, sigma and range of the kinds that have usual ones; of the others they come from past answers. */
export const usualOf: Readonly<
  Partial<Record<QuestionKind, Pick<Answers, 'center' | 'sigma' | 'min' | 'max'>>>
> = {
  return: { center: 0n, sigma: ONE / 100n, min: -ONE, max: ONE },
  volatility: { center: ONE / 2n, sigma: ONE / 10n, min: 0n, max: 10n * ONE },
  probability: { center: ONE / 2n, sigma: ONE / 2n, min: 0n, max: ONE },
  rate: { center: (3n * ONE) / 100n, sigma: ONE / 1000n, min: -ONE, max: ONE },
}

/**
 * The file of a topic, written out so that nothing has to be known but the answers. Windows are a tenth of the cadence, a
 * minute at least; the horizon leaves no moment without a forecast.
 */
export function draftTopic(answers: Answers): string {
  const { kind, description, truth, cadence, minStake, center, sigma, min, max } = answers
  const window = between(roundDown(cadence / 10n), 60n, 3600n)
  const horizon = cadence + 2n * window
  const longest = RING * cadence
  const range =
    kind === 'probability'
      ? []
      : [
          `min: ${numberOf(min)}`,
          `max: ${numberOf(max)} # values outside count as the end of the range`,
          `sigma: ${numberOf(sigma)} # how far truths usually lie from the naive forecast; afterwards rolling`,
        ]
  return `${[
    `description: ${JSON.stringify(description)}`,
    `kind: ${kind} # the defaults of pool and reference follow from it`,
    `truth: '${truth}'`,
    '',
    '# The rhythm of a round',
    `cadence: ${spanOf(cadence)}`,
    `commitWindow: ${spanOf(window)}`,
    `revealWindow: ${spanOf(window)}`,
    'lead: 1m',
    `horizon: ${spanOf(horizon < longest ? horizon : longest)} # to the target; cadence and both windows leave no gap`,
    `truthWindow: ${spanOf(cadence > 3600n ? cadence : 3600n)}`,
    '',
    '# Workers and their money',
    'seats: 64',
    'minWorkers: 3',
    `ringSize: ${RING} # rounds in flight; times risk at most 0.16`,
    'risk: 4%',
    `minStake: ${minStake}`,
    'minWager: 1',
    'activationDelay: 10m',
    'unstakeDelay: 1d',
    '',
    '# What values can be',
    `center: ${numberOf(center)} # where the naive forecast starts`,
    ...range,
  ].join('\n')}\n`
}

/** A whole number of the largest unit that fits, as people write times. */
function roundDown(seconds: bigint): bigint {
  const unit = seconds >= 3600n ? 3600n : seconds >= 60n ? 60n : 1n
  return (seconds / unit) * unit
}

function between(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least
  return value > most ? most : value
}

/** To two digits: a start, which the topic corrects by itself. */
export function roundUp(value: bigint): bigint {
  const size = value < 0n ? -value : value
  const unit = 10n ** BigInt(Math.max(0, String(size).length - 2))
  return ((size + unit - 1n) / unit) * unit * (value < 0n ? -1n : 1n)
}
