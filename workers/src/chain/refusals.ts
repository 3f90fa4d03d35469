/* What geth, erigon, nethermind, besu and reth say when they do not take a transaction. */

/** The node has it already, or a block has its nonce: which one, the receipts tell. */
export function isTaken(reason: string): boolean {
  return /already ?(known|imported|exists|in (the )?pool)|already_exists|known transaction|same hash|nonce (is )?(too low|below)|nonce_too_low|oldnonce|nonce ?(has )?already (been )?used/i.test(
    reason,
  )
}

export function isUnderpriced(reason: string): boolean {
  return /underpriced|could not replace|replacement ?not ?allowed|fee ?too ?low|gas price too low/i.test(
    reason,
  )
}

export function isUnpayable(reason: string): boolean {
  return /insufficient ?(funds|balance)|upfront cost exceeds|balance too low/i.test(reason)
}

export function detailsOf(error: unknown): string {
  const { details, message } = error as Error & { details?: string }
  return details ?? message
}
