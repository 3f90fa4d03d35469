import { expect } from 'chai'
import { createChainEngine, requireEqual } from '../../../bench/accuracy/chain/createChainEngine.ts'
import { startChain } from '../../../bench/accuracy/chain/startChain.ts'
import type { Published } from '../../../bench/accuracy/ours/Engine.ts'
import { replayTwin } from '../../../bench/accuracy/ours/replayTwin.ts'
import type { Topic } from '../../../bench/accuracy/panel/Panel.ts'
import { createRandom } from '@auspex/workers/models'

describe('a panel on the chain', function () {
  this.timeout(600_000)

  it('gives what the twins give, to the last bit, over 300 rounds of 30 workers', async () => {
    const topic = wildTopic({ rounds: 300, workers: 30 })
    const engine = createChainEngine(startChain)
    const [chain, twin] = [await engine(topic), await replayTwin(topic)]
    expect(chain.map(words)).to.deep.equal(twin.map(words))
    expect(chain.filter(({ widths }) => widths !== undefined)).to.have.length.greaterThan(250)
  })

  it('refuses the smallest difference', () => {
    const found = { value: 10n ** 18n, half: [1n, 2n] }
    requireEqual({ what: 'a round', chain: found, twin: structuredClone(found) })
    expect(() =>
      requireEqual({ what: 'a round', chain: found, twin: { ...found, half: [1n, 3n] } }),
    ).to.throw('Chain and twin differ in a round')
  })
})

function words({ value, widths }: Published) {
  return [value, widths?.below, widths?.above]
}

/** A drifting truth, workers of every quality who come and go, wild values, and truths that come late. */
function wildTopic({ rounds, workers }: { rounds: number; workers: number }): Topic {
  const random = createRandom(30)
  let level = -3

  return {
    name: 'wild|one',
    rounds: Array.from({ length: rounds }, (_, number) => {
      level += random() - 0.5
      const truth = level
      const entries = Array.from({ length: workers }, (_, i) => ({
        worker: `worker ${i}`,
        prediction:
          truth + (random() - 0.5) * (1 + i / 5) + (random() < 0.01 ? 1_000 * (random() - 0.5) : 0),
        confidence: random() < 0.5 ? 1 : Math.ceil(10_000 * random()) / 10_000,
      }))

      return {
        number,
        lag: number % 3,
        truth,
        entries: entries.filter((_, i) => number === 0 || i === 0 || random() > 0.1),
      }
    }),
  }
}
