import { dot } from './numbers.ts'

/** Keeps the equations solvable before the first examples. */
const LEAST = 1e-12

/** Sums of products: all that least squares needs to remember. */
export interface Moments {
  gram: number[][]
  cross: number[]
}

interface Example {
  features: readonly number[]
  target: number
}

/**
 * Ridge regression that learns one example at a time and forgets at the pace of `memory` examples.
 * The penalty is relative to each feature's size and leaves a constant alone.
 */
export function linearRegression(options: {
  /** How many features an example has. */
  size: number
  /** Whether a constant is learned beside the features. */
  constant: boolean
  memory: number
  penalty: number
}) {
  const { constant, penalty } = options
  const size = options.size + (constant ? 1 : 0)
  const keep = Math.exp(-1 / options.memory)

  return {
    initial(): Moments {
      return {
        gram: Array.from({ length: size }, () => new Array<number>(size).fill(0)),
        cross: new Array<number>(size).fill(0),
      }
    },

    learn({ gram, cross }: Moments, example: Example): void {
      const inputs = extended(example.features)
      for (const [i, row] of gram.entries()) {
        for (let j = 0; j < size; j++) row[j] = keep * row[j]! + inputs[i]! * inputs[j]!
        cross[i] = keep * cross[i]! + inputs[i]! * example.target
      }
    },

    predict({ gram, cross }: Moments, features: readonly number[]): number {
      const ridged = gram.map((row, i) => row.map((value, j) => (i === j ? firm(value, i) : value)))
      return dot(solve(ridged, cross), extended(features))
    },
  }

  function extended(features: readonly number[]): number[] {
    return constant ? [...features, 1] : [...features]
  }

  function firm(value: number, i: number): number {
    const isConstant = i === options.size
    return value * (isConstant ? 1 : 1 + penalty) + LEAST
  }
}

/** Solves a symmetric positive definite system by Cholesky's factors. */
export function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const lower: number[][] = []
  for (const [i, row] of matrix.entries()) {
    const factors: number[] = []
    for (let j = 0; j < i; j++) {
      factors.push((row[j]! - partial(factors, lower[j]!, j)) / lower[j]![j]!)
    }
    factors.push(Math.sqrt(row[i]! - partial(factors, factors, i)))
    lower.push(factors)
  }

  const forward: number[] = []
  for (const [i, factors] of lower.entries()) {
    forward.push((right[i]! - partial(factors, forward, i)) / factors[i]!)
  }

  const solution = new Array<number>(right.length).fill(0)
  for (let i = right.length - 1; i >= 0; i--) {
    let rest = forward[i]!
    for (let j = i + 1; j < right.length; j++) rest -= lower[j]![i]! * solution[j]!
    solution[i] = rest / lower[i]![i]!
  }
  return solution
}

function partial(left: readonly number[], right: readonly number[], count: number): number {
  let sum = 0
  for (let k = 0; k < count; k++) sum += left[k]! * right[k]!
  return sum
}
