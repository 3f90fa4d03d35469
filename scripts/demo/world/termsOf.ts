import { defaultsFor } from '@auspex/sdk'
import type { QuestionKind, TopicParams } from '@auspex/sdk'
import type { History } from '@auspex/workers'
import { toFixed18 } from '@auspex/workers/models'
import type { Question } from '@auspex/workers/models'
import type { Address } from 'viem'
import type { Calendar } from './openCalendar.ts'
import { tokens } from './openMoney.ts'
import { DAY, HORIZON, hours } from './schedule.ts'

/** Days that give the first domain its centre and its width. */
const YEAR = 252
const ONE = 10n ** 18n

const RING = 4n

/** What each question asks for, as the SDK's table of default terms has it. */
const kinds = {
  close: 'price',
  volatility: 'volatility',
  move: 'probability',
} as const satisfies Record<Question['name'], QuestionKind>

type Domain = Pick<TopicParams, 'min' | 'max' | 'center' | 'sigma'>

/** A question's immutable terms. The first domain follows from what was known before round 0. */
export async function termsOf(options: {
  question: Question
  calendar: Calendar
  truth: Address
}): Promise<TopicParams> {
  const { question, calendar, truth } = options
  const { start, source } = calendar
  const history = await source.read({ now: Number(start) })

  return {
    description: `S&P 500: ${question.title}`,
    truth,
    decimals: 8n,
    seats: 16n,
    ringSize: RING,
    riskBps: 400n,
    start,
    cadence: BigInt(DAY),
    commitWindow: BigInt(hours.reveal - hours.commit),
    revealWindow: BigInt(hours.publish - hours.reveal),
    lead: 3600n,
    horizon: BigInt(HORIZON),
    truthWindow: BigInt(DAY - HORIZON),
    activationDelay: 60n,
    unstakeDelay: BigInt(DAY),
    minWorkers: 3n,
    minWager: tokens(10),
    minStake: tokens(100),
    ...defaultsFor(kinds[question.name], RING),
    ...domainOf({ question, history }),
  }
}

/** A price starts at its last value, everything else at its mean of a year. */
function domainOf({ question, history }: { question: Question; history: History }): Domain {
  const end = history.length - 1
  const past = Array.from({ length: YEAR + 1 }, (_, i) => question.truth(history, end - i))
  const mean = past.slice(0, YEAR).reduce((total, each) => total + each, 0) / YEAR
  if (question.name === 'move') {
    return { min: 0n, max: ONE, center: toFixed18(mean), sigma: ONE / 2n }
  }

  const changes = past.slice(1).map((before, i) => past[i]! - before)
  const sigma = Math.sqrt(changes.reduce((total, each) => total + each * each, 0) / YEAR)
  const isPrice = question.name === 'close'
  return {
    min: 0n,
    max: (isPrice ? 100_000n : 1_000n) * ONE,
    center: toFixed18(isPrice ? past[0]! : mean),
    sigma: toFixed18(sigma),
  }
}
