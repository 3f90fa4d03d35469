import type { ReputerDeps } from './reputerDeps.ts'
import type { ReputerTurn } from './reputerTurn.ts'

const BPS = 10_000n

/** When a batch goes out in a window, complete or not. */
export function momentOf(
  { batchAfterBps }: Pick<ReputerDeps, 'batchAfterBps'>,
  { opensAt, closesAt }: Pick<ReputerTurn, 'opensAt' | 'closesAt'>,
): bigint {
  return opensAt + ((closesAt - opensAt) * batchAfterBps + BPS - 1n) / BPS
}
