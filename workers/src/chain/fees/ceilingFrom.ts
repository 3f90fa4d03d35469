import { toFunctionSelector } from 'viem'
import type { Address, Hex, PublicClient } from 'viem'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { CeilingOf } from './fees.ts'

/** What an operator allows transactions to cost. */
export type FeesConfig = {
  /** The most for a unit of gas, wei. */
  max?: bigint | undefined
  /** What one token is worth, 1e18 fixed point of the chain's coin. */
  tokenPrice?: bigint | undefined
}

const REVEALS = ['reveal', 'revealSigned', 'revealAndPublish']
const ONE = 10n ** 18n

/**
 * The most that a transaction may cost. A ceiling in the file holds always. A reveal saves a wager: where the file says
 * what a token is worth it may cost what the wager is worth, otherwise all that the account has. Everything else may take
 * half of the account's coin, so that what must be revealed later can be paid for.
 */
export function ceilingFrom(options: {
  publicClient: PublicClient
  address: Address
  fees?: FeesConfig | undefined
  /** Tokens, 1e18 fixed point, that are lost where a reveal is missed. */
  atStake?: (() => Promise<bigint>) | undefined
}): CeilingOf {
  const { publicClient, address, fees = {}, atStake } = options
  const { max, tokenPrice } = fees

  return async ({ data }, gas) => {
    const isReveal = revealSelectors.includes(data.slice(0, 10) as Hex)
    const balance = await publicClient.getBalance({ address })
    const own = isReveal
      ? { maxFeePerGas: balance / gas, setBy: 'the balance of the account' }
      : { maxFeePerGas: balance / 2n / gas, setBy: 'half of the balance of the account' }
    const worth =
      isReveal && tokenPrice !== undefined && atStake
        ? { maxFeePerGas: ((await atStake()) * tokenPrice) / ONE / gas, setBy: 'fees.tokenPrice' }
        : own
    const named = max === undefined ? worth : { maxFeePerGas: max, setBy: 'fees.maxGwei' }
    return named.maxFeePerGas < worth.maxFeePerGas ? named : worth
  }
}

const revealSelectors = topicNetworkAbi.flatMap((item) =>
  item.type === 'function' && REVEALS.includes(item.name) ? [toFunctionSelector(item)] : [],
)
