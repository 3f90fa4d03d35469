import { formatUnits, maxUint96, parseUnits } from 'viem'
import { getToken } from '@auspex/sdk'
import { erc20Abi } from '@auspex/sdk/abis'
import type { AuspexClient } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'

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
    units: (tokens) => unitsOf(tokens, { symbol, decimals }),
    words: (units) => `${formatUnits(units, decimals)} ${symbol}`,
  }
}

/** Nothing is rounded away, and nothing is asked of a contract that it cannot count. */
function unitsOf(tokens: string, { symbol, decimals }: Pick<Token, 'symbol' | 'decimals'>): bigint {
  const places = tokens.split('.')[1]?.length ?? 0
  if (places > decimals) {
    throw new OperatorError(
      'usage',
      `${symbol} has ${decimals} decimal places, and ${tokens} has ${places}. Give fewer.`,
    )
  }
  const units = parseUnits(tokens, decimals)
  if (units <= maxUint96) return units
  throw new OperatorError(
    'usage',
    `${tokens} ${symbol} are more than the network can count. Give at most ${formatUnits(maxUint96, decimals)}.`,
  )
}
