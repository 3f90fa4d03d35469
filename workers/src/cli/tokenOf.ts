import { formatUnits, parseUnits } from 'viem'
import { erc20Abi, getToken } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'

/** How the network's token is counted and called. */
export type Token = {
  symbol: string
  decimals: number
  units: (tokens: string) => bigint
  words: (units: bigint) => string
}

export async function tokenOf(client: AuspexClient): Promise<Token> {
  const token = { address: await getToken(client), abi: erc20Abi } as const
  const decimals = await client.public.readContract({ ...token, functionName: 'decimals' })
  const symbol = await client.public.readContract({ ...token, functionName: 'symbol' })
  return {
    symbol,
    decimals,
    units: (tokens) => parseUnits(tokens, decimals),
    words: (units) => `${formatUnits(units, decimals)} ${symbol}`,
  }
}
