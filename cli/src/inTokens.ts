import { AuspexError } from '@auspex/sdk'
import type { Token } from './tokenOf.ts'

/** What of a refusal is an amount of tokens. */
const AMOUNTS = ['balance', 'needed', 'allowance', 'stake', 'minStake', 'required']

/** Waits for an action; what it refuses is told in tokens, as the amount was given, instead of base units. */
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
