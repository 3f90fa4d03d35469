import type { Address } from 'viem'
import { accountOf, getPanel, getReputer } from '@auspex/sdk'
import type { AuspexClient, Panel, ReputerTerm, TopicId } from '@auspex/sdk'
import type { Finding } from '../http/findings.ts'

/** How often a seat is looked up: terms begin and end with rounds. */
const LOOK_MS = 15_000

export type SeatFinder = {
  /** Looks the seats up again where the last look is long ago; a chain that does not answer leaves what was found. */
  look: () => Promise<void>
  /** One finding for each topic whose truth this account reports; asks nobody. */
  findings: () => Finding[]
}

/** What operators see of the seats from which an account reports truths. */
export function createSeatFinder(
  client: AuspexClient,
  panels: readonly { source: Address; topic: TopicId }[],
): SeatFinder {
  const reputer = accountOf(client)
  let found: Finding[] = []
  let lookedAt = -Infinity

  async function look(): Promise<void> {
    if (panels.length === 0 || Date.now() - lookedAt < LOOK_MS) return
    lookedAt = Date.now()
    const time = await client.now()
    found = await Promise.all(
      panels.map(async (panel) => {
        const [clock, term] = await Promise.all([
          getPanel(client, panel),
          getReputer(client, { ...panel, reputer }),
        ])
        return seatFinding({ topic: panel.topic, clock, term, time })
      }),
    )
  }

  return {
    look: () => look().catch(() => void (lookedAt = -Infinity)),
    findings: () => found,
  }
}

/** A seat in words: whether its term covers the round that is open now or begins later. */
export function seatFinding(seen: {
  topic: TopicId
  /** Undefined where nobody has ever taken a seat. */
  clock: Panel | undefined
  term: ReputerTerm | undefined
  /** Chain time, unix seconds. */
  time: bigint
}): Finding {
  const { topic, clock, term, time } = seen
  const name = `seat ${topic.slice(0, 10)}`
  const fix = `auspex reputer seat ${topic} <amount>`
  if (clock === undefined || term === undefined) {
    return { name, status: 'fail', reason: `this reputer has no seat and reports nothing: ${fix}` }
  }
  const { seat, stake, from, until } = term
  const round = openRound(clock, time)
  if (until !== undefined && until <= round) {
    return { name, status: 'fail', reason: `its term ended before round ${until}: ${fix}` }
  }
  if (stake === 0n) {
    return { name, status: 'fail', reason: `seat ${seat} has no stake left, so it has no weight` }
  }
  if (until !== undefined) {
    return { name, status: 'warn', reason: `seat ${seat} ends before round ${until}: ${fix}` }
  }
  const words = from > round ? `seat ${seat}, from round ${from} on` : `seat ${seat}`
  return { name, status: 'ok', reason: words }
}

/** The youngest round that has opened; minus one before the first. */
function openRound({ firstTarget, horizon, cadence }: Panel, time: bigint): bigint {
  const since = time - (firstTarget - horizon)
  return since < 0n ? -1n : since / cadence
}
