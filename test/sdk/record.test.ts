import { expect } from 'chai'
import {
  activate,
  deposit,
  getPosition,
  getTopic,
  getTopicRecord,
  roundsIn,
} from '../../sdk/src/index.ts'
import type { AuspexError } from '../../sdk/src/index.ts'
import { replayRecord } from '../../sdk/src/maths/index.ts'
import { created, loadFixture, ONE, settledTwice, time } from '../helpers/network.ts'

async function deepened() {
  const base = await settledTwice()
  const { topic, workers, params } = base
  const [first] = workers
  await deposit(first!, { topic, amount: 10n * ONE })
  await time.increase(params.activationDelay)
  await activate(first!, { topic, worker: first!.account! })
  return base
}

describe('a topic’s record', () => {
  it('is refused of a topic that does not exist', async () => {
    const { stranger } = await loadFixture(created)
    const topic = `0x${'11'.repeat(32)}` as const
    const failure = await getTopicRecord(stranger, { topic }).catch((error: Error) => error)
    expect((failure as AuspexError).name).to.equal('UnknownTopic')
  })

  describe('of two settled rounds', () => {
    it('has the terms, and each round with its predictions, aggregate and truth', async () => {
      const { stranger, topic, params, outcome, round } = await loadFixture(deepened)
      const record = await getTopicRecord(stranger, { topic })
      expect(record.terms).to.deep.equal({ ...params, truth: record.terms.truth })
      const rounds = roundsIn(record)
      expect(rounds.map((each) => each.round)).to.deep.equal([0n, 1n])
      expect(rounds[1]).to.include({ round, isSettled: true, isVoid: false })
      expect(rounds[1]!.outcome).to.deep.equal(outcome)
      expect(rounds[1]!.predictions).to.have.length(5)
    })

    it('is replayed to the unit: aggregates, stakes and pool are those of the chain', async () => {
      const { stranger, topic, workers } = await loadFixture(deepened)
      const { turns, twin, differences } = replayRecord({
        record: await getTopicRecord(stranger, { topic }),
      })
      expect(differences).to.deep.equal([])
      expect(turns).to.have.length(2)
      for (const { account } of workers) {
        const { stake } = await getPosition(stranger, { topic, worker: account! })
        expect(twin.stakeOf(account!.toLowerCase())).to.equal(stake)
      }
      const { pool, center } = await getTopic(stranger, { topic })
      expect(twin.pool).to.equal(pool)
      expect(twin.center).to.equal(center)
    })

    it('says what differs where a record was changed', async () => {
      const { stranger, topic } = await loadFixture(deepened)
      const record = await getTopicRecord(stranger, { topic })
      const steps = record.steps.map((step) =>
        step.kind === 'resolved' ? { ...step, truth: step.truth + ONE } : step,
      )
      const { differences } = replayRecord({ record: { ...record, steps } })
      expect(differences[0]).to.match(
        /^what round 0 won the pool is -?\d+ here and -?\d+ in the record$/,
      )
    })

    it('lets a guest play too, who moves the aggregate and is paid for its truth', async () => {
      const { stranger, topic } = await loadFixture(deepened)
      const record = await getTopicRecord(stranger, { topic })
      const truth = roundsIn(record)[0]!.truth!
      const predictions = new Map([0n, 1n].map((r) => [r, { value: truth, confidence: 10_000n }]))
      const alone = replayRecord({ record })
      const guest = { name: 'guest', stake: 1000n * ONE, predictions }
      const { turns, twin } = replayRecord({ record, guests: [guest] })
      expect(turns[0]!.predictions.at(-1)!.worker).to.equal('guest')
      expect(turns[1]!.aggregate.value).to.not.equal(alone.turns[1]!.aggregate.value)
      expect(twin.stakeOf('guest') > 1000n * ONE).to.equal(true)
    })
  })
})
