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
