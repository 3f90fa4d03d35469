import { toFunctionSelector } from 'viem'
import type { Address, Hex, PublicClient } from 'viem'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { Ceiling, CeilingOf } from './fees.ts'

/** What an operator allows transactions to cost. */
export type FeesConfig = {
  /** The most for a unit of gas, wei. */
  max?: bigint | undefined
  /** What one token is worth, 1e18 fixed point of the chain's coin; as much as one coin where it is left out. */
  tokenPrice?: bigint | undefined
}

const REVEALS = ['reveal', 'revealSigned', 'revealAndPublish']
const ONE = 10n ** 18n

/**
 * The most that a transaction may cost. A ceiling in the file holds always. A reveal saves a wager: it may cost what the wager
 * is worth, as long as the account has that much. Everything else may take half of the account's coin, so that what must be
 * revealed later can be paid for. Where it cannot be read what is at stake, a reveal may cost all the coin that there is.
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
    const stake = isReveal ? await atStake?.().catch(() => undefined) : undefined
    const ceilings: Ceiling[] = [
      isReveal
        ? { maxFeePerGas: balance / gas, setBy: 'the balance of the account' }
        : { maxFeePerGas: balance / 2n / gas, setBy: 'half of the balance of the account' },
    ]
    if (stake !== undefined) {
      const setBy =
        tokenPrice === undefined
          ? 'fees.tokenPrice (not in the file: a token counts as worth one coin)'
          : 'fees.tokenPrice'
      ceilings.push({ maxFeePerGas: (stake * (tokenPrice ?? ONE)) / ONE / gas, setBy })
    }
    if (max !== undefined) ceilings.push({ maxFeePerGas: max, setBy: 'fees.maxGwei' })
    return ceilings.reduce((low, each) => (each.maxFeePerGas < low.maxFeePerGas ? each : low))
  }
}

const revealSelectors = topicNetworkAbi.flatMap((item) =>
  item.type === 'function' && REVEALS.includes(item.name) ? [toFunctionSelector(item)] : [],
)
