import { join } from 'node:path'
import { expect } from 'chai'
import { createPublicClient, hexToNumber, numberToHex } from 'viem'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import {
  failAfterForwarding,
  half,
  lateReceipts,
  orphanedReceipts,
  pendingReceipts,
  refusedAs,
  startFaultProxy,
} from '../../../chaos/src/faultProxy.ts'
import type { Fault, FaultProxy } from '../../../chaos/src/faultProxy.ts'
import { endpointsOf } from '../../../workers/src/chain/endpoints.ts'
import { NotMined } from '../../../workers/src/chain/findMined.ts'
import { openTransactionBook } from '../../../workers/src/chain/transactionBook.ts'
import { transactionQueue } from '../../../workers/src/chain/transactionQueue.ts'
import type { QueueOptions } from '../../../workers/src/chain/flight.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'
import { keyOf, pause, startAnvil, until } from '../../helpers/anvil.ts'

const chainId = 31337
const account = privateKeyToAccount(keyOf(6))
const { address } = account
const says = (data: Hex) => ({ to: address, data, gas: 40_000n }) as const

describe('a transaction queue on a bad night', function () {
  this.timeout(60_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let proxy: FaultProxy
  let lines: string[]

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    proxy = await startFaultProxy({ target: anvil.url })
  })
  after(async () => {
    await proxy?.close()
    anvil?.stop()
  })
  beforeEach(() => {
    proxy.faults.length = 0
    lines = []
  })

  const nonce = () => anvil!.chain.getTransactionCount({ address })
  const bookAt = (file: string) => openTransactionBook({ file, chainId, account: address })

  function queueWith(options: Partial<QueueOptions> = {}) {
    const note = (fields: object, message: string) =>
      void lines.push(
        `${message} ${JSON.stringify(fields, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
      )
    const log = { debug: () => {}, info: note, warn: note, error: note }
    const { transport, askAll } = endpointsOf({ urls: [proxy.url], chainId, timeoutMs: 1000 })
    const publicClient = createPublicClient({ transport, cacheTime: 0 })
    const own = { publicClient, account, chainId, askAll, pollMs: 20, log }
    return transactionQueue({ ...own, ...options })
  }

  const reorganise = (depth: number) =>
    anvil!.chain.request({ method: 'anvil_reorg', params: [depth, []] } as never)

  it('sends nothing twice where a receipt is late', async () => {
    proxy.faults.push(lateReceipts({ times: 6 }))
    const before = await nonce()
    expect((await queueWith().send(says('0x01'))).status).to.equal('success')
    await pause(200)
    expect(await nonce()).to.equal(before + 1)
  })

  it('sends nothing twice where every answer to a transaction is lost', async () => {
    proxy.faults.push(failAfterForwarding(), lateReceipts({ times: 3 }))
    const before = await nonce()
    const { send } = queueWith()
    await Promise.all([send(says('0x02')), send(says('0x03'))])
    expect(await nonce()).to.equal(before + 2)
  })

  it('takes no receipt of a block that the chain took back', async () => {
    proxy.faults.push(orphanedReceipts({ times: 5 }))
    const before = await nonce()
    const receipt = await queueWith().send(says('0x04'))
    expect(receipt.status).to.equal('success')
    expect(await nonce()).to.equal(before + 1)
  })

  const odd = (reply: unknown, times: number): Fault => {
    let left = times
    return ({ method }) =>
      method === 'eth_getTransactionReceipt' && left-- > 0 ? (reply as never) : undefined
  }
  const foreign = {
    transactionHash: `0x${'12'.repeat(32)}`,
    blockHash: `0x${'34'.repeat(32)}`,
    blockNumber: '0x1',
    status: '0x0',
  }
  for (const [i, [what, fault]] of (
    [
      ['of no block yet', pendingReceipts({ times: 4 })],
      ['with nothing in it', odd({ result: {} }, 4)],
      ['of somebody else’s transaction', odd({ result: foreign }, 4)],
      ['with a refusal', odd({ error: { code: -32000, message: 'indexing is in progress' } }, 4)],
      ['with false', odd({ result: false }, 4)],
      ['with a code that nobody knows', odd({ error: { code: 19, message: '' } }, 4)],
    ] as const
  ).entries()) {
    it(`sends nothing twice where a receipt is first answered ${what}`, async () => {
      proxy.faults.push(fault)
      const before = await nonce()
      const receipt = await queueWith().send(says(`0xa${i}`))
      expect(receipt.status).to.equal('success')
      await pause(200)
      expect(await nonce()).to.equal(before + 1)
    })
  }

  it('closes the gap where a node once counts more of its transactions than there are', async () => {
    let left = 1
    proxy.faults.push(async (request, forward) => {
      if (request.method !== 'eth_getTransactionCount' || left-- <= 0) return undefined
      const { result } = (await forward(request)) as { result: Hex }
      return { result: numberToHex(hexToNumber(result) + 2) }
    })
    const receipt = await queueWith().send(says('0xb0'))
    expect(receipt.status).to.equal('success')
  })

  it('gets through where every third answer breaks off', async () => {
    proxy.faults.push(half({ every: 3 }))
    const before = await nonce()
    expect((await queueWith().send(says('0x05'))).status).to.equal('success')
    expect(await nonce()).to.equal(before + 1)
  })

  const taken = [
    'already known',
    'ALREADY_EXISTS: already known',
    'AlreadyKnown',
    'Known transaction',
    'existing tx with same hash',
    'nonce too low: address 0x1, tx: 4 state: 5',
    'OldNonce, Current nonce: 5, nonce of rejected tx: 4',
    'Nonce too low',
    'Transaction nonce is too low. Try incrementing the nonce.',
  ]
  for (const words of taken) {
    it(`follows what a node says it has: ${words}`, async () => {
      proxy.faults.push(refusedAs(words, { isTaken: true }))
      const before = await nonce()
      expect((await queueWith().send(says('0x06'))).status).to.equal('success')
      expect(await nonce()).to.equal(before + 1)
      expect(lines.join()).not.to.contain('transaction.unknown')
    })
  }

  const cheap = [
    'replacement transaction underpriced',
    'INTERNAL_ERROR: could not replace existing tx',
    'ReplacementNotAllowed, Replacement not allowed',
    'FeeTooLow, MaxFeePerGas too low',
    'Replacement transaction underpriced',
  ]
  for (const words of cheap) {
    it(`offers more, in seconds, where a node says: ${words}`, async () => {
      proxy.faults.push(refusedAs(words, { times: 2 }))
      const [before, began] = [await nonce(), Date.now()]
      expect((await queueWith().send(says('0x07'))).status).to.equal('success')
      expect(Date.now() - began).to.be.below(8000)
      expect(await nonce()).to.equal(before + 1)
      expect(lines.join()).to.contain('transaction.replaced')
    })
  }

  const unpayable = [
    'insufficient funds for gas * price + value: balance 0',
    'InsufficientFunds, Account balance: 0, cumulative cost: 21000',
    'Upfront cost exceeds account balance (transaction up-front cost 0x1)',
  ]
  for (const words of unpayable) {
    it(`says at once that there is too little coin: ${words}`, async () => {
      proxy.faults.push(refusedAs(words, { times: 100 }))
      const failure = await queueWith()
        .send(says('0x08'))
        .catch((error: Error) => error)
      expect((failure as Error).message).to.contain('too little coin')
    })
  }

  it('brings back what the chain took back below a transaction that waits', async () => {
    const { chain } = anvil!
    const { send } = queueWith({ rebroadcastMs: 100 })
    const before = await nonce()
    await send(says('0x04'))
    await chain.setAutomine(false)
    const waiting = send(says('0x05'))
    await until('it is sent', async () => {
      return (await chain.getTransactionCount({ address, blockTag: 'pending' })) === before + 2
    })
    await reorganise(1)
    expect(await nonce()).to.equal(before)
    let isDone = false
    const settled = waiting.finally(() => (isDone = true))
    let blocks = 0
    await until('both are mined', async () => {
      await chain.mine({ blocks: 1 })
      blocks += 1
      await pause(200)
      return isDone
    })
    await chain.setAutomine(true)
    expect((await settled).status).to.equal('success')
    expect(await nonce()).to.equal(before + 2)
    expect(blocks).to.be.below(30)
    expect(lines.join()).to.include('nonce.reopened')
  })

  it('fills a nonce that is missing below those that wait', async () => {
    const { chain } = anvil!
    const before = await nonce()
    const book = bookAt(':memory:')
    // As if another program had taken the first nonce and never sent anything.
    book.reserve({ least: before, content: '0x00', ...says('0x00') })
    const queue = queueWith({ book, once: true, rebroadcastMs: 100 })
    expect((await queue.send(says('0x06'))).status).to.equal('success')
    expect(await chain.getTransactionCount({ address })).to.equal(before + 2)
    expect(lines.join()).to.include('nonce.filled')
  })

  describe('given a command that was killed', () => {
    it('follows what it sent before, and sends nothing', async () => {
      const { chain } = anvil!
      const file = join(freshFolder('book'), 'transactions.db')
      const before = await nonce()
      await chain.setAutomine(false)
      const killed = queueWith({ book: bookAt(file), once: true })
      void killed.send(says('0x07')).catch(() => {})
      await until('it is sent', async () => {
        return (await chain.getTransactionCount({ address, blockTag: 'pending' })) === before + 1
      })
      const again = queueWith({ book: bookAt(file), once: true }).send(says('0x07'))
      await pause(200)
      await chain.mine({ blocks: 1 })
      await chain.setAutomine(true)
      expect((await again).status).to.equal('success')
      await pause(100)
      expect(await nonce()).to.equal(before + 1)
    })

    it('reports what was mined since once, and does it again when that was told', async () => {
      const file = join(freshFolder('book'), 'transactions.db')
      const before = await nonce()
      const first = await queueWith({ book: bookAt(file), once: true }).send(says('0x08'))
      // The process ended before it could tell: the next run of the command tells.
      const book = bookAt(file)
      const told = await queueWith({ book, once: true }).send(says('0x08'))
      expect(told.transactionHash).to.equal(first.transactionHash)
      book.tellOwn()
      const further = await queueWith({ book: bookAt(file), once: true }).send(says('0x08'))
      expect(further.transactionHash).to.not.equal(first.transactionHash)
      expect(await nonce()).to.equal(before + 2)
    })

    it('replaces nothing that it gave up', async () => {
      const { chain } = anvil!
      const file = join(freshFolder('book'), 'transactions.db')
      const before = await nonce()
      await chain.setAutomine(false)
      const impatient = queueWith({ book: bookAt(file), once: true, deadlineMs: 400 })
      const failure = await impatient.send(says('0x09')).catch((error: Error) => error)
      expect(failure).to.be.instanceOf(NotMined)
      expect((failure as Error).message).to.include('run the same command again')
      await chain.mine({ blocks: 1 })
      await chain.setAutomine(true)
      const later = queueWith({ book: bookAt(file), once: true })
      await later.settleEarlier()
      expect((await later.send(says('0x09'))).status).to.equal('success')
      expect(await nonce()).to.equal(before + 1)
    })
  })

  it('names the ceiling that keeps a transaction from being mined', async () => {
    const { chain } = anvil!
    await chain.setNextBlockBaseFeePerGas({ baseFeePerGas: 600n * 10n ** 9n })
    await chain.mine({ blocks: 1 })
    const ceilingOf = async () => ({ maxFeePerGas: 100n * 10n ** 9n, setBy: 'fees.maxGwei' })
    await chain.setAutomine(false)
    const { send } = queueWith({ ceilingOf, deadlineMs: 3500 })
    const failure = await send(says('0x0a')).catch((error: Error) => error)
    expect((failure as Error).message).to.match(/fees\.maxGwei allows 100 gwei/)
    expect(lines.join()).to.match(/fee\.capped .*"setBy":"fees.maxGwei"/)
    await chain.setAutomine(true)
  })
})
