/* A reputer that waits for more of a topic, so that all of it leaves as one transaction. */
import { expect } from 'chai'
import type { Send, TopicParams } from '../../../sdk/src/index.ts'
import type { Endpoint } from '../../../workers/src/http/endpoint.ts'
import * as Schedule from '../../../sdk/src/maths/schedule.ts'
import { loadFixture, ONE, stakedWith, TRUTH, tellTruth, time } from '../../helpers/network.ts'
import { reputerOf, silentReputer, workerOf } from './nodes.ts'

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
/** A round's truth is known when the next one opens, and nothing else is left to do then. */
const apart = { ...row, cadence: 3n * WINDOW }
const farApart = () => stakedWith(apart)
/** As `farApart`, half of the time for truths being over before a list goes out. */
const brief = () => stakedWith({ ...apart, truthWindow: WINDOW / 4n })
/** As `inARow`, the time for publishing being short, so that there is none in the next window's middle. */
const hurried = () => stakedWith({ ...row, lead: WINDOW / 8n, horizon: 2n * WINDOW + WINDOW / 8n })

type Options = {
  patience: bigint
  /** Workers say something in the rounds before this one. */
  silentFrom?: bigint
  /** Workers that open nothing of what they sealed. */
  withholding?: number
}

/** Nodes of a topic. */
async function playing(
  { patience, silentFrom = YOUNGEST + 1n, withholding = 0 }: Options,
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
  const forgetful: Endpoint = { ...endpoint, takeOpening: silentReputer.takeOpening }
  const nodes = workers.map((client, i) =>
    workerOf({
      client,
      topic,
      reputers: [i < withholding ? forgetful : endpoint],
      patienceBps: 10_000n,
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
    const moment = await look()
    if (params.cadence > WINDOW) await reveal(round)
    return { opening, moment }
  }
  /** The window after a round's, where no other round opens in it. */
  async function reveal(round: bigint) {
    await goTo('revealTime', round)
    for (const node of nodes) await node.tick()
    await look()
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

/** The round that is published is left alone between the one that is settled and the one that is revealed. */
const all = ['settled', 'idle', 'published', 'committed']

describe('a reputer of rounds in a row', () => {
  it('sends all of a window in one transaction, where its patience lasts to the batches', async () => {
    const { last } = await playing({ patience: MOMENT })
    const { opening, moment } = await last()
    expect(opening).to.deep.equal({
      steps: ['waiting', 'idle', 'waiting', 'idle'],
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
      steps: ['settled', 'idle', 'idle', 'idle'],
      transactions: 1,
    })
  })

  it('publishes at once where later would be late in the time there is for it', async () => {
    const { last } = await playing({ patience: MOMENT, withholding: 1 }, hurried)
    const { opening } = await last()
    expect(opening.steps).to.include('published').and.not.to.include('waiting')
    expect(opening.transactions).to.equal(1)
  })
})

describe('a reputer with a round to settle while the next one is committed', () => {
  it('settles it in the same transaction, without being told to be patient', async () => {
    const { last } = await playing({ patience: 0n }, farApart)
    const { opening, moment } = await last()
    expect(opening).to.deep.equal({ steps: ['waiting', 'idle'], transactions: 0 })
    expect(moment).to.deep.equal({ steps: ['settled', 'committed'], transactions: 1 })
  })

  it('settles it at once where it was handed nothing to commit', async () => {
    const { last } = await playing({ patience: 0n, silentFrom: YOUNGEST }, farApart)
    const { opening } = await last()
    expect(opening).to.deep.equal({ steps: ['settled', 'idle'], transactions: 1 })
  })

  it('settles it at once where half of the time for truths ends before', async () => {
    const { last } = await playing({ patience: 0n }, brief)
    const { opening } = await last()
    expect(opening).to.deep.equal({ steps: ['settled', 'idle'], transactions: 1 })
  })

  it('publishes at once, and settles with that', async () => {
    const { last } = await playing({ patience: 0n, withholding: 1 })
    const { opening } = await last()
    expect(opening).to.deep.equal({
      steps: ['settled', 'published', 'idle', 'idle'],
      transactions: 1,
    })
  })
})
