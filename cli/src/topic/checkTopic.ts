import { encodeCreateTopic, explain, AuspexError } from '@auspex/sdk'
import type { AuspexClient, Definition, TopicParams } from '@auspex/sdk'
import { formatEther, keccak256, sliceHex } from 'viem'
import type { Hex } from 'viem'
import type { Fault, Opened } from '../config/readConfig.ts'
import type { TopicFile } from '../config/topicFile.ts'
import type { Token } from '../tokenOf.ts'
import { bestRate, errorOfReference, gainOfLazy } from './lazyWorker.ts'
import { lookAtTruth } from './lookAtTruth.ts'
import type { PastTruth, TruthLook } from './lookAtTruth.ts'
import { termFaults } from './termFaults.ts'
import { timelineOf, warningsOf } from './timelineOf.ts'
import { momentOf, numberOf, shareWords, spanOf } from './units.ts'

/** What a round costs its keepers, gas: a part for the round and one for each worker (see docs/Benchmarks.md). */
const GAS_OF_ROUND = 178_000n
const GAS_OF_WORKER = 20_000n
const DAY = 86_400n
/** Fewer workers than this and one of them alone moves the median. */
const FEW_WORKERS = 3n
const SHORTEST_WINDOW = 60n
/** Truths from which on a spread is judged. */
const ENOUGH_PAST = 5
/** A spread of the file that is so many times off is probably a mistake of units. */
const FAR = 4n
/** What the pool is taken to hold where its losses are counted, tokens. */
const POOL_TOKENS = '1000'

/** All that was found about the terms of a topic before it is opened. */
export type TopicCheck = {
  params: TopicParams
  faults: readonly Fault[]
  warnings: readonly string[]
  /** Timeline, defaults, truths and costs in words. */
  lines: readonly string[]
  past: readonly PastTruth[]
}

/**
 * Checks the terms of a topic against all that the network would refuse, and against what its creator probably did not mean;
 * asks the truth source for past rounds. Sends nothing and needs no key.
 */
export async function checkTopic(
  client: AuspexClient,
  { opened, token }: { opened: Opened<TopicFile>; token: Token },
): Promise<TopicCheck> {
  const now = await client.now()
  const params = paramsOf(opened.data, { token, now })
  const own = termFaults(params, now)
  if (own.length > 0) return { params, faults: own, warnings: [], lines: [], past: [] }

  const look = await lookAtTruth(client, params, { now })
  if (look.status === 'mistaken') {
    return { params, faults: [look.fault], warnings: [], lines: [], past: [] }
  }
  const faults = await refusedByNetwork(client, params)
  const { past } = look
  return {
    params,
    faults,
    past,
    warnings: [
      ...warningsOf(params),
      ...roomWarnings(params),
      ...windowWarnings(params, look),
      ...spreadWarnings(params, past),
    ],
    lines: [
      ...timelineOf(params)
        .split('; ')
        .map((part, i) => row(i === 0 ? 'timeline' : '', part)),
      ...defaultLines(opened, token, params),
      ...truthLines(look),
      ...(await costLines(client, { params, token, past })),
    ],
  }
}

/** The terms as the network takes them; a start that is left out is a minute from now. */
export function paramsOf(
  terms: TopicFile,
  { token: { units }, now }: { token: Pick<Token, 'units'>; now: bigint },
): TopicParams {
  const { minWager, minStake, start = now + 60n, id: _, kind: __, ...rest } = terms
  return { ...rest, start, minWager: units(minWager), minStake: units(minStake) }
}

/** What the network would refuse that nothing here foresaw: asked as anybody, by a call. */
async function refusedByNetwork(client: AuspexClient, params: TopicParams): Promise<Fault[]> {
  const data: Hex = encodeCreateTopic(params)
  // An account that is not the network's and holds nothing: opening a topic takes no money.
  const account = sliceHex(keccak256(data), 12)
  const call = { to: client.network, data, account, blockTag: 'pending' } as const
  const refusal = await client.public.call(call).then(
    () => undefined,
    (error: unknown) => explain(error),
  )
  if (!(refusal instanceof AuspexError)) return []
  const { term } = refusal.args
  const field = typeof term === 'string' ? term.replace(/Bps$/, '') : 'description'
  return [{ field, problem: refusal.message.replace(/\.$/, '') }]
}

