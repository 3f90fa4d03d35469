import { sum } from './sum.ts'

export function mean(values: readonly number[]): number {
  return sum(values) / values.length
}
