import type { Chain } from '../../../devnet/startChain.ts'

/** What some work took: milliseconds, and what the reputer asked of the chain meanwhile. */
export type Spent = { ms: number; calls: number; transactions: number; gas: number }

/** Does some work and tells what it took. */
export async function measure<Result>(
  chain: Chain,
  work: () => Promise<Result>,
): Promise<{ spent: Spent; result: Result }> {
  const before = chain.asked()
  const began = performance.now()
  const result = await work()
  const ms = performance.now() - began
  const after = chain.asked()

  const calls = after.calls - before.calls
  const transactions = after.transactions - before.transactions
  return { result, spent: { ms, calls, transactions, gas: after.gas - before.gas } }
}

/** All of it together. */
export function sum(parts: readonly Spent[]): Spent {
  const of = (what: keyof Spent) => parts.reduce((total, part) => total + part[what], 0)
  return { ms: of('ms'), calls: of('calls'), transactions: of('transactions'), gas: of('gas') }
}