/* WARNINGS */

function roomWarnings({ minWorkers, seats, commitWindow, revealWindow }: TopicParams): string[] {
  const warnings: string[] = []
  if (minWorkers < FEW_WORKERS) {
    warnings.push(
      `a round counts with ${minWorkers} ${minWorkers === 1n ? 'worker' : 'workers'}, and one of so few moves its value alone: make minWorkers at least ${FEW_WORKERS}`,
    )
  }
  if (seats < 2n * minWorkers) {
    warnings.push(
      `of ${seats} seats ${minWorkers} must speak, so that a few absences void a round: make seats at least ${2n * minWorkers}`,
    )
  }
  for (const [name, window] of Object.entries({ commitWindow, revealWindow })) {
    if (window === 0n || window >= SHORTEST_WINDOW) continue
    warnings.push(
      `${name} is ${spanOf(window)}, five blocks on many chains, and one late block is a missed round: make it at least ${spanOf(SHORTEST_WINDOW)}`,
    )
  }
  return warnings
}

/** How much of a truth is public before predictions are closed, and how long it can be proven. */
function windowWarnings(
  { horizon, commitWindow, truthWindow }: TopicParams,
  { definition, provableFor }: Extract<TruthLook, { status: 'source' }>,
): string[] {
  const warnings: string[] = []
  const window = windowOf(definition)
  const seen = window === undefined ? 0n : commitWindow - (horizon - window)
  if (window !== undefined && seen > 0n) {
    warnings.push(
      `the truth is measured over ${spanOf(window)}, of which ${spanOf(seen)} are over when commits close: make horizon at least ${spanOf(commitWindow + window)}, or workers copy what is public`,
    )
  }
  if (provableFor !== undefined && truthWindow > provableFor) {
    warnings.push(
      `a truth can be proven for ${spanOf(provableFor)} and truthWindow is ${spanOf(truthWindow)}: a proof sent later is refused, so make truthWindow at most ${spanOf(provableFor)}`,
    )
  }
  return warnings
}

function windowOf(definition: Definition | undefined): bigint | undefined {
  const question = definition?.question
  return question && 'window' in question ? question.window : undefined
}

function spreadWarnings(params: TopicParams, past: readonly PastTruth[]): string[] {
  if (past.length < ENOUGH_PAST) return []
  const { sigma, center, min, max, referenceRateBps, domain } = params
  const warnings: string[] = []
  const outside = past.filter(({ value }) => value < min || value > max)
  if (outside.length > 0) {
    warnings.push(
      `${outside.length} of the last ${past.length} truths lie outside min to max, ${numberOf(min)} to ${numberOf(max)}, such as ${numberOf(outside[0]!.value)}: they would count as the end of the range`,
    )
  }
  const error = errorOfReference(params, { past, rateBps: referenceRateBps })
  if (domain === 'fixed' || error === 0n) return warnings

  if (sigma > FAR * error || sigma * FAR < error) {
    warnings.push(
      `sigma is ${numberOf(sigma)}, and past truths lay ${numberOf(rounded(error))} from the reference: write sigma: ${numberOf(rounded(error))}, or the first rounds all score alike`,
    )
  }
  const newest = past.at(-1)!.value
  const distance = newest > center ? newest - center : center - newest
  if (distance > 10n * error) {
    warnings.push(
      `center is ${numberOf(center)}, and the newest truth is ${numberOf(newest)}: write center: ${numberOf(newest)}`,
    )
  }
  const best = bestRate(params, past)
  if (best !== undefined && best.error * 11n < error * 10n) {
    warnings.push(
      `the pool plays at a reference that lay ${numberOf(rounded(error))} from past truths, and one of rate ${shareWords(best.rateBps)} lay ${numberOf(rounded(best.error))}: write referenceRate: ${shareWords(best.rateBps).split(' ')[0]}, or whoever repeats it earns from the pool`,
    )
  }
  return warnings
}

