import type { Snapshot } from './Snapshot.ts'

/** Figures may differ by this share of what is committed: 0.2 %. */
const TOLERANCE = 0.002

/** A figure that is not what was committed; undefined where one side does not have it. */
type Drift = {
  name: string
  committed: number | undefined
  measured: number | undefined
}

/** What differs from the committed figures by more than the tolerance, up or down. */
export function findDrift({
  committed,
  measured,
}: {
  committed: Snapshot
  measured: Snapshot
}): Drift[] {
  return [
    ...driftIn({ committed: committed.gas, measured: measured.gas }),
    ...driftIn({ committed: bytesOf(committed), measured: bytesOf(measured) }),
  ]
}

function bytesOf({ bytecode }: Snapshot): Snapshot['gas'] {
  return Object.fromEntries(
    Object.entries(bytecode).map(([name, bytes]) => [`code of ${name}`, bytes]),
  )
}

function driftIn({
  committed,
  measured,
}: {
  committed: Snapshot['gas']
  measured: Snapshot['gas']
}): Drift[] {
  const names = new Set([...Object.keys(committed), ...Object.keys(measured)])

  return [...names]
    .map((name) => ({ name, committed: committed[name], measured: measured[name] }))
    .filter(isDrift)
}

function isDrift({ committed, measured }: Drift): boolean {
  if (committed === undefined || measured === undefined) return true

  return Math.abs(measured - committed) > TOLERANCE * committed
}

/** One line a figure: its name, what is committed, what it is now, and by how much. */
export function describeDrift({ name, committed, measured }: Drift): string {
  if (committed === undefined) return `${name}: ${measured} is not in the snapshot`
  if (measured === undefined) return `${name}: ${committed} in the snapshot, but no longer measured`

  const percent = (100 * (measured - committed)) / committed
  return `${name}: ${committed} -> ${measured} (${percent > 0 ? '+' : ''}${percent.toFixed(2)} %)`
}
