import type { Figures } from '../measure/Figures.ts'
import { phases } from '../measure/RoundCost.ts'
import type { PhaseName, RoundCost } from '../measure/RoundCost.ts'
import { splitCost } from '../measure/splitCost.ts'
import type { Report } from './Report.ts'

type Table = Record<string, Record<PhaseName, number>>

/** The report as plain data; `workers` are sealed and batched rounds of the newest hardfork. */
export function toJson({ figures, bytecode, budgets, recorded }: Report) {
  const [newest] = figures

  return {
    ...figuresOf(newest),
    hardforks: Object.fromEntries(figures.map((each) => [each.hardfork, figuresOf(each)])),
    bytecode,
    budgets,
    recorded,
  }
}

function figuresOf({ hardfork, rounds, reads, verbs }: Figures) {
  const sealed = splitCost(rounds.batched)
  const signedOnly = splitCost(rounds.signedOnly)
  const { feed, aggregatorV3, guarded } = reads

  return {
    hardfork,
    workers: table({ rounds: rounds.batched, of: 'gas' }),
    perWorker: sealed.perWorker,
    fixed: sealed.fixed,
    signedOnlyPerWorker: signedOnly.perWorker,
    signedOnlyFixed: signedOnly.fixed,
    read: { feed: feed.cold, aggregatorV3: aggregatorV3.cold, guarded: guarded.cold },
    readWarm: { feed: feed.warm, aggregatorV3: aggregatorV3.warm, guarded: guarded.warm },
    direct: table({ rounds: rounds.direct, of: 'gas' }),
    signedOnly: table({ rounds: rounds.signedOnly, of: 'gas' }),
    calldata: {
      batched: table({ rounds: rounds.batched, of: 'calldata' }),
      direct: table({ rounds: rounds.direct, of: 'calldata' }),
      signedOnly: table({ rounds: rounds.signedOnly, of: 'calldata' }),
    },
    verbs: Object.fromEntries(Object.entries(verbs).map(([verb, { gas }]) => [verb, gas])),
  }
}

function table({
  rounds,
  of,
}: {
  rounds: ReadonlyMap<number, RoundCost>
  of: 'gas' | 'calldata'
}): Table {
  const row = (cost: RoundCost) =>
    Object.fromEntries(phases.map((phase) => [phase, cost[phase][of]])) as Record<PhaseName, number>

  return Object.fromEntries([...rounds].map(([workers, cost]) => [String(workers), row(cost)]))
}
