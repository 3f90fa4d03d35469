import { openStage } from './stage.ts'
import type { Tally } from './stage.ts'
import { scenarios } from './scenarios.ts'
import type { Scenario } from './scenarios.ts'

export type Outcome =
  | { status: 'played'; tally: Tally; seconds: number }
  | { status: 'failed'; reason: string; tally?: Tally; seconds: number }
  | { status: 'skipped'; reason: string }

/** Plays a scenario on a throw-away chain, and gives what the chain shows of it afterwards. */
export async function runScenario(
  { stage: needs = {}, play }: Scenario,
  { log }: { log?: (line: string) => void } = {},
): Promise<Outcome> {
  const { workers = 1, reputers = 1, endpoints = 1 } = needs
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const stage = await openStage({ workers, reputers, endpoints, ...(log && { log }) })
  if (stage === undefined) return { status: 'skipped', reason: 'anvil is not installed' }
  try {
    await play(stage)
    const tally = await stage.tally()
    const reason = faultIn(tally)
    if (reason === undefined) return { status: 'played', tally, seconds: seconds() }
    return { status: 'failed', reason, tally, seconds: seconds() }
  } catch (error) {
    const tally = await stage.tally().catch(() => undefined)
    const { message } = error as Error
    return { status: 'failed', reason: message, ...(tally && { tally }), seconds: seconds() }
  } finally {
    if (process.env.AUSPEX_CHAOS_LOGS)
      for (const node of stage.nodes) console.error(node.name, node.log())
    await stage.close()
  }
}

export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name)
}

function faultIn(tally: Tally): string | undefined {
  const { rounds, settled, missedReveals, doubleCommits, doubleSpends } = tally
  if (settled < rounds) return `${rounds - settled} of ${rounds} rounds were not settled`
  if (missedReveals > 0) return `${missedReveals} reveals were missed`
  if (doubleCommits > 0) return `${doubleCommits} commitments were made twice`
  if (doubleSpends > 0) return `${doubleSpends} transactions took effect twice`
  return undefined
}
