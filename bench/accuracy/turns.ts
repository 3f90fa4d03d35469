import type { Round } from './panel/Panel.ts'

/**
 * The order in which an online forecaster lives through a topic: it is asked round by round, and
 * learns a round's truth as soon as that is known, never earlier.
 */
export function* turns(
  rounds: readonly Round[],
): Generator<{ step: 'ask' | 'learn'; index: number; round: Round }> {
  let waiting: { index: number; round: Round }[] = []

  for (const [index, round] of rounds.entries()) {
    const known = waiting.filter((held) => arrival(held.round) < round.number)
    waiting = waiting.filter((held) => arrival(held.round) >= round.number)
    known.sort((a, b) => arrival(a.round) - arrival(b.round) || a.round.number - b.round.number)
    for (const held of known) yield { step: 'learn', ...held }

    yield { step: 'ask', index, round }
    waiting.push({ index, round })
  }
}

function arrival({ number, lag }: Round): number {
  return number + lag
}
