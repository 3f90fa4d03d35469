import { createAuspex } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { openChain } from '@auspex/workers'
import type { ChainConfig } from '@auspex/workers'

/** A client that only reads. */
export async function openReader({ chain }: { chain: ChainConfig }): Promise<AuspexClient> {
  const { id: chainId, network, fromBlock } = chain
  const { publicClient } = await openChain(chain)
  return createAuspex({ network, fromBlock, chainId, publicClient })
}
