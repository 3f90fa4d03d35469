import type { Hardfork } from '../chain.ts'
import { startChain } from '../chain.ts'
import { measureApi3 } from './api3/measureApi3.ts'
import type { PeerFigures } from './PeerFigures.ts'

/** Measures those whose code comes from npm under a licence that allows it, on a chain like that of ours. */
export async function measurePeers({
  hardfork,
  sizes,
}: {
  hardfork: Hardfork
  sizes: readonly number[]
}): Promise<PeerFigures> {
  if (sizes.length === 0) return { updates: [], reads: [] }

  const chain = await startChain({ hardfork, workers: 0 })
  try {
    return await measureApi3({ chain, sizes })
  } finally {
    await chain.stop()
  }
}
