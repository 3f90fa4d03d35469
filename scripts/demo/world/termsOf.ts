import type { Address } from 'viem'
import type { TopicParams } from '@auspex/sdk'
import { toFixed18 } from '../../../workers/src/models/toFixed18.ts'
import type { History } from '../../../workers/src/sources/history.ts'
import type { Question } from '../../../workers/src/sources/question.ts'
import type { Calendar } from './openCalendar.ts'
import { DAY, HORIZON, hours } from './schedule.ts'
import { tokens } from './tokens.ts'

/** Days whose changes give the first domain its width. */
const YEAR = 252
const ONE = 10n ** 18n

type Domain = Pick<TopicParams, 'domain' | 'domainScale' | 'min' | 'max' | 'center' | 'sigma'>

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
    ringSize: 4n,
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
    intervalBps: 9000n,
    rewardRateBps: 10n,
    rewardCapBps: 500n,
    tipBps: 1000n,
    ...domainOf({ question, history }),
  }
}

function domainOf({ question, history }: { question: Question; history: History }): Domain {
  const isProbability = question.name === 'move'
  if (isProbability) {
    return { domain: 'fixed', domainScale: 0n, min: 0n, max: ONE, center: 0n, sigma: ONE }
  }

  const end = history.length - 1
  const changes = Array.from({ length: YEAR }, (_, i) => {
    return question.truth(history, end - i) - question.truth(history, end - i - 1)
  })
  const sigma = Math.sqrt(changes.reduce((total, each) => total + each * each, 0) / YEAR)
  const max = question.name === 'close' ? 100_000n * ONE : 1_000n * ONE
  return {
    domain: 'adaptive',
    domainScale: 30_000n,
    min: 0n,
    max,
    center: toFixed18(question.truth(history, end)),
    sigma: toFixed18(sigma),
  }
}
