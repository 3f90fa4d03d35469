import { fitLine } from '../../lib/statistics.ts'

/** A point of a series, and a straight line `fixed + slope x`. */
type Point = { x: number; y: number }
type Line = { fixed: number; slope: number }

export type Linearity = {
  /** Through all points but the largest. */
  line: Line
  /** How far the largest lies above that line, as a share of what the line says. */
  beyond: number
  /** The largest such share of any point, without its sign. */
  deviation: number
  tolerance: number
  holds: boolean
}

/** Whether cost grows in a straight line: the largest must lie where the smaller ones say that it will. */
export function checkLinear({
  points,
  tolerance,
}: {
  points: readonly Point[]
  tolerance: number
}): Linearity {
  const sorted = [...points].sort((a, b) => a.x - b.x)
  const line = fitLine(sorted.slice(0, -1))
  const shares = sorted.map(({ x, y }) => y / (line.fixed + line.slope * x) - 1)
  const beyond = shares.at(-1)!
  const deviation = Math.max(...shares.map(Math.abs))

  return { line, beyond, deviation, tolerance, holds: Math.abs(beyond) <= tolerance }
}
