import { formatTable } from '../../lib/formatTable.ts'
import type { Cost } from '../chain.ts'
import { phases } from '../measure/RoundCost.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import { whole } from './whole.ts'

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
