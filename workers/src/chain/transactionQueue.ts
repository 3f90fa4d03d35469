import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { formatEther, formatGwei, keccak256 } from 'viem'
import type { Hex, TransactionReceipt } from 'viem'
import type { Transaction } from '@auspex/sdk'
import { silent } from '../runtime/log.ts'
import { OperatorError } from '../runtime/operatorError.ts'
import { capped, dearer, higher } from './fees/fees.ts'
import type { Ceiling, Fees } from './fees/fees.ts'
import { findMined, NotMined, receiptFinder } from './findMined.ts'
import { contentOf, openTransactionBook } from './transactionBook.ts'
import type { Candidate, Slot } from './transactionBook.ts'
import { hashesOf, unresolved } from './flight.ts'
import type { Flight, Open, QueueOptions, TransactionQueue } from './flight.ts'
import { isTaken, isUnderpriced, isUnpayable, detailsOf } from './refusals.ts'

/** The most that a transaction may take (EIP-7825). */
const MOST_GAS = 2n ** 24n
const TRANSFER_GAS = 21_000n
const NO_CEILING: Ceiling = { maxFeePerGas: 2n ** 127n, setBy: 'nothing' }
/** How long blocks are taken to cost what the last one did. */
const BASE_FEE_FRESH_MS = 2000
/** Polls without a receipt after which a mined nonce is looked up in the blocks themselves. */
const POLLS_TO_CONTENT = 4
/** How long a nonce may be missing below those that wait before it is filled with nothing. */
const GAP_MS = 2000
/** How long a transaction that pays too little for its nonce waits before it offers more, and for how many tries. */
const HURRY_MS = 2000
const MOST_HURRIED = 8
/** Approving again what an earlier run approved takes nothing; whether it is needed was read from the chain. */
const APPROVE = '0x095ea7b3'

/**
 * Sends an account's transactions, several under way at once, each with the nonce after the one before; all is in the book
 * before it leaves. No answer is never taken for a negative answer: a receipt that does not come is awaited, and a nonce
 * counts as used by somebody else only where the block that holds the other transaction was seen. What the chain takes back
 * is broadcast again, a nonce that is missing below others is filled. Each promise settles: with the receipt, or with a
 * reason within the deadline.
 */
