import { inspect } from 'node:util'

/** What a command ends with: 0 is success. */
export const exitCodes = { error: 1, usage: 2, requirement: 3, locked: 4, chain: 5 } as const

export type ExitReason = keyof typeof exitCodes

/** A failure that the operator can mend: its message says what, why and what to do. */
export class OperatorError extends Error {
  readonly reason: ExitReason

  constructor(reason: ExitReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'OperatorError'
    this.reason = reason
  }
}

/** What a thrown value says; whoever wrote a model or an adapter may throw what is no Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : `it threw ${shown(thrown)}`
}

/** A value of somebody else's, short enough for a sentence. */
export function shown(value: unknown): string {
  return inspect(value, { depth: 0, maxStringLength: 40, maxArrayLength: 4, breakLength: Infinity })
}
