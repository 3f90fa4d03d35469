/* What is due in many topics at the same moment, and the transactions it leaves in. */
import { expect } from 'chai'
import { concatHex, padHex, toHex } from 'viem'
import type { Hex, TransactionReceipt } from 'viem'
import { AuspexError } from '../../../sdk/src/index.ts'
import type { Prepared } from '../../../sdk/src/index.ts'
import { NotMined } from '../../../workers/src/chain/findMined.ts'
import { deliver } from '../../../workers/src/reputer/packer.ts'
import type { Post, ReputerStep } from '../../../workers/src/reputer/reputerTurn.ts'
import { silent } from '../../../workers/src/runtime/log.ts'

type Call = Prepared<ReputerStep>

const receipt = {} as TransactionReceipt
const nameOf = ({ data }: Call) => `${Number(data.slice(0, 4))}.${Number(`0x${data.slice(4, 6)}`)}`

/** The calls of a topic: `1.0`, `1.1`, ... */
function callsOf(topic: number, count: number, bytes = 2): Call[] {
  return Array.from({ length: count }, (_, i) => {
    const data: Hex = concatHex([toHex(topic, { size: 1 }), toHex(i, { size: 1 })])
    return {
      data: padHex(data, { size: bytes, dir: 'right' }),
      resultOf: () => ({ status: 'revealed', count: topic * 10 + i }),
    }
  })
}

/** A chain that takes each call for so much gas, save those it refuses; what is sent together is noted, by names. */
function chainOf(options: {
  gas?: (name: string) => bigint
  refused?: readonly string[]
  /** Refused although nothing was wrong when they were weighed. */
  refusedLater?: readonly string[]
  fail?: () => Error
}) {
  const { gas = () => 1_000_000n, refused = [], refusedLater = [] } = options
  const sent: string[][] = []
  const limits: bigint[] = []
  const take = (calls: readonly Call[]) => {
    const names = calls.map(nameOf)
    if (options.fail) throw options.fail()
    if (names.some((name) => [...refused, ...refusedLater].includes(name)))
      throw new AuspexError('WrongPhase', {}, 'too late')
    sent.push(names)
  }
  const post: Post = {
    gasOf: async (calls) => {
      const names = calls.map((call) => nameOf(call as Call))
      if (names.some((name) => refused.includes(name))) return undefined
      return names.reduce((sum, name) => sum + gas(name), 0n)
    },
    send: async (call) => {
      take([call as never])
      return call.resultOf(receipt)
    },
    sendTogether: async (calls, limit) => {
      take(calls as never)
      limits.push(limit)
      return calls.map(({ resultOf }) => resultOf(receipt))
    },
    log: silent,
  }
  return { post, sent, limits }
}

const statuses = (steps: ReputerStep[][]) => steps.map((own) => own.map(({ status }) => status))

