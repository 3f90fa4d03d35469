import { expect } from 'chai'
import fc from 'fast-check'
import { replayTwin } from '../../../bench/accuracy/ours/replayTwin.ts'
import type { Topic } from '../../../bench/accuracy/panel/Panel.ts'
import { peerNames, peers } from '../../../bench/accuracy/rules/peers.ts'
import { replayPeer } from '../../../bench/accuracy/rules/Rule.ts'
import { turns } from '../../../bench/accuracy/turns.ts'
import { at } from '../../../bench/lib/checks.ts'
import { fromFixedPoint } from '../../../bench/lib/fixedPoint.ts'
import { randomTopic } from './randomTopic.ts'

const ROUNDS = 40

describe('replaying a topic', () => {
  it('asks every round once, in order, and teaches a truth when its lag has passed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 30 }), (lags) => {
        const steps = [
          ...turns(lags.map((lag, number) => ({ number, lag, truth: 0, entries: [] }))),
        ]
        const asked = steps.filter(({ step }) => step === 'ask').map(({ index }) => index)
        expect(asked).to.deep.equal(lags.map((_, i) => i))

        let now = -1
        const learnt = new Set<number>()
        for (const { step, index, round } of steps) {
          if (step === 'learn') {
            expect(index + round.lag).to.be.at.most(now)
            expect(learnt.has(index)).to.equal(false)
            learnt.add(index)
            continue
          }
          now = index
          lags.slice(0, now).forEach((lag, i) => {
            if (i + lag < now) expect(learnt.has(i)).to.equal(true)
          })
        }
      }),
    )
  })

  const rules = [
    ['ours', ours],
    ...peerNames.map((name) => [
      name,
      async (topic: Topic) => replayPeer({ topic, rule: peers[name] }),
    ]),
  ] as [string, (topic: Topic) => Promise<number[]>][]

  for (const [name, replay] of rules) {
    for (const lag of [0, 3]) {
      it(`keeps the future from ${name} with a lag of ${lag}`, async () => {
        const topic = randomTopic({ seed: 1, rounds: ROUNDS, lag })
        const before = await replay(topic)
        for (const changed of [0, 7, 20]) {
          const after = await replay(withTruth(topic, changed, 1_000))
          const known = changed + lag + 1
          expect(after.slice(0, known)).to.deep.equal(before.slice(0, known))
        }
      })
    }
  }

  for (const [name, replay] of rules.filter(
    ([name]) => !['mean', 'median', 'trimmed'].includes(name),
  )) {
    it(`lets ${name} learn from what is known`, async () => {
      const topic = randomTopic({ seed: 2, rounds: ROUNDS, lag: 1 })
      const before = await replay(topic)
      const after = await replay(withTruth(topic, 12, 1_000))
      expect(after.slice(14)).to.not.deep.equal(before.slice(14))
    })
  }

  it('gives the same whatever the order of workers within a round', async () => {
    const topic = randomTopic({ seed: 3, rounds: ROUNDS, lag: 0 })
    const turned = {
      ...topic,
      rounds: topic.rounds.map((round) => ({ ...round, entries: round.entries.toReversed() })),
    }
    expect(await ours(turned)).to.deep.equal(await ours(topic))
  })

  it('listens less to the unsure', async () => {
    const topic = randomTopic({ seed: 4, rounds: ROUNDS, lag: 0 })
    const unsure = {
      ...topic,
      rounds: topic.rounds.map((round) => ({
        ...round,
        entries: round.entries.map((entry) =>
          entry.worker === 'biased' ? { ...entry, confidence: 0.0001 } : entry,
        ),
      })),
    }
    const heard = (published: Awaited<ReturnType<typeof replayTwin>>) =>
      published.reduce((sum, { shares }) => sum + (shares.workers.get('biased') ?? 0), 0)
    expect(heard(await replayTwin(unsure))).to.be.lessThan(heard(await replayTwin(topic)))
  })
})

async function ours(topic: Topic): Promise<number[]> {
  return (await replayTwin(topic)).map(({ value }) => fromFixedPoint(value))
}

function withTruth(topic: Topic, changed: number, truth: number): Topic {
  return {
    ...topic,
    rounds: topic.rounds.map((round, i) =>
      i === changed ? { ...at(topic.rounds, i), truth } : round,
    ),
  }
}
