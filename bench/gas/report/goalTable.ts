import { formatTable } from '../../lib/formatTable.ts'
import type { Goal } from './Goal.ts'
import { whole } from './whole.ts'

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
