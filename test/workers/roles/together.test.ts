/* A reputer that owes several rounds of a topic something at the same moment. */
import { expect } from 'chai'
import { getDomain, getRound, getSealLists, getTopic, reveal } from '../../../sdk/src/index.ts'
import type { Send } from '../../../sdk/src/index.ts'
import { loadFixture, ONE, staked, TRUTH, tellTruth } from '../../helpers/network.ts'
import { reputerOf, workerOf } from './nodes.ts'

/** A round that awaits its truth, and the next, whose predictions are sealed and opened meanwhile. */
const [older, younger] = [0n, 1n]

/** Nodes of a topic; the reputer's transactions are counted. */
async function playing() {
  const base = await loadFixture(staked)
  const { topic, keeper, stranger, workers, truth, goTo } = base
  let transactions = 0
  let meanwhile: (() => Promise<unknown>) | undefined
  const send: Send = async (transaction) => {
    const act = meanwhile
    meanwhile = undefined
    await act?.()
    transactions += 1
    return keeper.send(transaction)
  }
  const { reputer, endpoint, desk } = reputerOf({
    client: { ...keeper, send },
    topic,
    feed: truth.address,
  })
  const rival = reputerOf({ client: stranger, topic, feed: truth.address }).reputer
  const nodes = workers.map((client, i) =>
    workerOf({
      client,
      topic,
      reputers: [endpoint],
      predict: async () => ({
        status: 'predicted',
        prediction: { value: (97n + BigInt(i)) * ONE, confidence: 10_000n },
      }),
    }),
  )

  /** What the reputer did for each round, and in how many transactions. */
  async function look() {
    transactions = 0
    const steps = await reputer.tick()
    return { steps: steps.map(({ round, status }) => [round, status]), transactions }
  }
  /** Moves time, and lets every node look what there is to do. */
  async function at(time: Parameters<typeof goTo>[0], round: bigint) {
    await goTo(time, round)
    for (const node of nodes) await node.tick()
    return look()
  }
  /** Lets somebody act between this reputer's trial of its next transaction and the transaction. */
  function interpose(act: () => Promise<unknown>) {
    meanwhile = act
  }
  /** What opens the first offers of a round. */
  function openingsOf(round: bigint, count: number) {
    const offers = desk.offersOf({ topic, round }).slice(0, count)
    return offers.flatMap(({ opening }) => opening ?? [])
  }
  return { ...base, nodes, rival, look, at, interpose, openingsOf }
}

/** The older round is published, its truth late, when the younger one opens. */
async function overlapping() {
  const base = await playing()
  await base.at('openTime', older)
  await base.at('revealTime', older)
  await base.at('publishTime', older)
  return base
}

/** The younger round can be revealed, and the truth of the older one is known. */
async function bothDue() {
  const base = await overlapping()
  await base.at('openTime', younger)
  await base.goTo('revealTime', younger)
  await tellTruth(base, { round: older, value: TRUTH })
  return base
}

describe('a reputer that owes two rounds something', () => {
  it('settles the older, reveals and publishes the younger in one transaction', async () => {
    const { at } = await bothDue()
    expect(await at('revealTime', younger)).to.deep.equal({
      steps: [
        [older, 'settled'],
        [younger, 'published'],
      ],
      transactions: 1,
    })
  })

  it('settles the older and commits the younger in one, where its workers find their list', async () => {
    const base = await overlapping()
    const { at, topic, workers } = base
    await base.goTo('openTime', younger)
    await tellTruth(base, { round: older, value: TRUTH })
    expect(await at('openTime', younger)).to.deep.equal({
      steps: [
        [older, 'settled'],
        [younger, 'committed'],
      ],
      transactions: 1,
    })
    const [list] = await getSealLists(workers[0]!, { topic, round: younger })
    expect(list!.seals).to.have.length(workers.length)
  })

  it('so opens the younger with what the older one taught', async () => {
    const base = await overlapping()
    const { at, keeper, topic } = base
    const before = await getTopic(keeper, { topic })
    await base.goTo('openTime', younger)
    await tellTruth(base, { round: older, value: TRUTH })
    await at('openTime', younger)
    const { center, sigma, peak } = await getTopic(keeper, { topic })
    expect(center !== before.center && peak > before.peak).to.equal(true)
    expect(await getDomain(keeper, { topic, round: younger })).to.deep.equal({ center, sigma })
    expect((await getRound(keeper, { topic, round: younger })).peak).to.equal(peak)
  })

  it('reveals at once where the truth is not known yet, and settles when it is', async () => {
    const base = await overlapping()
    const { at, look } = base
    expect(await at('openTime', younger)).to.deep.equal({
      steps: [
        [older, 'waiting'],
        [younger, 'committed'],
      ],
      transactions: 1,
    })
    expect(await at('revealTime', younger)).to.deep.equal({
      steps: [
        [older, 'waiting'],
        [younger, 'published'],
      ],
      transactions: 1,
    })
    await tellTruth(base, { round: older, value: TRUTH })
    expect(await look()).to.deep.equal({
      steps: [
        [older, 'settled'],
        [younger, 'idle'],
      ],
      transactions: 1,
    })
  })

  it('reveals and publishes at once where somebody else settles just before', async () => {
    const { at, interpose, rival, keeper, topic } = await bothDue()
    interpose(() => rival.tick())
    const { steps, transactions } = await at('revealTime', younger)
    expect(steps).to.deep.equal([
      [older, 'lost'],
      [younger, 'published'],
    ])
    // Settling again is without effect, so the joined transaction goes through.
    expect(transactions).to.equal(1)
    expect(await getRound(keeper, { topic, round: older })).to.include({ status: 'settled' })
    expect(await getRound(keeper, { topic, round: younger })).to.include({ count: 5n })
  })

  it('reveals what is left and publishes with it where somebody reveals just before', async () => {
    const base = await playing()
    const { at, look, interpose, goTo, nodes, workers, keeper, topic } = base
    await at('openTime', older)
    await goTo('revealTime', older)
    for (const node of nodes) await node.tick()
    const key = { topic, round: older }
    const [list] = await getSealLists(keeper, key)
    const openings = base.openingsOf(older, 1)
    interpose(() => reveal(workers[0]!, { ...key, ...list!, openings }))
    const first = await look()
    expect(first.steps).to.deep.equal([[older, 'lost']])
    expect(await getRound(keeper, key)).to.include({ count: 1n })
    expect(await look()).to.deep.equal({
      steps: [
        [older, 'revealed'],
        [older, 'published'],
      ],
      transactions: 1,
    })
    expect(await getRound(keeper, key)).to.include({ count: 5n })
  })
})
