import type { World } from '../topics/openWorld.ts'

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

const MINUTE = 60_000

/** Tells how far some work is, and how long it will go on at this rate, whenever ten seconds have passed. */
export function progressOf({
  what,
  of,
  tell,
}: {
  what: string
  of: number
  tell: (line: string) => void
}): (done: number) => void {
  const began = performance.now()
  let toldAt = began
  return (done) => {
    const now = performance.now()
    if (now - toldAt < TELL_EVERY_MS) return

    toldAt = now
    const left = ((now - began) / done) * (of - done)
    tell(`${what}: ${done} of ${of}, ${(left / MINUTE).toFixed(1)} min left`)
  }
}
