import type { Chain } from '../../../devnet/startChain.ts'
import type { Spent } from './Spent.ts'

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
