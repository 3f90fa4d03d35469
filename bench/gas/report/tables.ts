import { formatTable } from '@auspex/workers'
import type { Cost } from '../chain.ts'
import type { Budget } from '../measure/budgets.ts'
import type { Figures } from '../measure/measureAll.ts'
import { readNames } from '../measure/measureReads.ts'
import { phases } from '../measure/RoundCost.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import type { PeerRead, PeerUpdate } from '../peers/PeerFigures.ts'
import type { Goal } from './goalOf.ts'
import { ownUpdates } from './ownUpdates.ts'
import type { Recorded } from './Recorded.ts'

/** Rounds by their number of workers: every phase, their sum, and the sum a worker. */
export function roundTable({
  rounds,
  of,
}: {
  rounds: ReadonlyMap<number, RoundCost>
  of: keyof Cost
}): string {
  return formatTable({
    header: [of === 'gas' ? 'workers' : 'workers (bytes)', ...phases, 'all', 'all / worker'],
    rows: [...rounds].map(([workers, cost]) => {
      const parts = phases.map((phase) => cost[phase][of])
      const all = parts.reduce((sum, part) => sum + part, 0)

      return [whole(workers), ...parts.map(whole), whole(all), whole(all / workers)]
    }),
  })
}

/** Promises and what became of them. */
export function budgetTable(budgets: readonly Budget[]): string {
  return formatTable({
    header: ['budget', 'limit', 'is', 'holds'],
    rows: budgets.map(({ name, unit, limit, actual, holds }) => [
      `${name} (${unit})`,
      unit === 'bytes' ? `< ${whole(limit)}` : `<= ${whole(limit)}`,
      whole(actual),
      holds ? 'yes' : 'NO',
    ]),
  })
}

/** Gas of an update for each contributor, by number of workers, and whether the goal holds. */
export function goalTable({ limit, at, rows }: Goal): string {
  const sizes = Object.keys(rows[0]?.perContributor ?? {})

  return formatTable({
    header: ['gas a contributor, of workers', ...sizes, `<= ${whole(limit)} at ${at}`],
    rows: rows.map(({ name, perContributor, holds }) => [
      name,
      ...sizes.map((size) => whole(perContributor[size]!)),
      holds ? 'yes' : 'no',
    ]),
  })
}

/** What a contract pays to read a value. */
export function readTable({
  figures: { reads, peers },
  recorded,
}: {
  figures: Figures
  recorded: Recorded
}): string {
  const ours = readNames.map((name) => ({ name: `ours, ${name}`, ...reads[name] }))

  return formatTable({
    header: ['read', 'cold', 'warm', 'figure'],
    rows: [
      ...ours.map(readLine('measured')),
      ...peers.reads.map(readLine('measured')),
      ...recorded.reads.map(readLine('recorded')),
    ],
  })
}

function readLine(figure: string): (read: Omit<PeerRead, 'source'>) => string[] {
  return ({ name, cold, warm }) => [
    name,
    whole(cold),
    warm === undefined ? '-' : whole(warm),
    figure,
  ]
}

/** An update of ours beside one of others, measured in the same run or recorded. */
export function peerTable({ figures, recorded }: { figures: Figures; recorded: Recorded }): string {
  return formatTable({
    header: [
      ...['update', 'values', 'signatures', 'gas', 'a value', 'a signature', 'calldata'],
      ...['all on chain', 'figure'],
    ],
    rows: [
      ...ownUpdates(figures).map(updateLine('measured')),
      ...figures.peers.updates.map(updateLine('measured')),
      ...recorded.systems.map(updateLine('recorded')),
    ],
  })
}

function updateLine(figure: string): (update: PeerUpdate) => string[] {
  return ({ name, contributors, signatures, gas, calldata, values }) => [
    name,
    whole(contributors),
    whole(signatures),
    whole(gas),
    values ? whole(gas / contributors) : '-',
    signatures > 0 ? whole(gas / signatures) : '-',
    calldata === undefined ? '-' : whole(calldata),
    values ? 'yes' : 'no',
    figure,
  ]
}

const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A number without decimals, its thousands set apart. */
export function whole(value: number): string {
  return format.format(value)
}
