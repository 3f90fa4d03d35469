import type { BackendOutcome } from './BackendOutcome.ts'

/** What the process of a backend says. */
export type BackendMessage = { progress: string } | { outcome: BackendOutcome } | { fault: string }
