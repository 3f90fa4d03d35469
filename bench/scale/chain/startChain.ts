import { network } from 'hardhat'
import { createPublicClient, custom, formatTransactionReceipt, numberToHex } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { serveChain } from '../../../scripts/demo/world/serveChain.ts'
import type { Asked, Chain, Member } from './Chain.ts'

const BIRTH = '2030-01-01T00:00:00Z'
const GAS = 16_000_000n
const PURSE = 10n ** 24n

/** Starts an embedded chain. Every transaction has a block of its own, and only the bench moves time. */
export async function startChain(): Promise<Chain> {
  const connection = await network.create({
    network: 'node',
    override: {
      initialDate: BIRTH,
      allowUnlimitedContractSize: true,
      allowBlocksWithSameTimestamp: true,
      initialBaseFeePerGas: 0,
      throwOnTransactionFailures: false,
    },
  })
  const { provider } = connection
  const request = (method: string, params: readonly unknown[] = []) =>
    provider.request({ method, params })

  const id = Number(await request('eth_chainId'))
  const asked: Asked = { calls: 0, transactions: 0, gas: 0 }
  let time = BigInt(Date.parse(BIRTH) / 1000) + 1n
  let queue: Promise<unknown> = Promise.resolve()

  /** One by one: a block and the time it is given belong together. */
  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }

  /** The chain would count the seconds that pass outside; whatever is asked next is asked at the bench's time. */
  const holdTime = () => request('evm_setNextBlockTimestamp', [numberToHex(time)])

  async function mine(raw: unknown): Promise<TransactionReceipt> {
    const hash = await request('eth_sendRawTransaction', [raw])
    await holdTime()
    return formatTransactionReceipt((await request('eth_getTransactionReceipt', [hash])) as never)
  }

  async function answer(call: { method: string; params: readonly unknown[] }): Promise<unknown> {
    asked.calls += 1
    if (call.method !== 'eth_sendRawTransaction') return request(call.method, call.params)

    const { transactionHash, gasUsed } = await mine(call.params[0])
    asked.transactions += 1
    asked.gas += Number(gasUsed)
    return transactionHash
  }

  async function join(key: Hex): Promise<Member> {
    const account = privateKeyToAccount(key)
    const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, gas: GAS }
    await request('hardhat_setBalance', [account.address, numberToHex(PURSE)])
    let nonce = 0

    const send = ({ to = null, data }: { to?: Address | null; data: Hex }) =>
      inTurn(async () => {
        const call = { type: 'eip1559', chainId: id, nonce, to, data, ...fees } as const
        const receipt = await mine(await account.signTransaction(call))
        nonce += 1
        return receipt
      })
    return { account, send }
  }

  async function mineBlocks(count: bigint, seconds: bigint): Promise<void> {
    await request('hardhat_mine', [numberToHex(count), numberToHex(seconds)])
    await holdTime()
  }

  const server = await serveChain({ request: (call) => inTurn(() => answer(call)) })
  await holdTime()

  return {
    id,
    url: server.url,
    public: createPublicClient({
      transport: custom(
        { request: ({ method, params }) => inTurn(() => request(method, params)) },
        { retryCount: 0 },
      ),
      cacheTime: 0,
    }),
    now: () => time,
    goTo: (to) =>
      inTurn(async () => {
        if (to < time) throw new RangeError(`Time ${to} has passed`)
        time = to
        await holdTime()
        await mineBlocks(1n, 1n)
      }),
    pass: (until, seconds) =>
      inTurn(async () => {
        const blocks = (until - time) / seconds
        if (blocks < 1n) throw new RangeError(`No block of ${seconds} s ends before ${until}`)
        // The first of them is mined at the time that is held.
        time += seconds
        await holdTime()
        time = until
        await mineBlocks(blocks, seconds)
      }),
    join,
    asked: () => ({ ...asked }),
    stop: async () => {
      await server.close()
      await connection.close()
    },
  }
}