export function transactionQueue(options: QueueOptions): TransactionQueue {
  const { publicClient, account, chainId, once = false, log = silent, onSent } = options
  const { inFlight = 8, resubmitAfterMs = 20_000, deadlineMs = 120_000, pollMs = 250 } = options
  const { rebroadcastMs = 3000, ceilingOf = async () => NO_CEILING } = options
  const { address } = account
  const findReceipt = receiptFinder(options)
  const book = options.book ?? openTransactionBook({ file: ':memory:', chainId, account: address })
  const queue = new PQueue({ concurrency: inFlight })
  /** Nonces are given out one by one, in the order in which they leave. */
  const runway = new PQueue({ concurrency: 1 })
  const open = new Map<number, Open>()
  /** The most nonces that were ever seen to be mined. */
  let highest = 0
  let gapSince: number | undefined
  let baseFee: { wei: bigint; at: number } | undefined
  let following: Promise<void> | undefined
  let isRecovered = false

  async function send(transaction: Transaction): Promise<TransactionReceipt> {
    recover()
    if (highest > 0) reopenBelow(await publicClient.getTransactionCount({ address }))
    const content = contentOf(transaction)
    const earlier = await findEarlier(transaction, content)
    if (earlier) return earlier
    const endsAt = Date.now() + deadlineMs
    const waiting = findWaiting(content)
    const gas = waiting?.gas ?? transaction.gas ?? (await estimate(transaction))
    const ceiling = await ceilingOf(transaction, gas)
    return new Promise((done, fail) => {
      const flight = { transaction, content, gas, endsAt, ceiling, done, fail }
      if (waiting && !waiting.flight) adopt(waiting, flight)
      else launch(flight)
    })
  }

  /** The same is under way already, for nobody: left by an earlier life, or taken back by the chain. */
  function findWaiting(content: Hex): Open | undefined {
    const isFree = ({ flight, isTold }: Open) => !flight && !(once && isTold)
    return slotsInOrder().find((slot) => slot.content === content && isFree(slot))
  }

  async function estimate(transaction: Transaction): Promise<bigint> {
    const gas = await publicClient.estimateGas({ account: address, ...transaction })
    const ample = (gas * 12n) / 10n
    return ample > MOST_GAS && gas <= MOST_GAS ? MOST_GAS : ample
  }

  /* EARLIER LIVES */

  function recover(): void {
    if (isRecovered) return
    isRecovered = true
    highest = book.highestMined() + 1
    for (const { slot, candidates } of book.pending()) {
      if (candidates.length > 0) keep(slot, candidates)
      // Killed between taking the nonce and signing: nothing can have left.
      else if (!once) book.free(slot.nonce)
    }
  }

  function keep(slot: Slot, candidates: Candidate[]): Open {
    const entry = {
      ...slot,
      candidates,
      resubmitAt: Date.now() + resubmitAfterMs,
      rebroadcastAt: 0,
    }
    open.set(slot.nonce, entry)
    following ??= follow().finally(() => (following = undefined))
    return entry
  }

  function adopt(slot: Open, flight: Flight): void {
    log.info({ nonce: slot.nonce, hashes: hashesOf(slot) }, 'transaction.adopted')
    book.takeOver(slot.nonce)
    slot.flight = flight
    slot.isVacant = false
  }

  /** What an earlier run did and could not tell any more. One that was reverted did nothing. */
  async function findEarlier(
    { data }: Transaction,
    content: Hex,
  ): Promise<TransactionReceipt | undefined> {
    if (!once || data.startsWith(APPROVE)) return undefined
    const untold = book.findUntold(content)
    if (untold === undefined) return undefined

    const endsAt = Date.now() + deadlineMs
    for (;;) {
      const receipt = await findReceipt([untold.hash])
      if (receipt?.status === 'reverted') book.tell(untold.nonce)
      if (receipt)
        return receipt.status === 'success' ? adoptMined(untold.nonce, receipt) : undefined
      if (Date.now() > endsAt) throw unresolved([untold.hash])
      await wait(pollMs)
    }
  }

  function adoptMined(nonce: number, receipt: TransactionReceipt): TransactionReceipt {
    book.takeOver(nonce)
    const { transactionHash, blockNumber } = receipt
    log.warn({ transactionHash, blockNumber }, 'transaction.done-before')
    return receipt
  }

  async function settleEarlier(): Promise<void> {
    recover()
    const endsAt = Date.now() + deadlineMs
    while (open.size > 0) {
      if (Date.now() > endsAt) throw unresolved([...open.values()].flatMap(hashesOf))
      await wait(pollMs)
    }
  }

  /* TAKE OFF */

  function launch(flight: Flight): void {
    runway.add(() => takeOff(flight)).catch((error: unknown) => flight.fail(error))
  }

  async function takeOff(flight: Flight): Promise<void> {
    if (open.size === 0) await settleForeign(flight.endsAt)
    const [fees, mined, fromBlock] = await Promise.all([
      publicClient.estimateFeesPerGas(),
      publicClient.getTransactionCount({ address }),
      publicClient.getBlockNumber({ cacheTime: 0 }),
    ])
    reopenBelow(mined)
    const { content, gas, transaction } = flight
    const { to, data } = transaction
    const vacant = vacantFrom(mined)
    const floor = vacant?.candidates.at(-1)
    const offered = floor ? dearer(higher(floor), fees) : fees
    const use = { content, to, data, gas, fromBlock }
    const nonce = vacant?.nonce ?? book.reserve({ ...use, least: leastFrom(mined) })
    const slot = { ...use, nonce }
    try {
      if (vacant) book.reuse(slot)
      const candidate = await sign(slot, capped(offered, flight.ceiling.maxFeePerGas))
      const entry = keep(slot, [...(vacant?.candidates ?? []), candidate])
      entry.flight = flight
      await broadcast(entry)
    } catch (error) {
      if (!open.has(nonce)) book.free(nonce)
      throw error
    }
  }

  function vacantFrom(mined: number): Open | undefined {
    return slotsInOrder().find(({ nonce, isVacant }) => isVacant && nonce >= mined)
  }

  function leastFrom(mined: number): number {
    return Math.max(mined, ...[...open.keys()].map((nonce) => nonce + 1))
  }

  /** What somebody else sent for the account gets a chance to be mined before its nonce is used for something else. */
  async function settleForeign(endsAt: number): Promise<void> {
    const until = Math.min(Date.now() + resubmitAfterMs, endsAt)
    while (Date.now() < until) {
      const [mined, pending] = await Promise.all([
        publicClient.getTransactionCount({ address }),
        publicClient.getTransactionCount({ address, blockTag: 'pending' }),
      ])
      if (pending <= mined) return
      log.debug({ mined, pending }, 'transactions.pending')
      await wait(pollMs)
    }
  }

  /** Signed and in the book: whatever the answer is when it is sent, its hash can be looked up. */
  async function sign(
    slot: Slot,
    { maxFeePerGas, maxPriorityFeePerGas }: Fees,
  ): Promise<Candidate> {
    const { nonce, content, to, data, gas } = slot
    const fees = { maxFeePerGas, maxPriorityFeePerGas }
    const call = { chainId, to, data, nonce, gas, ...fees, type: 'eip1559' } as const
    const raw = await account.signTransaction(call)
    const candidate = { nonce, content, hash: keccak256(raw), raw, ...fees }
    book.sent(candidate)
    return candidate
  }

  /** Sends the newest. An error leaves open what became of it, unless every node says that it cannot be paid. */
  async function broadcast(slot: Open): Promise<void> {
    slot.rebroadcastAt = Date.now() + rebroadcastMs
    const { raw, nonce } = slot.candidates.at(-1)!
    try {
      await publicClient.sendRawTransaction({ serializedTransaction: raw })
    } catch (error) {
      const reason = detailsOf(error)
      if (isTaken(reason)) return
      // While others are under way the account must be able to pay for all of them at once.
      if (isUnpayable(reason) && isFirst(slot)) return refuse(slot, error)
      if (isUnderpriced(reason)) hurry(slot)
      slot.rebroadcastAt = Date.now() + Math.min(rebroadcastMs, 2 * pollMs)
      if (slot.reason !== reason) log.warn({ nonce, reason }, 'transaction.unknown')
      slot.reason = reason
    }
  }

  /** Another transaction with its nonce stands in the pool and pays more: offered again soon, a few times, for more. */
  function hurry(slot: Open): void {
    if (slot.candidates.length > MOST_HURRIED) return
    slot.resubmitAt = Math.min(slot.resubmitAt, (slot.raisedAt ?? 0) + HURRY_MS)
  }

  function isFirst(slot: Open): boolean {
    return open.size <= 1 && slot.candidates.length === 1
  }

  function refuse(slot: Open, cause: unknown): void {
    open.delete(slot.nonce)
    book.free(slot.nonce)
    const { maxFeePerGas } = slot.candidates.at(-1)!
    const most = formatEther(slot.gas * maxFeePerGas)
    slot.flight?.fail(
      new OperatorError(
        'error',
        `${address} has too little coin: its next transaction may cost up to ${most}. Send it some and try again; nothing was sent.`,
        cause,
      ),
    )
  }

  /* FOLLOW */

  async function follow(): Promise<void> {
    while (open.size > 0) {
      await look().catch((error: unknown) =>
        log.debug({ reason: detailsOf(error) }, 'nonce.unknown'),
      )
      for (const slot of slotsInOrder()) if (isOver(slot)) giveUp(slot)
      // What nobody waits for does not keep a process alive.
      const isAwaited = [...open.values()].some(({ flight }) => flight) || runway.size > 0
      if (open.size > 0) await wait(pollMs, undefined, { ref: isAwaited })
    }
  }

  async function look(): Promise<void> {
    const mined = await publicClient.getTransactionCount({ address })
    reopenBelow(mined)
    await fillGap(mined)
    await refreshBaseFee()
    const slots = slotsInOrder()
    await Promise.all(slots.map((slot) => (slot.nonce < mined ? conclude(slot) : press(slot))))
  }

  /** Fewer are mined than were before: what the chain took back is in use again, as it was. */
  function reopenBelow(mined: number): void {
    for (let nonce = mined; nonce < highest; nonce++) {
      if (open.has(nonce)) continue
      const entry = book.reopen(nonce)
      if (entry === undefined || entry.candidates.length === 0) continue
      keep(entry.slot, entry.candidates)
      log.warn({ nonce, hashes: entry.candidates.map(({ hash }) => hash) }, 'nonce.reopened')
    }
    highest = Math.max(highest, mined)
  }

  /** A nonce that neither the chain nor the book has keeps all above it waiting: something that does nothing takes it. */
  async function fillGap(mined: number): Promise<void> {
    const lowest = slotsInOrder().find(({ nonce, isVacant }) => nonce >= mined && !isVacant)
    if (lowest === undefined || lowest.nonce === mined || open.has(mined)) {
      gapSince = undefined
      return
    }
    gapSince ??= Date.now()
    if (Date.now() - gapSince < Math.min(GAP_MS, 8 * pollMs)) return
    const fees = await publicClient.estimateFeesPerGas()
    await fill({ nonce: mined, fees, candidates: [] })
  }

  async function fill(options: {
    nonce: number
    fees: Fees
    candidates: Candidate[]
  }): Promise<void> {
    const { nonce, fees, candidates } = options
    const nothing = { to: address, data: '0x' } as const
    const slot = { nonce, gas: TRANSFER_GAS, content: contentOf(nothing), ...nothing }
    book.reuse(slot)
    const entry = keep(slot, [...candidates, await sign(slot, fees)])
    log.warn({ nonce }, 'nonce.filled')
    await broadcast(entry)
  }

  /** Its nonce is mined: by which transaction? */
  async function conclude(slot: Open): Promise<void> {
    slot.minedSince ??= Date.now()
    const receipt = await findReceipt(hashesOf(slot))
    if (receipt) return land(slot, receipt)
    if (Date.now() - slot.minedSince < POLLS_TO_CONTENT * pollMs) return

    const { nonce, fromBlock } = slot
    const found = await findMined(publicClient, { address, nonce, fromBlock })
    // Nothing is known of it, or it is one of these, and its receipt is late.
    if (found === undefined || hashesOf(slot).includes(found.hash)) return
    if (contentOf(found) === slot.content) {
      const same = await findReceipt([found.hash])
      return same && land(slot, same)
    }
    log.warn({ nonce, hashes: hashesOf(slot), by: found.hash }, 'nonce.taken')
    leave(slot, { hash: found.hash, isTold: true })
    if (slot.flight) launch(slot.flight)
  }

  function land(slot: Open, receipt: TransactionReceipt): void {
    const { flight, candidates, content } = slot
    const { transactionHash: hash, status, gasUsed, effectiveGasPrice } = receipt
    leave(slot, { hash, isTold: !once || status === 'reverted' })
    const winner = candidates.find((candidate) => candidate.hash === hash)?.content ?? content
    onSent?.({ attempts: candidates.length, fee: gasUsed * effectiveGasPrice })
    if (!flight) return
    if (winner === flight.content) flight.done(receipt)
    // The nonce was given to this flight when its first user had been given up, and that one was mined after all.
    else launch(flight)
  }

  function leave({ nonce }: Open, winner: { hash: Hex; isTold: boolean }): void {
    open.delete(nonce)
    book.mined(nonce, winner)
  }

  /** Not mined yet: pushed again as it is, or at a higher fee. */
  async function press(slot: Open): Promise<void> {
    slot.minedSince = undefined
    if (slot.isVacant) return
    const last = slot.candidates.at(-1)!
    const isTooCheap = baseFee !== undefined && last.maxFeePerGas < baseFee.wei
    const isDue = Date.now() - (slot.raisedAt ?? 0) >= BASE_FEE_FRESH_MS
    if (Date.now() >= slot.resubmitAt || (isTooCheap && isDue)) await raise(slot, last)
    if (Date.now() >= slot.rebroadcastAt) await broadcast(slot)
  }

  async function raise(slot: Open, last: Candidate): Promise<void> {
    const ceiling = slot.flight?.ceiling ?? (await ceilingOf(slot, slot.gas))
    const asked = await publicClient.estimateFeesPerGas()
    const fees = capped(dearer(higher(last), asked), ceiling.maxFeePerGas)
    noteCeiling(slot, ceiling)
    slot.raisedAt = Date.now()
    slot.resubmitAt = Date.now() + resubmitAfterMs
    // Nodes take no replacement that does not pay a tenth more.
    if (fees.maxFeePerGas < higher(last).maxFeePerGas) return
    slot.candidates.push(await sign(slot, fees))
    slot.rebroadcastAt = 0
    log.warn({ nonce: slot.nonce, ...fees }, 'transaction.replaced')
  }

  function noteCeiling({ nonce, flight }: Open, { maxFeePerGas, setBy }: Ceiling): void {
    if (!baseFee || baseFee.wei <= maxFeePerGas || !flight || flight.isCapped) return
    flight.isCapped = true
    log.error({ nonce, baseFee: baseFee.wei, ceiling: maxFeePerGas, setBy }, 'fee.capped')
  }

  /** Only looked at where something waits for longer than blocks usually take. */
  async function refreshBaseFee(): Promise<void> {
    if (baseFee && Date.now() - baseFee.at < BASE_FEE_FRESH_MS) return
    const { baseFeePerGas } = await publicClient.getBlock()
    if (baseFeePerGas !== null) baseFee = { wei: baseFeePerGas, at: Date.now() }
  }

  /* GIVE UP */

  function isOver({ flight }: Open): boolean {
    return flight !== undefined && Date.now() >= flight.endsAt
  }

  function giveUp(slot: Open): void {
    const { nonce, flight, minedSince } = slot
    log.error({ nonce, hashes: hashesOf(slot) }, 'transaction.abandoned')
    slot.flight = undefined
    flight!.fail(notMined(slot, flight!))
    // What may be mined already, and what moves money, is never replaced by something else.
    if (once || minedSince !== undefined) return
    if (!isFollowed(nonce)) {
      slot.isVacant = true
      return
    }
    const { candidates } = slot
    fill({ nonce, fees: higher(candidates.at(-1)!), candidates }).catch((error: unknown) =>
      log.error({ nonce, reason: detailsOf(error) }, 'nonce.vacant'),
    )
  }

  function notMined(slot: Open, { ceiling, isCapped }: Flight): NotMined {
    const { nonce, candidates } = slot
    const last = candidates.at(-1)!.maxFeePerGas
    const cause = isCapped
      ? `Blocks cost ${formatGwei(baseFee!.wei)} gwei, and ${ceiling.setBy} allows ${formatGwei(ceiling.maxFeePerGas)} gwei: raise it, or wait.`
      : 'Look at the node and the fees.'
    const then = once
      ? 'It may be mined yet: run the same command again, which follows it and sends nothing twice.'
      : 'The next transaction takes the nonce over.'
    return new NotMined(
      `No transaction of nonce ${nonce} was seen to be mined in ${deadlineMs / 1000} s (${candidates.length} sent, the last at ${last} wei). ${cause} ${then}`,
    )
  }

  function isFollowed(nonce: number): boolean {
    return slotsInOrder().some((slot) => slot.nonce > nonce && slot.flight)
  }

  function slotsInOrder(): Open[] {
    return [...open.values()].sort((a, b) => a.nonce - b.nonce)
  }

  return { send: (transaction) => queue.add(() => send(transaction)), settleEarlier }
}
