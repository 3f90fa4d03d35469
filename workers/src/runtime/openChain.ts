import { createPublicClient, fallback, http } from 'viem'
import type { Address, PublicClient } from 'viem'
import { fewAtOnce } from './fewAtOnce.ts'
import { OperatorError } from './operatorError.ts'

export type ChainConfig = {
  id: number
  urls: readonly string[]
  network: Address
  fromBlock: bigint
}

/** A node of a thousand topics asks for all of them in one look. */
const MOST_AT_ONCE = 16

/** Opens the way to a chain: several nodes are tried in order. Refuses another chain, or one without the network. */
export async function openChain({ id, urls, network }: ChainConfig): Promise<PublicClient> {
  const transports = urls.map((url) => http(url, { timeout: 10_000, retryCount: 2 }))
  const client: PublicClient = createPublicClient({
    transport: fewAtOnce(fallback(transports, { rank: false }), { most: MOST_AT_ONCE }),
    pollingInterval: 500,
    // Chain time is asked for again and again; an old answer would be a wrong one.
    cacheTime: 0,
  })
  await requireChain(client, { id, urls })
  const code = await client.getCode({ address: network })
  if (code !== undefined && code !== '0x') return client

  throw new OperatorError(
    'chain',
    `There is no contract at ${network} on chain ${id}. Check chain.network: it is the address that the deployment printed.`,
  )
}

/** Refuses when the node behind the URL serves another chain than configured; can change while we run. */
export async function requireChain(
  client: PublicClient,
  { id, urls }: { id: number; urls: readonly string[] },
): Promise<void> {
  const actual = await client.getChainId().catch((error: Error) => {
    const { details } = error as Error & { details?: string }
    throw new OperatorError(
      'error',
      `No node answers at ${urls.join(', ')} (${details ?? error.message}). Start one, or correct chain.urls.`,
      error,
    )
  })
  if (actual === id) return
  throw new OperatorError(
    'chain',
    `The node at ${urls.join(', ')} serves chain ${actual}, and the configuration names chain ${id}. Correct chain.id or chain.urls; nothing was sent.`,
  )
}
