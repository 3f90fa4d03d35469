/** What an attacker reached, and what it must not exceed. */
export interface Row {
  readonly attacker: string
  /** what the figure counts, in words */
  readonly measure: string
  readonly figure: number
  readonly most: number
}

/** How much of the bench is played: all, or what a test has time for. */
export interface Size {
  readonly rounds: number
  readonly seeds: readonly number[]
  /** how far attackers push, in units of the truth's daily noise; the worst counts */
  readonly pushes: readonly number[]
  /** eras that are driven through to the last, or its number alone is set where false */
  readonly everyEra: boolean
}

export const FULL: Size = { rounds: 100, seeds: [1, 2, 3], pushes: [1, 2, 4], everyEra: true }
export const SHORT: Size = { rounds: 60, seeds: [1], pushes: [2], everyEra: false }
