import type { PackedOutcome } from '../../sdk/src/index.ts'

/** An outcome in one text, to be kept in a row. */
export function writeOutcome(outcome: PackedOutcome): string {
  return JSON.stringify(outcome, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}

/** The outcome that `writeOutcome` kept. */
export function readOutcome(text: string): PackedOutcome {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? BigInt(value) : value,
  ) as PackedOutcome
}
