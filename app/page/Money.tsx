/* What stands behind the value: money at risk, what moving it takes, the truth it hangs on, how long the pool lasts. */
import { moveOf, runOutOf } from './figures.ts'
import { figure, lasting, short, tokens, utc } from './formats.ts'
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
