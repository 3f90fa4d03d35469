/* A reputer that waits for the batches of a topic whose rounds follow one another in a row. */
import { expect } from 'chai'
import type { Send, TopicParams } from '../../../sdk/src/index.ts'
import * as Schedule from '../../../sdk/src/math/schedule.ts'
import { loadFixture, ONE, stakedWith, TRUTH, tellTruth, time } from '../../helpers/network.ts'
import { reputerOf, workerOf } from './nodes.ts'

const WINDOW = 1000n
/** A quarter of a window: when batches go out. */
const MOMENT = WINDOW / 4n
/** By then a window has a round in each phase. */
const YOUNGEST = 4n

const row = {
  cadence: WINDOW,
  commitWindow: WINDOW,
  revealWindow: WINDOW,
  lead: WINDOW,
  horizon: 3n * WINDOW,
}
const inARow = () => stakedWith(row)
/** As `inARow`, the time for publishing being short, so that there is none in the next window's middle. */
const hurried = () => stakedWith({ ...row, lead: WINDOW / 8n, horizon: 2n * WINDOW + WINDOW / 8n })

/** Nodes of a topic whose workers say something in every round, or in those before some round. */
async function playing(
  { patience, silentFrom = YOUNGEST + 1n }: { patience: bigint; silentFrom?: bigint },
  fixture = inARow,
) {
  const base = await loadFixture(fixture)
  const { topic, keeper, workers, truth, params, goTo } = base
  let transactions = 0
  const send: Send = (transaction) => {
    transactions += 1
    return keeper.send(transaction)
  }
  const { reputer, endpoint } = reputerOf({
    client: { ...keeper, send },
    topic,
    feed: truth.address,
    batchAfterBps: 2500n,
    patience,
  })
  const nodes = workers.map((client) =>
    workerOf({
      client,
      topic,
      reputers: [endpoint],
      predict: async ({ now }) =>
        BigInt(now) >= Schedule.openTime(params, silentFrom)
          ? { status: 'abstained', reason: 'nothing to say' }
          : { status: 'predicted', prediction: { value: 101n * ONE, confidence: 10_000n } },
    }),
  )

  /** What the reputer did, oldest round first, and in how many transactions. */
  async function look() {
    transactions = 0
    const steps = await reputer.tick()
    return { steps: steps.map(({ status }) => status), transactions }
  }
  /** The reputer's looks at the opening of a round, workers having said all they say there, and at its moment. */
  async function window(round: bigint) {
    const settled = round - targetIn(params)
    await goTo('openTime', round)
    if (settled >= 0n) await tellTruth(base, { round: settled, value: TRUTH })
    for (const node of nodes) await node.tick()
    const opening = await look()
    await time.increaseTo(Schedule.openTime(params, round) + MOMENT)
    return { opening, moment: await look() }
  }
  /** The window of the youngest round, after those before it. */
  async function last() {
    for (let round = 0n; round < YOUNGEST; round++) await window(round)
    return window(YOUNGEST)
  }
  return { last }
}

/** Windows from a round's opening to the one in which its truth is known. */
function targetIn({ horizon, cadence }: TopicParams): bigint {
  return (horizon + cadence - 1n) / cadence
}

const all = ['settled', 'published', 'revealed', 'committed']

describe('a reputer of rounds in a row', () => {
  it('sends all of a window in one transaction, where its patience lasts to the batches', async () => {
    const { last } = await playing({ patience: MOMENT })
    const { opening, moment } = await last()
    expect(opening).to.deep.equal({
      steps: ['waiting', 'waiting', 'waiting', 'idle'],
      transactions: 0,
    })
    expect(moment).to.deep.equal({ steps: all, transactions: 1 })
  })

  it('waits for nothing where it has no patience', async () => {
    const { last } = await playing({ patience: 0n })
    const { opening, moment } = await last()
    expect(opening).to.deep.equal({ steps: [...all.slice(0, 3), 'idle'], transactions: 1 })
    expect(moment.transactions).to.equal(1)
  })

  it('waits for nothing that comes after its patience', async () => {
    const { last } = await playing({ patience: MOMENT / 2n })
    const { opening } = await last()
    expect(opening).to.deep.equal({ steps: [...all.slice(0, 3), 'idle'], transactions: 1 })
  })

  it('waits for no batch where workers said nothing the last time', async () => {
    const { last } = await playing({ patience: MOMENT, silentFrom: 3n })
    const { opening } = await last()
    expect(opening).to.deep.equal({
      steps: ['settled', 'published', 'idle', 'idle'],
      transactions: 1,
    })
  })

  it('publishes at once where later would be late in the time there is for it', async () => {
    const { last } = await playing({ patience: MOMENT }, hurried)
    const { opening } = await last()
    expect(opening.steps).to.include('published').and.not.to.include('waiting')
    expect(opening.transactions).to.equal(1)
  })
})
