import type { Entry } from '../../../workers/src/journal/journal.ts'

/** Where the words of the tests are given. */
export const scope = {
  chainId: 31337,
  contract: `0x${'a1'.repeat(20)}`,
  account: `0x${'b2'.repeat(20)}`,
  topic: `0x${'c3'.repeat(32)}`,
} as const

/** A worker's word, which is signed. */
export const predicted: Entry = {
  value: -(2n ** 103n),
  confidence: 10_000n,
  salt: `0x${'05'.repeat(16)}`,
  commitment: `0x${'06'.repeat(20)}`,
  r: `0x${'07'.repeat(32)}`,
  vs: `0x${'08'.repeat(32)}`,
}

/** A reputer's word, which is not. */
export const reported: Entry = {
  value: 5n,
  confidence: 0n,
  salt: `0x${'09'.repeat(32)}`,
  commitment: `0x${'0a'.repeat(27)}`,
}
