/**
 * How predictions reach the chain. `batched`: sealed, one list and one reveal by a reputer. `direct`: sealed, two
 * transactions of every worker's own. `signedOnly`: signed and revealed by a reputer, without a commit.
 */
export type Mode = 'batched' | 'direct' | 'signedOnly'

/** Those in which one transaction carries all workers. */
export type BatchedMode = Exclude<Mode, 'direct'>
