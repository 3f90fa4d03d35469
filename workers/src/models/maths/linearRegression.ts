import { dot } from './dot.ts'
import { solve } from './solve.ts'

/** Weighted sums of products: all that least squares needs to remember. */
export interface Moments {
  gram: number[][]
  cross: number[]
}

export interface Example {
  features: readonly number[]
  target: number
  weight?: number
}

/**
 * Ridge regression that learns one example at a time and forgets at the pace of `memory` examples.
 * Feature 0 is the constant and is not penalised; the penalty is relative to each feature's size.
 */
export function linearRegression(options: { size: number; memory: number; penalty: number }) {
  const { size, penalty } = options
  const keep = Math.exp(-1 / options.memory)

  return {
    initial(): Moments {
      return {
        gram: Array.from({ length: size }, () => new Array<number>(size).fill(0)),
        cross: new Array<number>(size).fill(0),
      }
    },

    learn({ gram, cross }: Moments, { features, target, weight = 1 }: Example): void {
      for (const [i, row] of gram.entries()) {
        const scaled = weight * features[i]!
        for (let j = 0; j < size; j++) row[j] = keep * row[j]! + scaled * features[j]!
        cross[i] = keep * cross[i]! + scaled * target
      }
    },

    predict({ gram, cross }: Moments, features: readonly number[]): number {
      const ridged = gram.map((row, i) =>
        row.map((value, j) => (i === j ? value * (i === 0 ? 1 : 1 + penalty) + 1e-12 : value)),
      )
      return dot(solve(ridged, cross), features)
    },
  }
}
