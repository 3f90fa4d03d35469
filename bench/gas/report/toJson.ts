import type { Figures } from '../measure/measureAll.ts'
import { phases, splitCost } from '../measure/RoundCost.ts'
import type { PhaseName, RoundCost } from '../measure/RoundCost.ts'
import { ownUpdates } from './ownUpdates.ts'
import type { Report } from './toText.ts'

type Joined = Figures['rounds']['usual']
type Table = Record<string, Record<PhaseName, number>>

/** The report as plain data; `workers` are sealed rounds as usual on the newest hardfork, the other rhythms beside them. */
export function toJson({ figures, bytecode, budgets, goal, recorded }: Report) {
  const [newest] = figures

  return {
    ...figuresOf(newest),
    hardforks: Object.fromEntries(figures.map((each) => [each.hardfork, figuresOf(each)])),
    bytecode,
    budgets,
    goal,
    recorded,
  }
}

function figuresOf(figures: Figures) {
  const { hardfork, rounds, reads, verbs, peers } = figures
  const { usual, row, apart, fours } = rounds
  const { feed, aggregatorV3, guarded } = reads
  const calldataOf = (rounds: Joined) => ({
    batched: table({ rounds: rounds.batched, of: 'calldata' }),
    signedOnly: table({ rounds: rounds.signedOnly, of: 'calldata' }),
  })

  return {
    hardfork,
    rhythm: 'usual',
    ...roundsOf(usual),
    read: { feed: feed.cold, aggregatorV3: aggregatorV3.cold, guarded: guarded.cold },
    readWarm: { feed: feed.warm, aggregatorV3: aggregatorV3.warm, guarded: guarded.warm },
    row: roundsOf(row),
    apart: { ...roundsOf(apart), direct: table({ rounds: apart.direct, of: 'gas' }) },
    ...(fours.size > 0 && {
      fours: { workers: table({ rounds: fours, of: 'gas' }), ...splitCost(fours) },
    }),
    calldata: {
      ...calldataOf(usual),
      row: calldataOf(row),
      apart: { ...calldataOf(apart), direct: table({ rounds: apart.direct, of: 'calldata' }) },
    },
    verbs: Object.fromEntries(Object.entries(verbs).map(([verb, { gas }]) => [verb, gas])),
    updates: ownUpdates(figures),
    peers,
  }
}

function roundsOf({ batched, signedOnly }: Joined) {
  const [split, signedOnlySplit] = [splitCost(batched), splitCost(signedOnly)]
  return {
    workers: table({ rounds: batched, of: 'gas' }),
    perWorker: split.perWorker,
    fixed: split.fixed,
    signedOnly: table({ rounds: signedOnly, of: 'gas' }),
    signedOnlyPerWorker: signedOnlySplit.perWorker,
    signedOnlyFixed: signedOnlySplit.fixed,
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
