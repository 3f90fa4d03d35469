import type { AuspexClient } from '@auspex/sdk'
import { feedFactoryAbi } from '@auspex/sdk/abis'
import type { Address } from 'viem'
import { OperatorError } from '@auspex/workers'
import { creationOf } from './creationOf.ts'
import { addressOf } from './deployOnce.ts'

/**
 * Where publications are recorded: the configured history, or that of the network's own factory, whose address follows from
 * its code and the network. Undefined while nobody has deployed that one; it is looked for again the next time.
 */
export function historyFinder(
  client: AuspexClient,
  configured: Address | 'none' | undefined,
): () => Promise<Address | undefined> {
  let found = configured === 'none' ? undefined : configured
  const factory = configured === undefined ? factoryOf(client) : undefined

  return async () => {
    if (found !== undefined || factory === undefined) return found
    const code = await client.public.getCode({ address: factory })
    if (code === undefined || code === '0x') return undefined
    const call = { address: factory, abi: feedFactoryAbi, functionName: 'history' } as const
    found = await client.public.readContract(call)
    return found
  }
}

/** Undefined where this installation does not carry the factory's code, so that its address is not known. */
function factoryOf({ network }: AuspexClient): Address | undefined {
  try {
    return addressOf(creationOf({ name: 'FeedFactory', args: [network] }))
  } catch (error) {
    if (error instanceof OperatorError) return undefined
    throw error
  }
}
