import { smooth } from './smooth.ts'

/** Pulls a score towards where newcomers start, once per epoch its owner stayed away. */
export function decayMissed({
  score,
  initial,
  missed,
  alpha,
}: {
  score: number
  initial: number
  missed: number
  alpha: number
}): number {
  return Array.from({ length: missed }).reduce<number>(
    (before) => smooth({ before, now: initial, alpha }),
    score,
  )
}
