import PQueue from 'p-queue'
import { keccak256, TransactionReceiptNotFoundError } from 'viem'
import type { Hex, LocalAccount, PublicClient, TransactionReceipt } from 'viem'
import type { Send, Transaction } from '@auspex/sdk'
import type { Log } from './log.ts'
import { NotMined } from './notMined.ts'
import { silent } from './silent.ts'
import { sleep } from './sleep.ts'

export type QueueOptions = {
  publicClient: PublicClient
  account: LocalAccount
  chainId: number
  /** How long a transaction may wait before it is sent again with a higher fee. */
  resubmitAfterMs?: number
  /** Everything settles within this, mined or given up. */
  deadlineMs?: number
  pollMs?: number
  /** Most a unit of gas may cost, wei. */
  maxFeePerGas?: bigint
  onSent?: (sent: { attempts: number; fee: bigint }) => void
  log?: Log
}

/** One nonce and everything that was sent for it. */
type Attempt = { nonce: number; gas: bigint; fees: Fees; raw: Hex; hashes: Hex[] }
type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }

/** Nodes refuse a replacement that pays less than a tenth more. */
const bumped = (fee: bigint) => (fee * 115n) / 100n + 1n

/**
 * Sends an account's transactions one at a time. Each promise settles: with the receipt, or with a reason within the
 * deadline. A send that failed on the way is not taken for one that failed: its hash is looked up.
 */
export function transactionQueue(options: QueueOptions): Send {
  const { publicClient, account, chainId, log = silent, onSent } = options
  const { resubmitAfterMs = 20_000, deadlineMs = 120_000, pollMs = 250 } = options
  const cap = options.maxFeePerGas ?? 500n * 10n ** 9n
  const queue = new PQueue({ concurrency: 1 })

  async function send(transaction: Transaction): Promise<TransactionReceipt> {
    const endsAt = Date.now() + deadlineMs
    await settleEarlier(endsAt)

    let attempt = await prepare(transaction)
    let resubmitAt = Date.now() + resubmitAfterMs
    let isSent = await broadcast(attempt)
    for (;;) {
      const receipt = await findReceipt(attempt.hashes)
      if (receipt) {
        onSent?.({
          attempts: attempt.hashes.length,
          fee: receipt.gasUsed * receipt.effectiveGasPrice,
        })
        return receipt
      }
      if (Date.now() >= endsAt) throw giveUp(attempt)
      if (await isNonceTaken(attempt)) {
        log.warn({ nonce: attempt.nonce, hashes: attempt.hashes }, 'nonce.taken')
        attempt = await prepare(transaction)
        isSent = await broadcast(attempt)
      } else if (Date.now() >= resubmitAt) {
        attempt = await replace(attempt, transaction)
        isSent = await broadcast(attempt)
        resubmitAt = Date.now() + resubmitAfterMs
      } else if (!isSent) {
        isSent = await broadcast(attempt)
      }
      await sleep(pollMs)
    }
  }

  /** What an earlier life of this node sent gets a chance to be mined before its nonce is used for something else. */
  async function settleEarlier(endsAt: number): Promise<void> {
    const { address } = account
    const until = Math.min(Date.now() + resubmitAfterMs, endsAt)
    while (Date.now() < until) {
      const [mined, pending] = await Promise.all([
        publicClient.getTransactionCount({ address }),
        publicClient.getTransactionCount({ address, blockTag: 'pending' }),
      ])
      if (pending <= mined) return
      log.debug({ mined, pending }, 'transactions.pending')
      await sleep(pollMs)
    }
  }

  async function prepare(transaction: Transaction): Promise<Attempt> {
    const { address } = account
    const nonce = await publicClient.getTransactionCount({ address })
    const gas =
      transaction.gas ??
      ((await publicClient.estimateGas({ account: address, ...transaction })) * 12n) / 10n
    const { maxFeePerGas, maxPriorityFeePerGas } = await publicClient.estimateFeesPerGas()
    const fees = capped({ maxFeePerGas, maxPriorityFeePerGas })
    return sign({ nonce, gas, fees, hashes: [] }, transaction)
  }

  function capped({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
    const most = maxFeePerGas < cap ? maxFeePerGas : cap
    return {
      maxFeePerGas: most,
      maxPriorityFeePerGas: maxPriorityFeePerGas < most ? maxPriorityFeePerGas : most,
    }
  }

  async function sign(attempt: Omit<Attempt, 'raw'>, { to, data }: Transaction): Promise<Attempt> {
    const { nonce, gas, fees, hashes } = attempt
    const raw = await account.signTransaction({
      chainId,
      to,
      data,
      nonce,
      gas,
      ...fees,
      type: 'eip1559',
    })
    // The hash is known before anything is sent, so whatever the answer is, it can be looked up.
    return { nonce, gas, fees, raw, hashes: [...hashes, keccak256(raw)] }
  }

  async function replace(attempt: Attempt, transaction: Transaction): Promise<Attempt> {
    const { maxFeePerGas, maxPriorityFeePerGas } = attempt.fees
    const fees = capped({
      maxFeePerGas: bumped(maxFeePerGas),
      maxPriorityFeePerGas: bumped(maxPriorityFeePerGas),
    })
    if (fees.maxFeePerGas === maxFeePerGas) return attempt
    log.warn({ nonce: attempt.nonce, ...fees }, 'transaction.replaced')
    return sign({ ...attempt, fees }, transaction)
  }

  /** Whether a node has taken it. An error leaves that open, unless it says that it can never be taken. */
  async function broadcast({ raw, nonce }: Attempt): Promise<boolean> {
    try {
      await publicClient.sendRawTransaction({ serializedTransaction: raw })
      return true
    } catch (error) {
      const reason = detailsOf(error)
      if (/insufficient funds/i.test(reason)) throw error
      if (/already known|already imported|known transaction/i.test(reason)) return true
      log.warn({ nonce, reason }, 'transaction.unknown')
      return false
    }
  }

  async function findReceipt(hashes: readonly Hex[]): Promise<TransactionReceipt | undefined> {
    for (const hash of hashes) {
      try {
        return await publicClient.getTransactionReceipt({ hash })
      } catch (error) {
        // Not mined yet, or the node did not answer; both are asked again.
        if (!(error instanceof TransactionReceiptNotFoundError)) {
          log.debug({ hash, reason: detailsOf(error) }, 'receipt.unknown')
        }
      }
    }
    return undefined
  }

  /** Whether the nonce went to a transaction that is none of ours. */
  async function isNonceTaken({ nonce, hashes }: Attempt): Promise<boolean> {
    const mined = await publicClient
      .getTransactionCount({ address: account.address })
      .catch(() => 0)
    if (mined <= nonce) return false
    return (await findReceipt(hashes)) === undefined
  }

  function giveUp({ nonce, hashes, fees }: Attempt): NotMined {
    log.error({ nonce, hashes, ...fees }, 'transaction.abandoned')
    return new NotMined(
      `No transaction of nonce ${nonce} was mined in ${deadlineMs / 1000} s (${hashes.length} sent, the last at ${fees.maxFeePerGas} wei). Look at the node and the fees; the next transaction takes the nonce over.`,
    )
  }

  return (transaction) => queue.add(() => send(transaction))
}

function detailsOf(error: unknown): string {
  const { details, message } = error as Error & { details?: string }
  return details ?? message
}
