import { expect } from 'chai'
import { createRandom } from '@auspex/workers/models'
import { replayTwin } from '../../../bench/accuracy/ours/replayTwin.ts'
import type { Round } from '../../../bench/accuracy/panel/Panel.ts'
import { toFixedPoint } from '../../../bench/lib/fixedPoint.ts'

const ROUNDS = 2_000
const PROMISE = 0.9
const WORKERS = [0.5, 0.8, 1, 1.5]

type Draw = () => number

/** What the truth does from round to round, and how large the workers' errors are in it. */
const series: { [name: string]: (normal: Draw, i: number, last: number) => [number, number] } = {
  'errors of one size': (normal) => [10 + 3 * normal(), 1],
  'a volatility that comes in clusters': (normal, i, last) => [
    Math.max(1, 20 + 0.97 * (last - 20) + 2 * normal()),
    Math.max(0.2, last / 20),
  ],
  'a regime that triples the errors every 250 rounds': (normal, i) => [
    50 + 5 * normal(),
    Math.floor(i / 250) % 2 === 0 ? 1 : 3,
  ],
  'a trend that nobody sees coming': (normal, i, last) => [last + 0.1 + normal(), 1],
}

describe('the interval', function () {
  this.timeout(300_000)

  // Invariant 24
  for (const [name, next] of Object.entries(series)) {
    it(`holds the truth as often as it promises: ${name}`, async () => {
      const rounds = roundsOf(next)
      const said = await replayTwin({ name, rounds })
      const held = said.flatMap(({ value, widths }, i) => {
        if (widths === undefined) return []
        const truth = toFixedPoint(rounds[i]!.truth)
        return [value - widths.below <= truth && truth <= value + widths.above]
      })
      expect(held.length).to.be.above(ROUNDS - 100)
      const share = held.filter(Boolean).length / held.length
      expect(Math.abs(share - PROMISE), `${(100 * share).toFixed(1)} %`).to.be.at.most(0.015)
    })
  }
})

/** Workers see the truth with errors, half of which they share. */
function roundsOf(next: (typeof series)[string]): Round[] {
  const random = createRandom(24)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let truth = 10
  return Array.from({ length: ROUNDS }, (_, number) => {
    const [value, error] = next(normal, number, truth)
    truth = value
    const shared = normal()
    const entries = WORKERS.map((skill, i) => ({
      worker: `worker ${i}`,
      prediction: value + error * skill * (0.7 * shared + 0.7 * normal()),
      confidence: 1,
    }))
    return { number, lag: 1, truth: value, entries }
  })
}
