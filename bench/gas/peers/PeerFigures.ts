/** What one update of another's feed costs. */
export type PeerUpdate = {
  name: string
  /** whose values are in one update */
  contributors: number
  /** signatures that the chain checks */
  signatures: number
  gas: number
  calldata?: number | undefined
  /** whether every contributor's value is on chain */
  values: boolean
  /** where the code comes from, or the figure */
  source: string
}

/** What a contract pays to read it. */
export type PeerRead = { name: string; cold: number; warm?: number | undefined; source: string }

/** Others, measured in the same run as ours, or recorded elsewhere. */
export type PeerFigures = { updates: readonly PeerUpdate[]; reads: readonly PeerRead[] }
