import { mean } from '../../lib/mean.ts'
import type { Line, Point } from './Line.ts'

/** The line with the least squares of deviations. */
export function fitLine(points: readonly Point[]): Line {
  const centre = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) }
  const spread = points.reduce((sum, { x }) => sum + (x - centre.x) ** 2, 0)
  if (spread === 0) throw new RangeError('A line takes two points')

  const slope = points.reduce((sum, { x, y }) => sum + (x - centre.x) * (y - centre.y), 0) / spread
  return { slope, fixed: centre.y - slope * centre.x }
}
