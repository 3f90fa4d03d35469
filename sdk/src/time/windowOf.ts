import { openTime, publishTime, revealTime, targetTime, truthDeadline } from '../maths/schedule.ts'
import type { Phase, Times } from '../types.ts'

/** The phases that something can be done in. */
export type ActivePhase = Extract<Phase, 'commit' | 'reveal' | 'live' | 'due'>

/** A window of a round against a moment: unix seconds, its end not included. */
export type Window = {
  /** Whether the window is still to come, holds the moment, or is over. */
  status: 'ahead' | 'open' | 'passed'
  opensAt: bigint
  closesAt: bigint
  /** Until it opens; zero where it has. */
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
