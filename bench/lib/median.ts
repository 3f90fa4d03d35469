import { quantile } from './quantile.ts'

/** The middle value; halfway between the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  return quantile({ values, share: 0.5 })
}
