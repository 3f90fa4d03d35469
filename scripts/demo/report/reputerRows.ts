import { changeText, tokenText } from './formats.ts'
import type { ReputerSummary } from '../books/readReputers.ts'

/** How those stand who brought the truth; the head first. */
export function reputerRows({ reputers }: { reputers: readonly ReputerSummary[] }): string[][] {
  return [
    ['reputer', 'kind', 'stake', 'change', 'outliers', 'tips'],
    ...reputers.map(({ name, kind, stake, stakeEnd, outliers, tips }) => [
      name,
      kind,
      tokenText(stakeEnd),
      changeText({ from: stake, to: stakeEnd }),
      String(outliers),
      tokenText(tips),
    ]),
  ]
}
