import type { World } from '../topics/World.ts'

const TELL_EVERY_MS = 10_000

/** Does some work of the reputer's, and tells every ten seconds what it has asked of the chain so far. */
export async function tellWhile<Result>(
  { chain, tell }: World,
  { what, work }: { what: string; work: () => Promise<Result> },
): Promise<Result> {
  const before = chain.asked()
  const telling = setInterval(() => {
    const { calls, transactions } = chain.asked()
    const asked = `${calls - before.calls} calls, ${transactions - before.transactions} transactions`
    tell(`${what}: ${asked} so far`)
  }, TELL_EVERY_MS)
  return work().finally(() => clearInterval(telling))
}
