/* Twin of contracts/maths/Schedule.sol. Windows hold their first second and not their last. */
import type { Phase, Times } from '../words/topic.ts'

/** Rounds beyond this are held here, so that asking for any number has an answer. */
const FARTHEST = 2n ** 64n

/** The round that opened last. Zero before the topic starts. */
export function roundAt(times: Times, time: bigint): bigint {
  if (time < times.start) return 0n
  return (time - times.start) / times.cadence
}

export function openTime(times: Times, round: bigint): bigint {
  return times.start + (round < FARTHEST ? round : FARTHEST) * times.cadence
}

export function revealTime(times: Times, round: bigint): bigint {
  return openTime(times, round) + times.commitWindow
}

export function publishTime(times: Times, round: bigint): bigint {
  return revealTime(times, round) + times.revealWindow
}

export function targetTime(times: Times, round: bigint): bigint {
  return openTime(times, round) + times.horizon
}

export function truthDeadline(times: Times, round: bigint): bigint {
  return targetTime(times, round) + times.truthWindow
}

/** The one phase a round is in at an instant, unix time. */
export function phaseAt(times: Times, round: bigint, time: bigint): Phase {
  if (time < openTime(times, round)) return 'pending'
  if (time < revealTime(times, round)) return 'commit'
  if (time < publishTime(times, round)) return 'reveal'
  if (time < targetTime(times, round)) return 'live'
  if (time < truthDeadline(times, round)) return 'due'
  return 'expired'
}

/* Windows: what a client asks of the schedule. */

/** The phases that something can be done in. */
export type ActivePhase = Extract<Phase, 'commit' | 'reveal' | 'live' | 'due'>

/** A window of a round against a moment: unix seconds, its end not included. */
export type Window = {
  /** Whether the window is ahead, open now, or over. */
  status: 'ahead' | 'open' | 'passed'
  opensAt: bigint
  closesAt: bigint
  /** Seconds until it opens; zero once it has. */
  seconds: bigint
}

/** How the window of a phase stands to a moment. In signed-only topics the commit window holds no moment. */
export function windowOf({
  times,
  round,
  phase,
  time,
}: {
  times: Times
  round: bigint
  phase: ActivePhase
  time: bigint
}): Window {
  const [begin, end] = bounds[phase]
  const opensAt = begin(times, round)
  const closesAt = end(times, round)
  if (time < opensAt) return { status: 'ahead', opensAt, closesAt, seconds: opensAt - time }
  return { status: time < closesAt ? 'open' : 'passed', opensAt, closesAt, seconds: 0n }
}

const bounds = {
  commit: [openTime, revealTime],
  reveal: [revealTime, publishTime],
  live: [publishTime, targetTime],
  due: [targetTime, truthDeadline],
} as const
