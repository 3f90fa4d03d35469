import { terms } from './terms.ts'

/** What a lone participant counts as. */
const ALONE = 0.173286795139986

/** Entropy of reward shares, reduced where few of the participants earn most of it. */
export function entropy(
  fractions: readonly number[],
  { entropyBeta }: { entropyBeta: number } = terms,
): number {
  if (fractions.length === 1) return ALONE

  const total = fractions.reduce((sum, fraction) => sum + fraction, 0)
  const shares = fractions.map((fraction) => fraction / total)
  const effective = 1 / shares.reduce((sum, share) => sum + share * share, 0)
  const disorder = -shares.reduce(
    (sum, share) => sum + (share > 0 ? share * Math.log(share) : 0),
    0,
  )

  return disorder * (effective / shares.length) ** entropyBeta
}
