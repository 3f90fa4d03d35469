import type { Drift } from './findDrift.ts'

/** One line a figure: its name, what is committed, what it is now, and by how much. */
export function describeDrift({ name, committed, measured }: Drift): string {
  if (committed === undefined) return `${name}: ${measured} is not in the snapshot`
  if (measured === undefined) return `${name}: ${committed} in the snapshot, but no longer measured`

  const percent = (100 * (measured - committed)) / committed
  return `${name}: ${committed} -> ${measured} (${percent > 0 ? '+' : ''}${percent.toFixed(2)} %)`
}
