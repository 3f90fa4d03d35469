import type { Spent } from './Spent.ts'

/** All of it together. */
export function sum(parts: readonly Spent[]): Spent {
  const of = (what: keyof Spent) => parts.reduce((total, part) => total + part[what], 0)
  return { ms: of('ms'), calls: of('calls'), transactions: of('transactions'), gas: of('gas') }
}
