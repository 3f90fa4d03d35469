import hre from 'hardhat'
import { createPublicClient, custom, formatTransactionReceipt, keccak256, numberToHex } from 'viem'
import { toHex } from 'viem'
import type { Address, Hex, PublicClient, TransactionReceipt } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PrivateKeyAccount } from 'viem/accounts'
import { serveChain } from './serveChain.ts'

/** Given to every transaction unless a chain is started with another limit, so that none has to be estimated. */
const GAS = 16_000_000n
const COIN = 10n ** 18n
/** 2030-01-01, unix seconds. */
const BIRTH = 1_893_456_000n

interface ChainOptions {
  /** Chain time of the first block, unix seconds. */
  start?: bigint
  /** Seconds that pass with each transaction. */
  step?: bigint
  hardfork?: 'prague' | 'osaka'
  /** Gas limit of every transaction and block, where the chain's own is too low. */
  gasLimit?: bigint
  /** Deploys contracts over the size limit too, so that a measurement reports their size. */
  isSizeFree?: boolean
  /** Chain time stands still for callers over loopback too; otherwise it runs for them. */
  isHeld?: boolean
}

export interface Chain {
  readonly id: number
  /** Where the same chain answers JSON-RPC on loopback. */
  readonly url: string
  readonly public: PublicClient
  /** Chain time of the next transaction, unix seconds. It stands still until it is moved. */
  now(): bigint
  /** Mines one block at this time; a time that has passed is refused. */
  moveTo(time: bigint): Promise<void>
  /** Mines blocks up to this time, one every so many seconds. */
  pass(until: bigint, blockSeconds: bigint): Promise<void>
  /** The block that was mined last. */
  block(): bigint
  /** Transactions of members mined so far. */
  count(): number
  /** Calls that came over loopback so far, the transactions among them, and the gas of those. */
  asked(): Asked
  join(key: Hex): Member
  /** Sets an account's balance, for nodes that refuse to start without coin; base units, one coin by default. */
  endow(account: Address, coin?: bigint): Promise<void>
  /** Any method of the embedded chain, such as a trace. */
  request(method: string, params?: readonly unknown[]): Promise<unknown>
  /** Does the work, gives its result and takes everything back that it changed on the chain. */
  undo<Result>(work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

type Asked = { calls: number; transactions: number; gas: number }

/** An account on the chain: signs by itself, sends, and has its receipt at once. */
export interface Member {
  readonly address: Address
  readonly account: PrivateKeyAccount
  send(transaction: { to?: Address; data: Hex; gas?: bigint }): Promise<TransactionReceipt>
  /** Takes its next nonce back to what the chain says, after transactions were undone. */
  recount(): Promise<void>
}

/** The same name always has the same key: not for anything of value. */
export function keyOf(name: string): Hex {
  return keccak256(toHex(name))
}

/**
 * The one embedded chain of demo, benches and tests: Hardhat's network inside this process, served on loopback as well.
 * Each transaction is mined at once, gas costs nothing, and time moves only by `moveTo`, so that a day takes milliseconds.
 * Members spare themselves the way over HTTP: 0.4 ms a transaction instead of 2.6.
 */
export async function startChain(options: ChainOptions = {}): Promise<Chain> {
  const { start = BIRTH, step = 0n, gasLimit, isHeld = false } = options
  const connection = await hre.network.create({
    network: 'node',
    override: {
      initialDate: new Date(Number(start) * 1000),
      allowBlocksWithSameTimestamp: true,
      allowUnlimitedContractSize: options.isSizeFree ?? false,
      initialBaseFeePerGas: 0,
      throwOnTransactionFailures: false,
      ...(options.hardfork && { hardfork: options.hardfork }),
      ...(gasLimit && { blockGasLimit: gasLimit, transactionGasCap: gasLimit }),
    },
  })
  const { provider } = connection
  const request = (method: string, params: readonly unknown[] = []) =>
    provider.request({ method, params })
  const id = Number(await request('eth_chainId'))

  let time = start
  let block = 0n
  let count = 0
  const asked: Asked = { calls: 0, transactions: 0, gas: 0 }
  let queue: Promise<unknown> = Promise.resolve()

  /** One by one: a block and the time it is given belong together. */
  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }

  /** The chain would count the seconds that pass outside. */
  const holdTime = () => request('evm_setNextBlockTimestamp', [numberToHex(time)])

  /** Between two blocks the chain gives the same answer to the same question, whichever node asks. */
  const answers = new Map<string, Promise<unknown>>()
  let answeredAt = -1n
  function ask({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    if (method === 'eth_blockNumber') return Promise.resolve(numberToHex(block))
    if (answeredAt !== block) answers.clear()
    answeredAt = block
    const question = JSON.stringify([method, params])
    const answer = answers.get(question) ?? request(method, params as unknown[])
    answers.set(question, answer)
    return answer
  }

  /** Who comes over loopback may change anything. */
  async function answerOutside(call: { method: string; params: readonly unknown[] }) {
    asked.calls += 1
    const answer = await request(call.method, call.params)
    block = BigInt((await request('eth_blockNumber')) as Hex)
    answers.clear()
    if (call.method !== 'eth_sendRawTransaction') return answer

    const { gasUsed } = await receiptOf(answer as Hex)
    asked.transactions += 1
    asked.gas += Number(gasUsed)
    if (isHeld) await holdTime()
    return answer
  }
  const server = await serveChain({ request: (call) => inTurn(() => answerOutside(call)) })

  async function receiptOf(hash: Hex): Promise<TransactionReceipt> {
    return formatTransactionReceipt((await request('eth_getTransactionReceipt', [hash])) as never)
  }

  async function mine(signed: Promise<Hex>): Promise<TransactionReceipt> {
    const hash = await inTurn(async () => {
      await holdTime()
      const sent = await request('eth_sendRawTransaction', [await signed])
      time += step
      if (isHeld) await holdTime()
      return sent as Hex
    })
    const mined = await receiptOf(hash)
    count += 1
    if (mined.blockNumber > block) block = mined.blockNumber
    return mined
  }

  async function mineBlocks(blocks: bigint, seconds: bigint): Promise<void> {
    await holdTime()
    await request('hardhat_mine', [numberToHex(blocks), numberToHex(seconds)])
    block += blocks
  }

  function join(key: Hex): Member {
    const account = privateKeyToAccount(key)
    const { address } = account
    const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }
    let nonce = 0
    return {
      address,
      account,
      send({ to = null, data, gas = gasLimit ?? GAS }) {
        const call = { type: 'eip1559', chainId: id, nonce, to, data, gas, ...fees } as const
        nonce += 1
        return mine(account.signTransaction(call))
      },
      async recount() {
        nonce = Number(await request('eth_getTransactionCount', [address, 'latest']))
      },
    }
  }

  if (isHeld) await holdTime()
  return {
    id,
    url: server.url,
    public: createPublicClient({
      transport: custom({ request: ask }, { retryCount: 0 }),
      pollingInterval: 1,
      cacheTime: 0,
    }),
    now: () => time,
    block: () => block,
    count: () => count,
    asked: () => ({ ...asked }),
    request,
    join,

    moveTo: (to) =>
      inTurn(async () => {
        if (to < time) throw new RangeError(`Time ${to} has passed: it is ${time}`)
        time = to
        await mineBlocks(1n, 1n)
        if (isHeld) await holdTime()
      }),

    pass: (until, seconds) =>
      inTurn(async () => {
        const blocks = (until - time) / seconds
        if (blocks < 1n) throw new RangeError(`No block of ${seconds} s ends before ${until}`)
        // The first of them is mined at the time that is held.
        time += seconds
        await mineBlocks(blocks, seconds)
        time = until
        await holdTime()
      }),

    async endow(account, coin = COIN) {
      await request('hardhat_setBalance', [account, numberToHex(coin)])
    },

    async undo(work) {
      const before = { time, block, count }
      const snapshot = await request('evm_snapshot')
      try {
        return await work()
      } finally {
        await request('evm_revert', [snapshot])
        ;({ time, block, count } = before)
        answers.clear()
      }
    },

    async close() {
      await server.close()
      await connection.close()
    },
  }
}
