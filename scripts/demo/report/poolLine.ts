import type { Summary } from '../books/summarise.ts'
import { tokenText } from './formats.ts'

/** What the columns of gains mean. */
export const GAINS =
  'A stake changes by what the pool pays for taking part, by the game against the pool, which says the naive forecast, and by what other workers win or lose; all in tokens.'

/** What the creator paid, and for what. */
export function poolLine({ pool }: Summary): string {
  const { start, end, reward, game, tips } = pool
  const inGame =
    game < 0n
      ? `won ${tokenText(-game)} from those who did worse than the naive forecast`
      : `paid ${tokenText(game)} for doing better than the naive forecast`
  const change = `the pool went from ${tokenText(start)} to ${tokenText(end)} tokens`

  return `${change}: it ${inGame}, paid ${tokenText(reward)} for taking part, and ${tokenText(tips)} to the keepers`
}
