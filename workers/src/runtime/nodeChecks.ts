import type { Address, PublicClient } from 'viem'
import type { Check } from '../http/healthApp.ts'
import { requireChain } from './openChain.ts'
import type { ChainConfig } from './openChain.ts'

/** Seconds since the newest block from which on a chain counts as standing still. */
const STALE = 600

/** What a node needs to be ready: the right chain, moving, and coin to pay for transactions. */
export function nodeChecks(options: {
  publicClient: PublicClient
  chain: ChainConfig
  address: Address
  /** When the last tick went through, by this clock. */
  tickedAt: () => number
}): Check[] {
  const { publicClient, chain, address, tickedAt } = options
  return [
    {
      name: 'chain',
      run: async () => {
        await requireChain(publicClient, chain)
        return undefined
      },
    },
    {
      name: 'head',
      run: async () => {
        const { timestamp } = await publicClient.getBlock()
        const age = Math.floor(Date.now() / 1000) - Number(timestamp)
        return age > STALE ? `the newest block is ${age} s old` : undefined
      },
    },
    {
      name: 'coin',
      run: async () => {
        const balance = await publicClient.getBalance({ address })
        return balance === 0n ? `${address} has no coin to pay for transactions` : undefined
      },
    },
    {
      name: 'tick',
      run: async () => {
        const age = Math.floor((Date.now() - tickedAt()) / 1000)
        return age > 60 ? `nothing was looked at for ${age} s` : undefined
      },
    },
  ]
}
