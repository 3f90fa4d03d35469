/* A node of several topics: what each of them owes goes out at once. */
import { expect } from 'chai'
import { setImmediate } from 'node:timers/promises'
import type { TransactionReceipt } from 'viem'
import type { RoundKey } from '../../../sdk/src/index.ts'
import type { Post, Agenda, ReputerStep } from '../../../workers/src/reputer/reputerTurn.ts'
import { tickTogether } from '../../../workers/src/reputer/tickTogether.ts'
import { silent } from '../../../workers/src/runtime/log.ts'

const receipt = {} as TransactionReceipt
const round = 7n

/** A topic with so many rounds to settle. */
function topicOf(number: number, count: number) {
  const topic = `0x${String(number).padStart(64, '0')}` as const
  const settled = { status: 'settled' } as const
  const look = async (): Promise<Agenda> => ({
    calls: Array(count).fill({ data: '0x', resultOf: () => settled }),
    finish: async (done) => done.map((step) => ({ topic, round, ...step })),
    hold: () => {},
  })
  return { topic, look }
}

function chain() {
  const sizes: number[] = []
  const post: Post = {
    gasOf: async () => 21_000n,
    send: async ({ resultOf }) => resultOf(receipt),
    sendTogether: async (calls) => {
      sizes.push(calls.length)
      return calls.map(({ resultOf }) => resultOf(receipt))
    },
    log: silent,
  }
  return { post, sizes }
}

const broken = { ...topicOf(9, 0), look: () => Promise.reject(new Error('no such topic')) }
const topicsOf = (steps: readonly (RoundKey & ReputerStep)[]) =>
  steps.map(({ topic }) => Number(topic))

describe('a reputer of several topics', () => {
  it('holds nothing back once all that it sent is mined', async () => {
    const { post } = chain()
    let held = 0
    const { topic, look } = topicOf(1, 1)
    const counting = { topic, look: async () => ({ ...(await look()), hold: () => void held++ }) }
    await tickTogether({ reputers: [counting], post, log: silent })
    await setImmediate()
    expect(held).to.equal(0)
  })

  it('sends what is due in all of them as one transaction, and tells of each', async () => {
    const { post, sizes } = chain()
    const reputers = [topicOf(1, 2), topicOf(2, 0), topicOf(3, 1)]
    const steps = await tickTogether({ reputers, post, log: silent })
    expect(sizes).to.deep.equal([3])
    expect(topicsOf(steps)).to.deep.equal([1, 1, 3])
  })

  it('leaves a topic that it cannot look at, and says so', async () => {
    const { post } = chain()
    const told: unknown[] = []
    const log = {
      ...silent,
      error: (fields: object, what: string) => told.push({ what, ...fields }),
    }
    const reputers = [broken, topicOf(2, 2)]
    expect(topicsOf(await tickTogether({ reputers, post, log }))).to.deep.equal([2, 2])
    expect(told).to.deep.equal([
      { what: 'topic.failed', topic: broken.topic, reason: 'no such topic' },
    ])
  })

  it('fails where it can look at none, as when the chain does not answer', async () => {
    const { post } = chain()
    const failure = await tickTogether({ reputers: [broken], post, log: silent }).catch(
      (error: Error) => error.message,
    )
    expect(failure).to.equal('no such topic')
  })
})
