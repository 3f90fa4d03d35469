import { isAddressEqual } from 'viem'
import type { Address, Hex, PublicClient } from 'viem'

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

/** Nothing of a transaction was mined by its deadline; it may be mined yet. */
export class NotMined extends Error {
  override readonly name = 'NotMined'
}
