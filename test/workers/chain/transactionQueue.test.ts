import { expect } from 'chai'
import { createPublicClient, custom, parseTransaction } from 'viem'
import type { EIP1193RequestFn, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { transactionQueue } from '../../../workers/src/chain/transactionQueue.ts'
import type { QueueOptions } from '../../../workers/src/chain/flight.ts'
import { NotMined } from '../../../workers/src/chain/findMined.ts'
import { deployOn, keyOf, pause, startAnvil, until } from '../../helpers/anvil.ts'

type Fault = 'lost on the way' | 'lost on the way back' | undefined

describe('a transaction queue', function () {
  this.timeout(30_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let faults: Fault[] = []
  /** Data whose transactions never arrive. */
  let swallowed: Hex | undefined
  let sent = 0
  const account = privateKeyToAccount(keyOf(5))
  const transaction = { to: account.address, data: '0x' } as const

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
  })
  after(() => anvil?.stop())
  beforeEach(() => {
    faults = []
    swallowed = undefined
    sent = 0
  })

  /** A node that loses what it is sent, or its answer, as told. */
  function queueWith(options: Partial<QueueOptions> = {}) {
    const request = async ({ method, params }: { method: string; params?: unknown }) => {
      const isSend = method === 'eth_sendRawTransaction'
      const fault = isSend ? faults.shift() : undefined
      if (isSend && dataOf(params) === swallowed) throw new Error('socket hang up')
      if (fault === 'lost on the way') throw new Error('socket hang up')
      const answer = await anvil!.chain.request({ method, params } as never)
      if (isSend) sent += 1
      if (fault === 'lost on the way back') throw new Error('socket hang up')
      return answer
    }
    const transport = custom({ request: request as EIP1193RequestFn }, { retryCount: 0 })
    const publicClient = createPublicClient({ transport, cacheTime: 0 })
    return transactionQueue({ publicClient, account, chainId: 31337, pollMs: 20, ...options }).send
  }

  function dataOf(params: unknown): Hex {
    return parseTransaction((params as [Hex])[0]).data ?? '0x'
  }
  const nonce = () => anvil!.chain.getTransactionCount({ address: account.address })

  it('sends many, without gaps', async () => {
    const send = queueWith()
    const before = await nonce()
    const receipts = await Promise.all(Array.from({ length: 5 }, () => send(transaction)))
    expect(receipts.map(({ status }) => status)).to.deep.equal(Array(5).fill('success'))
    expect(await nonce()).to.equal(before + 5)
  })

  it('sends again what was lost on the way', async () => {
    faults = ['lost on the way', 'lost on the way']
    const before = await nonce()
    expect((await queueWith()(transaction)).status).to.equal('success')
    expect(await nonce()).to.equal(before + 1)
  })

  it('mines once what was sent, however the answer was lost', async () => {
    faults = ['lost on the way back']
    const before = await nonce()
    expect((await queueWith()(transaction)).status).to.equal('success')
    expect(await nonce()).to.equal(before + 1)
    expect(sent).to.equal(1)
  })

  it('takes another nonce when somebody else used its own', async () => {
    const send = queueWith()
    faults = ['lost on the way', 'lost on the way', 'lost on the way']
    const pending = send(transaction)
    await queueWith()({ ...transaction, data: '0x01' })
    expect((await pending).status).to.equal('success')
  })

  describe('given a chain that mines nothing', () => {
    beforeEach(() => anvil!.chain.setAutomine(false))
    afterEach(async () => {
      await anvil!.chain.mine({ blocks: 1 })
      await anvil!.chain.setAutomine(true)
    })

    it('sends again at a higher fee, and takes whichever is mined', async () => {
      const send = queueWith({ resubmitAfterMs: 100 })
      const before = await nonce()
      const pending = send(transaction)
      await until('it is replaced', async () => sent >= 2)
      await anvil!.chain.mine({ blocks: 1 })
      expect((await pending).status).to.equal('success')
      expect(await nonce()).to.equal(before + 1)
    })

    it('never pays more than the cap', async () => {
      const cap = 3n * 10n ** 9n
      const ceilingOf = async () => ({ maxFeePerGas: cap, setBy: 'the test' })
      const send = queueWith({ resubmitAfterMs: 40, deadlineMs: 600, ceilingOf })
      const failure = await send(transaction).catch((error: Error) => error)
      expect((failure as Error).message).to.match(/the last at (\d+) wei/)
      const last = /the last at (\d+) wei/.exec((failure as Error).message)![1]!
      expect(BigInt(last) <= cap).to.equal(true)
    })

    it('has so many under way at once, and no more', async () => {
      const send = queueWith({ inFlight: 3 })
      const before = await nonce()
      const pending = Promise.all(Array.from({ length: 5 }, () => send(transaction)))
      await until('three are sent', async () => sent >= 3)
      await pause(100)
      expect(sent).to.equal(3)
      await anvil!.chain.mine({ blocks: 1 })
      await until('the rest is sent', async () => sent >= 5)
      await anvil!.chain.mine({ blocks: 1 })
      const blocks = (await pending).map(({ blockNumber }) => blockNumber)
      expect(new Set(blocks).size).to.equal(2)
      expect(await nonce()).to.equal(before + 5)
    })

    it('sends again what a node dropped, and those behind it are mined as well', async () => {
      const send = queueWith({ resubmitAfterMs: 200 })
      const pending = Promise.all([send(transaction), send(transaction), send(transaction)])
      await until('all are sent', async () => sent >= 3)
      const { pending: pool } = await anvil!.chain.getTxpoolContent()
      const [first] = Object.values(Object.values(pool)[0]!)
      await anvil!.chain.dropTransaction({ hash: first!.hash })
      await until('one is sent again', async () => sent >= 4)
      // Which of the three that was is chance; blocks are mined until the dropped one is back, and all are in.
      let isDone = false
      const settled = pending.finally(() => (isDone = true))
      await until('all are mined', async () => {
        await anvil!.chain.mine({ blocks: 1 })
        return isDone
      })
      const statuses = (await settled).map(({ status }) => status)
      expect(statuses).to.deep.equal(['success', 'success', 'success'])
    })

    it('settles every promise, and goes on', async () => {
      const send = queueWith({ resubmitAfterMs: 50, deadlineMs: 300 })
      const failures = await Promise.allSettled([send(transaction), send(transaction)])
      expect(failures.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])

      await anvil!.chain.setAutomine(true)
      expect((await send(transaction)).status).to.equal('success')
    })
  })

  it('refuses at once what the account cannot pay', async () => {
    const poor = privateKeyToAccount(`0x${'77'.repeat(32)}`)
    const failure = await queueWith({ account: poor })(transaction).catch((error: Error) => error)
    expect(failure).to.be.instanceOf(Error)
    expect((failure as Error).message).to.match(/^0x\w+ has too little coin: .* up to 0\.0\d+\. /)
  })

  describe('given one that never arrives', () => {
    const lost = { ...transaction, data: '0xaa', gas: 30_000n } as const

    it('gives it up, and fills its nonce for those that wait behind it', async () => {
      const send = queueWith({ deadlineMs: 1000 })
      const before = await nonce()
      swallowed = lost.data
      const given = send(lost).catch((error: Error) => error)
      await pause(500)
      const behind = Promise.all([send(transaction), send(transaction)])
      expect(await given).to.be.instanceOf(NotMined)
      expect((await behind).map(({ status }) => status)).to.deep.equal(['success', 'success'])
      expect(await nonce()).to.equal(before + 3)
      expect((await send(transaction)).status).to.equal('success')
    })

    it('mines it behind them where somebody else took its nonce', async () => {
      const send = queueWith()
      const before = await nonce()
      swallowed = lost.data
      const pending = send(lost)
      await pause(50)
      const behind = [send(transaction), send(transaction)]
      await until('those behind are sent', async () => sent >= 2)
      await queueWith()({ ...transaction, data: '0x01' })
      swallowed = undefined
      const mined = [await pending, ...(await Promise.all(behind))]
      expect(mined.map(({ status }) => status)).to.deep.equal(['success', 'success', 'success'])
      expect(await nonce()).to.equal(before + 4)
    })
  })

  it('tells of one that was reverted, and holds up none by it', async () => {
    const send = queueWith()
    const { token } = await deployOn(anvil!)
    const reverting = { to: token, data: '0xdeadbeef', gas: 100_000n } as const
    const mined = await Promise.all([send(transaction), send(reverting), send(transaction)])
    expect(mined.map(({ status }) => status)).to.deep.equal(['success', 'reverted', 'success'])
  })

  it('holds up none by one that cannot be sent', async () => {
    const send = queueWith()
    const { token } = await deployOn(anvil!)
    const results = await Promise.allSettled([
      send({ to: token, data: '0xdeadbeef' }),
      send(transaction),
      send(transaction),
    ])
    expect(results.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
  })
})
