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
