import type { Figures } from './measureAll.ts'
import { splitCost } from './RoundCost.ts'

/** From this size on a contract cannot be deployed. */
const CODE_LIMIT = 24_576

export type Budget = {
  name: string
  unit: 'gas' | 'bytes'
  limit: number
  actual: number
  holds: boolean
}

/** What was promised, beside what it is: of rounds as a reputer sends them by default. */
export function budgets({
  figures: { rounds, reads },
  bytecode,
}: {
  figures: Figures
  bytecode: Record<string, number>
}): Budget[] {
  const sealed = splitCost(rounds.usual.batched)
  const signedOnly = splitCost(rounds.usual.signedOnly)
  const atMost = (name: string, limit: number, actual: number): Budget => ({
    ...{ name, unit: 'gas', limit, actual },
    holds: actual <= limit,
  })

  return [
    atMost('per worker, sealed', 20_000, sealed.perWorker),
    atMost('per worker, signed-only', 19_000, signedOnly.perWorker),
    atMost('fixed, sealed', 180_000, sealed.fixed),
    atMost('fixed, signed-only', 180_000, signedOnly.fixed),
    atMost('cold read of the feed', 6_000, reads.feed.cold),
    ...Object.entries(bytecode).map(([name, actual]): Budget => ({
      ...{ name: `code of ${name}`, unit: 'bytes', limit: CODE_LIMIT, actual },
      holds: actual < CODE_LIMIT,
    })),
  ]
}
