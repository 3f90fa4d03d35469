import type { BatchedMode, Mode } from './Mode.ts'

/** Of which numbers of workers rounds are measured, and updates of others. */
export type Plan = {
  usual: Record<BatchedMode, readonly number[]>
  row: Record<BatchedMode, readonly number[]>
  apart: Record<Mode, readonly number[]>
  fours: readonly number[]
  peers: readonly number[]
}

const SIZES = [1, 4, 13, 31, 40, 100, 256] as const

/** What the bench prints. Beyond 40 workers nobody sends a round's predictions one by one. */
export const FULL: Plan = {
  usual: { batched: SIZES, signedOnly: SIZES },
  row: { batched: SIZES, signedOnly: SIZES },
  apart: {
    batched: SIZES,
    direct: SIZES.filter((workers) => workers <= 40),
    signedOnly: SIZES,
  },
  fours: [13, 40, 100],
  peers: [4, 13, 31],
}

/** What the snapshot holds: ours alone, as theirs does not change. */
export const SMALL: Plan = {
  usual: { batched: [40, 100], signedOnly: [40, 100] },
  row: { batched: [40, 100], signedOnly: [40, 100] },
  apart: { batched: [40, 100], direct: [40], signedOnly: [40, 100] },
  fours: [],
  peers: [],
}
