import { formatTransactionReceipt, isAddressEqual } from 'viem'
import type { Address, Hex, PublicClient, RpcTransactionReceipt, TransactionReceipt } from 'viem'

/** How far back a nonce is looked for where it is not known since when it can have been used. */
const FURTHEST = 2n ** 20n

/**
 * The transaction that used an account's nonce, found in the blocks themselves: by the account's count before and after a
 * block, then among the block's transactions. Undefined where the nodes do not show it; that says nothing about whether
 * there is one.
 */
export async function findMined(
  client: PublicClient,
  options: { address: Address; nonce: number; fromBlock?: bigint | undefined },
): Promise<{ hash: Hex; to: Address; data: Hex } | undefined> {
  const { address, nonce } = options
  const usedBy = async (blockNumber: bigint) =>
    (await client.getTransactionCount({ address, blockNumber })) > nonce

  let last = await client.getBlockNumber({ cacheTime: 0 })
  if (!(await usedBy(last))) return undefined
  let first = options.fromBlock ?? (await findBefore(last, usedBy))
  if (first > last) first = last
  while (first < last) {
    const middle = (first + last) / 2n
    if (await usedBy(middle)) last = middle
    else first = middle + 1n
  }

  const { transactions } = await client.getBlock({ blockNumber: last, includeTransactions: true })
  const found = transactions.find(
    (each) => each.nonce === nonce && isAddressEqual(each.from, address),
  )
  return found && { hash: found.hash, to: found.to ?? address, data: found.input }
}

/** A block by which the nonce was not used, in steps that double. */
async function findBefore(
  last: bigint,
  usedBy: (block: bigint) => Promise<boolean>,
): Promise<bigint> {
  for (let step = 16n; step <= FURTHEST; step *= 2n) {
    if (step >= last) return 0n
    if (!(await usedBy(last - step))) return last - step
  }
  return last - FURTHEST
}

/**
 * Finds the receipt of one of several transactions that share a nonce, the last one first: a receipt that one node does not
 * have yet another may have. A receipt of a block that was taken back is none.
 */
export function receiptFinder({
  publicClient,
  askAll,
}: {
  publicClient: PublicClient
  askAll?: ((method: string, params: unknown) => Promise<unknown[]>) | undefined
}): (hashes: readonly Hex[]) => Promise<TransactionReceipt | undefined> {
  return findReceipt

  async function findReceipt(hashes: readonly Hex[]): Promise<TransactionReceipt | undefined> {
    for (const hash of [...hashes].reverse()) {
      const receipt = await publicClient.getTransactionReceipt({ hash }).catch(() => undefined)
      if (receipt?.transactionHash === hash && (await isOnChain(receipt))) return receipt
    }
    if (!askAll) return undefined
    for (const hash of hashes) {
      const told = await askAll('eth_getTransactionReceipt', [hash])
      for (const each of told) {
        if (each === null || typeof each !== 'object') continue
        const receipt = formatTransactionReceipt(each as RpcTransactionReceipt)
        if (receipt.transactionHash !== hash) continue
        if (await isOnChain(receipt)) return receipt
      }
    }
    return undefined
  }

  /** Nodes keep receipts of blocks that the chain took back: one counts where its block stands at its height. */
  async function isOnChain({ blockHash, blockNumber }: TransactionReceipt): Promise<boolean> {
    const block = await publicClient.getBlock({ blockNumber }).catch(() => undefined)
    return block?.hash === blockHash
  }
}

/** Nothing of a transaction was mined by its deadline; it may be mined yet. */
export class NotMined extends Error {
  override readonly name = 'NotMined'
}
