/**
 * A value as this SDK speaks of it: every on-chain number a bigint, where the ABI tools give small
 * ones as plain numbers.
 */
export type Onchain<T> = T extends number
  ? bigint
  : T extends string | bigint | boolean | undefined
    ? T
    : { [key in keyof T]: Onchain<T[key]> }

/** Turns every number inside a decoded value into a bigint. */
export function onchain<T>(value: T): Onchain<T> {
  return convert(value) as Onchain<T>
}

function convert(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, convert(entry)]))
}
