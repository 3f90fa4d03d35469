import { formatUnits, hexToString, maxUint96, parseAbiItem, parseUnits, trim } from 'viem'
import type { Address } from 'viem'
import { getToken, AuspexError } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { erc20Abi } from '@auspex/sdk/abis'
import { OperatorError } from '@auspex/workers'

/** Characters of a symbol that are shown. */
const MOST_SYMBOL = 16

/** How a token is counted and called. */
export type Token = {
  symbol: string
  decimals: number
  units: (tokens: string) => bigint
  words: (units: bigint) => string
}

/** The network's token, or another one. */
export async function tokenOf(client: AuspexClient, named?: Address): Promise<Token> {
  const token = { address: named ?? (await getToken(client)), abi: erc20Abi } as const
  const decimals = await client.public.readContract({ ...token, functionName: 'decimals' })
  const symbol = await symbolOf(client, token.address)
  return {
    symbol,
    decimals,
    units: (tokens) => unitsOf(tokens, { symbol, decimals }),
    words: (units) => `${formatUnits(units, decimals)} ${symbol}`,
  }
}

/**
 * Early tokens give their symbol as a word of 32 bytes, some give none: what is shown is no more than a name. Where there is
 * none that can be shown, the beginning of the token's address stands for it.
 */
async function symbolOf(client: AuspexClient, address: Address): Promise<string> {
  const symbol = await client.public
    .readContract({ address, abi: erc20Abi, functionName: 'symbol' })
    .catch(() =>
      client.public.readContract({ address, abi: [wordSymbol], functionName: 'symbol' }).then(
        (word) => hexToString(trim(word, { dir: 'right' })),
        () => '',
      ),
    )
  return shown(symbol) || address.slice(0, 8)
}

/** What a terminal can show in its place: no control characters, none that turn a line around, no more than a name. */
function shown(symbol: string): string {
  const plain = symbol.replace(/[\p{C}\p{Z}\p{M}\uFFFD]/gu, '')
  return [...plain].slice(0, MOST_SYMBOL).join('')
}

const wordSymbol = parseAbiItem('function symbol() view returns (bytes32)')

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

/** What of a refusal is an amount of tokens. */
const AMOUNTS = ['balance', 'needed', 'allowance', 'stake', 'minStake', 'required']

/** Waits for an action; a refusal names amounts in tokens, as they were given, instead of base units. */
export async function inTokens<result>(
  { words }: Pick<Token, 'words'>,
  action: Promise<result>,
): Promise<result> {
  return action.catch((error: unknown) => {
    if (!(error instanceof AuspexError)) throw error

    const { name, args, message } = error
    const told = AMOUNTS.reduce((text, amount) => {
      const units = args[amount]
      if (typeof units !== 'bigint') return text
      return text.replace(new RegExp(`\\b${units}\\b`, 'g'), words(units))
    }, message)
    throw new AuspexError(name, args, told, error)
  })
}
