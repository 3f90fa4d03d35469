import { WINDOW } from './openTopic.ts'
import type { BatchedMode, JoinedRhythm } from './openTopic.ts'
import type { PhaseName } from './RoundCost.ts'

/** A phase of the round that opened so many rounds ago. */
export type Item = { phase: PhaseName; ago: bigint }

/** A transaction: so long after a round opened, and what it holds in this order. */
export type Load = { after: bigint; items: readonly Item[] }

/** So far into a window everybody has said what is to be sent in it. */
const MOMENT = WINDOW / 4n

/**
 * The transactions of a reputer from one opening to the next. The truth of a round is known when a later one opens, and it
 * is settled before that one is, so that what it taught counts at once. What was sealed is revealed and published in one
 * call; in signed-only topics more may come until their window ends.
 */
export function timetable({
  rhythm,
  mode,
}: {
  rhythm: JoinedRhythm
  mode: BatchedMode
}): readonly Load[] {
  return loads[rhythm][mode]
}

const loads: Record<JoinedRhythm, Record<BatchedMode, readonly Load[]>> = {
  usual: {
    batched: [
      { after: MOMENT, items: [ago('settle', 1n), ago('commit', 0n)] },
      { after: WINDOW + MOMENT, items: [ago('publish', 0n)] },
    ],
    signedOnly: [
      { after: MOMENT, items: [ago('settle', 1n), ago('reveal', 0n)] },
      { after: WINDOW + MOMENT, items: [ago('publish', 0n)] },
    ],
  },
  row: {
    batched: [
      {
        after: MOMENT,
        items: [ago('settle', 3n), ago('publish', 1n), ago('commit', 0n)],
      },
    ],
    signedOnly: [
      { after: MOMENT, items: [ago('settle', 2n), ago('publish', 1n), ago('reveal', 0n)] },
    ],
  },
}

function ago(phase: PhaseName, rounds: bigint): Item {
  return { phase, ago: rounds }
}
