import type { Coin } from './createWorker.ts'
import type { Finding } from '../http/findings.ts'
import type { DataState } from './prediction/openPredictor.ts'
import type { WorkerStep } from './workerTurn.ts'

/** What a worker's last tick shows of itself; asks nobody. */
export type WorkerSeen = {
  /** What came of the rounds whose windows are open. */
  steps: readonly (WorkerStep & { round: bigint })[]
  /** Whether the worker had a seat in the last round that was open; undefined before there was one. */
  isSeated: boolean | undefined
  data: DataState
  /** Seconds after which the newest row is too old; any age where it is left out. */
  maxAge?: number | undefined
  /** Undefined where the chain does not say. */
  coin: Coin | undefined
  /** Rounds' worth of coin below which the worker warns, and below which it commits nothing new. */
  limits: { warn: number; stop: number }
  /** Unix seconds. */
  now: number
}

/** Steps of rounds that hold a commitment, or may, and are not revealed for all that is known. */
const OWED = ['handed', 'committed', 'opened', 'waiting', 'failed']

/** Rounds in which something of the worker's is still to be revealed. */
export function owedRounds(steps: WorkerSeen['steps']): bigint[] {
  return [...new Set(steps.filter(({ status }) => OWED.includes(status)).map(({ round }) => round))]
}

/** Seat, data, what is to be revealed, and coin, as operators look at them. */
export function workerFindings(seen: WorkerSeen): Finding[] {
  return [seatFinding(seen), dataFinding(seen), revealFinding(seen), ...coinFinding(seen)]
}

/** Whether the worker has a seat in any of the rounds that were looked at; undefined where there is none. */
export function isSeatedIn(steps: WorkerSeen['steps']): boolean | undefined {
  if (steps.length === 0) return undefined
  return steps.some((step) => !(step.status === 'idle' && step.reason === 'unseated'))
}

function seatFinding({ isSeated }: WorkerSeen): Finding {
  const name = 'seat'
  if (isSeated !== false) return { name, status: 'ok' }
  return { name, status: 'fail', reason: 'the worker has no seat in the topic: see auspex status' }
}

function dataFinding({ data: { newest, fault }, maxAge, now }: WorkerSeen): Finding {
  const name = 'data'
  if (fault !== undefined) return { name, status: 'fail', reason: withoutPath(fault) }
  if (newest === undefined) return { name, status: 'ok', reason: 'not read yet' }
  const age = Math.max(0, Math.floor(now - newest))
  const reason = `the newest row is ${age} s old`
  if (maxAge === undefined || age <= maxAge) return { name, status: 'ok', reason }
  return { name, status: 'fail', reason: `${reason}, and source.maxAge is ${maxAge} s` }
}

/** Health is shown to whoever asks; where a file stands is nobody's business. */
function withoutPath(text: string): string {
  return text.replace(/(?:[A-Za-z]:)?[\\/](?:[^\s:\\/]+[\\/])+/g, '')
}

function revealFinding({ steps }: WorkerSeen): Finding {
  const name = 'reveals'
  const owed = owedRounds(steps)
  const missed = steps.find(({ status }) => status === 'missed')
  const failed = steps.find(({ status }) => status === 'failed')
  const reason = `${owed.length} rounds are to be revealed`
  if (missed) return { name, status: 'warn', reason: `round ${missed.round} was missed` }
  if (failed) return { name, status: 'warn', reason: `${reason}; round ${failed.round} failed` }
  return { name, status: 'ok', reason }
}

function coinFinding({ coin, limits: { warn, stop } }: WorkerSeen): Finding[] {
  if (coin === undefined) return []
  const { roundsLeft } = coin
  const reason = `coin for ${roundsLeft} rounds at the fees of now`
  const status = roundsLeft < stop ? 'fail' : roundsLeft < warn ? 'warn' : 'ok'
  return [{ name: 'coin', status, reason }]
}
