/* What stands behind the value: money at risk, what moving it takes, the truth it hangs on, how long the pool lasts. */
import { figure, lasting, numberOf, short, tokens, utc } from './formats.ts'
import { Tile } from './Tile.tsx'
import type { Round, Topic } from './types.ts'

/** Tiles about the money of a topic. */
export function Money({ topic, rounds }: { topic: Topic; rounds: Round[] }) {
  const published = rounds.findLast(({ value }) => value !== null)
  const move = published && moveOf(topic, published)
  const left = runOutOf(topic, rounds)
  const last = rounds.at(-1)
  return (
    <dl class="tiles">
      <Tile
        name="At risk behind the forecast"
        value={`${tokens(published?.wagers)} tokens`}
        more="the wagers of the round"
      />
      <Tile
        name="To move it by one sigma"
        value={move === undefined ? 'out of reach' : `${figure(move.wager)} tokens`}
        more={
          move === undefined
            ? 'values are clamped nearer to the others than that'
            : `at risk in the round, ${figure(move.stake)} staked; at equal records`
        }
      />
      <Tile
        name="Hangs on the truth of"
        value={short(topic.truth)}
        more={`${tokens(published?.exposed)} tokens of the round may move on it`}
      />
      <Tile
        name="Pool"
        value={`${tokens(topic.pool)} tokens`}
        more={`of ${tokens(topic.funded)} funded, ${tokens(topic.tips)} paid in tips`}
      />
      <Tile
        name="Pool lasts"
        value={left === undefined ? 'it grows' : `${left.toLocaleString('en-US')} rounds`}
        more={
          left === undefined || !last
            ? 'workers have lost more than it paid'
            : `${lasting(left * topic.cadence)}, to ${utc(endOf(topic, last, left))}, at the mean of those shown`
        }
      />
    </dl>
  )
}

function endOf({ start, cadence }: Topic, { round }: Round, left: number): number {
  return start + (round + left) * cadence
}

/** Rounds until the pool is empty at the mean cost of the settled rounds; undefined where it does not shrink. */
export function runOutOf(
  { pool }: Pick<Topic, 'pool'>,
  rounds: readonly Pick<Round, 'poolChange'>[],
): number | undefined {
  const changes = rounds.flatMap(({ poolChange }) => numberOf(poolChange) ?? [])
  const cost = -changes.reduce((sum, each) => sum + each, 0) / changes.length
  return cost > 0 ? Math.floor(numberOf(pool) / cost) : undefined
}

/**
 * What one more worker has to wager, and to stake at full confidence, for the value to move by the round's sigma towards the
 * farther end of the clamp: a share s of the money moves it by s times the distance to that end, so s/(1 - s) of the wagers of
 * the others are needed. A third of the value is the most that anyone holds. Undefined where that does not suffice.
 */
export function moveOf(
  { terms }: Pick<Topic, 'terms'>,
  round: Pick<Round, 'value' | 'clipLow' | 'clipHigh' | 'wagers' | 'sigma'>,
): { wager: number; stake: number } | undefined {
  const [value, low, high, wagers] = [round.value, round.clipLow, round.clipHigh, round.wagers].map(
    (text) => numberOf(text),
  )
  if (value == null || low == null || high == null || wagers == null) return undefined
  const share = numberOf(round.sigma) / Math.max(high - value, value - low)
  if (!(share < 1 / 3)) return undefined
  const wager = (wagers * share) / (1 - share)
  return { wager, stake: (wager * 10_000) / Number(terms.riskBps) }
}