/** To three digits, which say all that a few rounds can. */
function rounded(value: bigint): bigint {
  const digits = String(value).length
  const unit = 10n ** BigInt(Math.max(0, digits - 3))
  return ((value + unit / 2n) / unit) * unit
}

/* LINES */

function row(name: string, text: string): string {
  return `${name.padEnd(10)} ${text}`
}

/** Every default that was taken, as nothing can be changed later. */
function defaultLines(opened: Opened<TopicFile>, token: Token, params: TopicParams): string[] {
  const { given } = opened
  const taken: { [field: string]: string } = {
    decimals: String(params.decimals),
    seats: String(params.seats),
    start: momentOf(params.start),
    minWorkers: String(params.minWorkers),
    interval: shareWords(params.intervalBps),
    poolRate: shareWords(params.poolRateBps),
    poolShare: shareWords(params.poolShareBps),
    rewardCap: shareWords(params.rewardCapBps),
    tip: shareWords(params.tipBps),
    referenceRate: shareWords(params.referenceRateBps),
    domain: params.domain,
    domainScale: String(Number(params.domainScale) / 10_000),
    min: numberOf(params.min),
    max: numberOf(params.max),
    sigma: numberOf(params.sigma),
  }
  const left = Object.entries(taken).filter(([field]) => !given.has(field))
  return [
    row(
      'risk',
      `${shareWords(params.riskBps)} of a stake in a round, stakes from ${token.words(params.minStake)}`,
    ),
    ...left.map(([field, value], i) => row(i === 0 ? 'defaults' : '', `${field} ${value}`)),
  ]
}

function truthLines({ definition, past }: Extract<TruthLook, { status: 'source' }>): string[] {
  const what = definition
    ? row('truth', `${definition.question.kind}${definition.unit ? `, in ${definition.unit}` : ''}`)
    : row('truth', 'a source that does not say how it measures')
  const newest = past.at(-1)
  if (newest === undefined) {
    return [
      what,
      row('', 'shows no past round: it needs the topic first, or proves nothing so far back'),
    ]
  }
  return [
    what,
    row(
      '',
      `said ${numberOf(newest.value)} of ${momentOf(newest.targetTime)}; ${past.length} past rounds were asked for`,
    ),
  ]
}

async function costLines(
  client: AuspexClient,
  { params, token, past }: { params: TopicParams; token: Token; past: readonly PastTruth[] },
): Promise<string[]> {
  const { cadence, minWorkers, seats, minStake, poolRateBps } = params
  const price = await client.public.getGasPrice().catch(() => undefined)
  const gasOf = (workers: bigint) => ((GAS_OF_ROUND + GAS_OF_WORKER * workers) * DAY) / cadence
  const coin = (workers: bigint) =>
    price === undefined ? '' : ` (${formatEther(gasOf(workers) * price)} coin at the fees of now)`
  const pool = token.units(POOL_TOKENS)
  const lines = [
    row('a day', `${gasOf(minWorkers)} gas with ${minWorkers} workers${coin(minWorkers)}`),
    row('', `${gasOf(seats)} gas with ${seats} workers${coin(seats)}`),
    row(
      '',
      `a pool of ${token.words(pool)} pays at most ${token.words((pool * poolRateBps) / 10_000n)} for a round`,
    ),
  ]
  if (past.length < ENOUGH_PAST) return lines
  const stake = minStake > 100n ? minStake : 100n
  const { perDay, poolPerDay } = gainOfLazy(params, { past, pool, stake })
  return [
    ...lines,
    row(
      '',
      `a worker that repeats the newest truth with a stake of ${token.words(stake)} would have made ${token.words(perDay)} a day, ${token.words(poolPerDay)} of it out of a pool of ${token.words(pool)}`,
    ),
  ]
}
