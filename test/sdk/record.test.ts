import { expect } from 'chai'
import {
  activate,
  deposit,
  getPosition,
  getTopic,
  getTopicRecord,
  roundsIn,
  statedPredictions,
} from '../../sdk/src/index.ts'
import type { AuspexError } from '../../sdk/src/index.ts'
import { replayRecord, whatIf } from '../../sdk/src/maths/index.ts'
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

    it('says what predictions of somebody who was not there would have earned', async () => {
      const { stranger, topic } = await loadFixture(deepened)
      const record = await getTopicRecord(stranger, { topic })
      const truth = roundsIn(record)[0]!.truth!
      const said = { value: truth, confidence: 10_000n }
      const predictions = new Map([0n, 1n, 7n].map((r) => [r, said]))
      const guest = { name: 'guest', stake: 1000n * ONE, predictions }
      const { turns, twin } = replayRecord({ record, guests: [guest] })
      const seen = whatIf({ record, guest })

      expect(seen.rounds.map(({ round }) => round)).to.deep.equal([0n, 1n])
      expect(seen.missed).to.deep.equal([7n])
      expect(seen.differences).to.deep.equal([])
      expect(seen.end).to.equal(twin.stakeOf('guest'))
      expect(seen.end - seen.start).to.equal(seen.reward + seen.pool + seen.peers)
      expect(seen.atRisk).to.equal(seen.rounds[1]!.atRisk)
      expect(seen.rounds.map(({ place }) => place)).to.deep.equal([1, 1])
      expect(seen.standings).to.have.length(6)
      expect(seen.standings[seen.rank! - 1]!.worker).to.equal('guest')
      expect(seen.errorWith).to.be.lessThan(seen.errorWithout)
      const last = turns[1]!
      const heard = last.predictions.reduce(
        (sum, { value }, i) => sum + last.weights[i]! * value,
        0n,
      )
      const held = last.weights.reduce((sum, each) => sum + each, 0n)
      // What the workers do not hold is held by the house's median and mean, which lie inside the clip.
      const rest = (last.aggregate.value * ONE - heard) / (ONE - held)
      expect(rest >= last.aggregate.low && rest <= last.aggregate.high).to.equal(true)
    })
  })
})

describe('a table of predictions', () => {
  const range = { min: 0n, max: 200n * ONE }
  const read = (...cells: Record<string, string>[]) =>
    statedPredictions(
      cells.map((each, i) => ({ line: i + 2, cells: each })),
      range,
    )

  it('is read exactly: decimals, exponents, confidence as a share', () => {
    const found = read(
      { round: '3', value: '100.000000000000000001' },
      { round: '4', value: '1e2', confidence: '0.25' },
      { round: '5', value: '1.5', valueExact: '1.500000000000000007', confidence: '' },
    )
    if (found.status === 'refused') throw new Error(found.reason)
    expect([...found.predictions]).to.deep.equal([
      [3n, { value: 100n * ONE + 1n, confidence: 10_000n }],
      [4n, { value: 100n * ONE, confidence: 2_500n }],
      [5n, { value: 1_500_000_000_000_000_007n, confidence: 10_000n }],
    ])
  })

  for (const [reason, cells] of [
    ['"" is no number of a round', { value: '1' }],
    ['"-1" is no number of a round', { round: '-1', value: '1' }],
    ['"" is no value', { round: '1', value: '' }],
    ['"NaN" is no value', { round: '1', value: 'NaN' }],
    ["201 lies outside the topic's range, 0 to 200", { round: '1', value: '201' }],
    [
      'confidence "25" is no share above 0 and at most 1',
      { round: '1', value: '1', confidence: '25' },
    ],
    [
      'confidence "0" is no share above 0 and at most 1',
      { round: '1', value: '1', confidence: '0' },
    ],
    ['round 0 is there twice', { round: '0', value: '1' }],
  ] as const) {
    it(`is refused with its line where ${reason}`, () => {
      const found = read({ round: '0', value: '1' }, cells)
      expect(found).to.deep.equal({ status: 'refused', line: 3, reason })
    })
  }
})
