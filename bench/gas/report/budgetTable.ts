import { formatTable } from '../../lib/formatTable.ts'
import type { Budget } from '../measure/budgets.ts'
import { whole } from './whole.ts'

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
