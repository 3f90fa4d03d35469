import type { Ledger } from '../books/ledgerOf.ts'

/** Whether all money is where the books say. */
export function ledgerLine({ minted, held, accounted }: Ledger): string {
  const isWhole = minted === held && held === accounted
  const verdict = isWhole ? 'equal to the last unit' : 'NOT EQUAL, money is missing'
  return `minted ${minted}, held ${held}, accounted for ${accounted}: ${verdict}`
}
