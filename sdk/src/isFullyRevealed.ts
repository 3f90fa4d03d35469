import type { Round } from './types.ts'

/** The seats of a round of which all that was committed is revealed. */
export const ALL_CLOSED = 2n ** 256n - 1n

/** Whether all that was committed to a round is revealed, so that it can be published before its reveals are over. */
export function isFullyRevealed({ status, closed }: Pick<Round, 'status' | 'closed'>): boolean {
  return status === 'open' && closed === ALL_CLOSED
}
