import type { Stage } from './stage.ts'

/** A fault that nodes must live through, and what is done to them on a stage. Throws where they did not. */
export type Scenario = {
  name: string
  says: string
  /** What the stage needs; one worker, one reputer and one endpoint where it is left out. */
  stage?: {
    workers?: number
    reputers?: number
    endpoints?: number
    pollMs?: number
    isInspected?: boolean
  }
  play: (stage: Stage) => Promise<void>
}

/** Throws what did not hold, which fails the scenario. */
export function require(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}
