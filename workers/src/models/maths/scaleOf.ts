import { mean } from './mean.ts'

/** Where a column of numbers lies and how far it spreads. */
export interface Scale {
  centre: number
  spread: number
}

export function scaleOf(values: number[]): Scale {
  const centre = mean(values)
  const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
  return { centre, spread: spread > 0 ? spread : 1 }
}