describe('delivering what is due', () => {
  it('sends what is due in many topics as one transaction, each topic’s calls in their order', async () => {
    const { post, sent } = chainOf({})
    const steps = await deliver(post, [callsOf(1, 2), [], callsOf(2, 1), callsOf(3, 3)])
    expect(sent).to.deep.equal([['1.0', '1.1', '2.0', '3.0', '3.1', '3.2']])
    const counts = steps.map((own) => own.map((step) => 'count' in step && step.count))
    expect(counts).to.deep.equal([[10, 11], [], [20], [30, 31, 32]])
  })

  it('lets a transaction use what was weighed, and a fifth more', async () => {
    const { post, limits } = chainOf({ gas: () => 2_000_000n })
    await deliver(post, [callsOf(1, 2), callsOf(2, 1), callsOf(3, 4)])
    expect(limits).to.deep.equal([7_200_000n, 9_600_000n])
  })

  it('sends a single call alone, unweighed', async () => {
    const { post, sent } = chainOf({ gas: () => expect.fail('weighed') })
    expect(statuses(await deliver(post, [[], callsOf(2, 1)]))).to.deep.equal([[], ['revealed']])
    expect(sent).to.deep.equal([['2.0']])
  })

  it('fills transactions up to 12 million gas, without parting a topic', async () => {
    const { post, sent } = chainOf({ gas: () => 2_500_000n })
    await deliver(post, [callsOf(1, 3), callsOf(2, 2), callsOf(3, 1)])
    expect(sent).to.deep.equal([
      ['1.0', '1.1', '1.2'],
      ['2.0', '2.1', '3.0'],
    ])
  })

  it('fills them up to 120,000 bytes, which is less than nodes take', async () => {
    const { post, sent } = chainOf({ gas: () => 1n })
    await deliver(post, [callsOf(1, 1, 59_904), callsOf(2, 1, 59_904), callsOf(3, 1, 1000)])
    expect(sent).to.deep.equal([['1.0', '2.0'], ['3.0']])
  })

  it('sends a topic’s calls one transaction after the other where they do not fit into one', async () => {
    const { post, sent } = chainOf({ gas: () => 5_000_000n })
    await deliver(post, [callsOf(1, 4), callsOf(2, 1)])
    expect(sent).to.deep.equal([['1.0', '1.1'], ['2.0'], ['1.2', '1.3']])
  })

  it('sends alone what is too heavy by itself', async () => {
    const { post, sent } = chainOf({ gas: (name) => (name === '1.1' ? 14_000_000n : 100_000n) })
    await deliver(post, [callsOf(1, 3), callsOf(2, 1)])
    expect(sent).to.deep.equal([['1.0', '2.0'], ['1.1'], ['1.2']])
  })

  it('leaves a refused call out, and says why', async () => {
    const { post, sent } = chainOf({ refused: ['2.1'] })
    const steps = await deliver(post, [callsOf(1, 2), callsOf(2, 3), callsOf(3, 1)])
    expect(statuses(steps)).to.deep.equal([
      ['revealed', 'revealed'],
      ['revealed', 'failed', 'revealed'],
      ['revealed'],
    ])
    expect(steps[1]![1]).to.deep.equal({ status: 'failed', reason: 'WrongPhase: too late' })
    expect(sent.flat().filter((name) => name.startsWith('2'))).to.deep.equal(['2.0', '2.2'])
  })

  it('keeps together what a topic does behind a refused call', async () => {
    for (const options of [{ refused: ['2.0'] }, { refusedLater: ['2.0'] }]) {
      const { post, sent } = chainOf(options)
      await deliver(post, [callsOf(2, 4)])
      expect(sent).to.deep.equal([['2.1', '2.2', '2.3']])
    }
  })

  it('parts what is refused on its way, so that one topic holds up no other', async () => {
    const { post, sent } = chainOf({ refusedLater: ['5.0'] })
    const topics = Array.from({ length: 8 }, (_, i) => callsOf(i, 1))
    const steps = await deliver(post, topics)
    expect(statuses(steps).map(([status]) => status)).to.deep.equal(
      topics.map((_, i) => (i === 5 ? 'failed' : 'revealed')),
    )
    expect(sent).to.have.deep.members([['0.0', '1.0', '2.0', '3.0'], ['4.0'], ['6.0', '7.0']])
  })

  it('sends nothing anew that may be mined yet', async () => {
    let sends = 0
    const fail = () => {
      sends += 1
      return new NotMined('gone')
    }
    const steps = await deliver(chainOf({ fail }).post, [callsOf(1, 2), callsOf(2, 1)])
    expect(statuses(steps)).to.deep.equal([['failed', 'failed'], ['failed']])
    expect(sends).to.equal(1)
  })

  it('bundles nothing with what has to go alone', async () => {
    const chain = chainOf({})
    const [first, ...rest] = callsOf(1, 2)
    const steps = await deliver(chain.post, [
      [{ ...first!, goesAlone: true }, ...rest],
      callsOf(2, 1),
    ])
    expect(chain.sent).to.deep.include(['1.0'])
    expect(chain.sent).to.deep.include(['1.1', '2.0'])
    expect(steps.flat()).to.have.lengthOf(3)
  })
})
