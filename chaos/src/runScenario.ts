import { openStage } from './stage.ts'
import type { Tally } from './stage.ts'
import { scenarios } from './scenarios.ts'
import type { Scenario } from './scenario.ts'

/** Four times what a node promises on a machine of its own: here it shares one with all the others. */
const MOST_LOOP_DELAY_MS = 1000

export type Outcome =
  | { status: 'played'; tally: Tally; notes: readonly string[]; seconds: number }
  | { status: 'failed'; reason: string; tally?: Tally; notes: readonly string[]; seconds: number }
  | { status: 'skipped'; reason: string }

/** Plays a scenario on a throw-away chain, and gives what the chain shows of it afterwards. */
export async function runScenario(
  { stage: needs = {}, play }: Scenario,
  { log }: { log?: (line: string) => void } = {},
): Promise<Outcome> {
  const { workers = 1, reputers = 1 } = needs
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const stage = await openStage({ ...needs, workers, reputers, ...(log && { log }) })
  if (stage === undefined) return { status: 'skipped', reason: 'anvil is not installed' }
  try {
    await play(stage)
    const tally = await stage.tally()
    const reason = faultIn(tally)
    const told = { tally, notes: stage.notes, seconds: seconds() }
    return reason === undefined
      ? { status: 'played', ...told }
      : { status: 'failed', reason, ...told }
  } catch (error) {
    const tally = await stage.tally().catch(() => undefined)
    const { message } = error as Error
    const told = { notes: stage.notes, ...(tally && { tally }), seconds: seconds() }
    return { status: 'failed', reason: message, ...told }
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
  const { rounds, settled, missedReveals, doubleCommits, doubleSpends, loopDelayMs } = tally
  if (settled < rounds) return `${rounds - settled} of ${rounds} rounds were not settled`
  if (missedReveals > 0) return `${missedReveals} reveals were missed`
  if (doubleCommits > 0) return `${doubleCommits} commitments were made twice`
  if (doubleSpends > 0) return `${doubleSpends} transactions took effect twice`
  if (loopDelayMs > MOST_LOOP_DELAY_MS) return `a node's loop was held up for ${loopDelayMs} ms`
  return undefined
}
