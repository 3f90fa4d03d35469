import { createHmac } from 'node:crypto'
import { encodePacked, hexToBytes } from 'viem'
import type { Address, Hex } from 'viem'
import {
  accountOf,
  commitReport,
  getPanel,
  getReport,
  getReputer,
  getRound,
  reportCommitmentOf,
  revealReport,
} from '@auspex/sdk'
import type { AuspexClient, Panel, RoundKey, TopicId } from '@auspex/sdk'
import type { Entry, Journal } from '../journal/journal.ts'
import type { Act } from './reputerTurn.ts'

/*
 * The reporter: has a seat at a ReputerTruth, a stake behind it, and says what happened. Its report is sealed first, so that
 * nobody copies it, and written to the journal before it is sent.
 */

/** What happened at a round's target time, 1e18 fixed point; undefined while it is not known. Never a guess. */
export type Observe = (moment: RoundKey & { targetTime: bigint }) => Promise<bigint | undefined>

export type ReportOptions = {
  /** The ReputerTruth. */
  address: Address
  topic: TopicId
  observe: Observe
  /** Where a report is kept before it is committed. */
  journal: Journal
  /** The secret that salts are derived from. */
  saltKey: Hex
}

export type Reporter = {
  /** Commits and reveals every report that is owed now. Does nothing where the account has no seat. */
  attend: () => Promise<(RoundKey & { act: Act })[]>
}

/** The reporter of one topic, with the client's account. */
export function createReporter(client: AuspexClient, options: ReportOptions): Reporter {
  const { address, topic, observe, journal, saltKey } = options
  const reputer = accountOf(client)
  const scope = { chainId: client.chainId, contract: address, account: reputer }
  const panel = { source: address, topic }
  let windows: Panel | undefined

  async function attend(): Promise<(RoundKey & { act: Act })[]> {
    windows ??= await getPanel(client, panel)
    if (windows === undefined) return []

    const time = await client.now()
    const rounds = roundsIn(windows, time)
    if (rounds.length === 0) return []

    const term = await getReputer(client, { ...panel, reputer })
    if (term === undefined) return []
    const acts: (RoundKey & { act: Act })[] = []
    for (const round of rounds) {
      const isSeated = term.from <= round && (term.until === undefined || round < term.until)
      if (!isSeated) continue
      const act = await report(round, windows, { time, seat: term.seat })
      if (act) acts.push({ topic, round, act })
    }
    return acts
  }

  async function report(
    round: bigint,
    windows: Panel,
    { time, seat }: { time: bigint; seat: bigint },
  ): Promise<Act | undefined> {
    const target = targetOf(windows, round)
    const { status } = await getReport(client, { ...panel, round, seat })
    if (time < target + windows.commitWindow) {
      return status === 'none' ? commit(round, target) : undefined
    }
    return status === 'committed' ? reveal(round) : undefined
  }

  async function commit(round: bigint, targetTime: bigint): Promise<Act | undefined> {
    // Nobody waits for the truth of another round, and a target time that has come publishes none.
    if ((await getRound(client, { topic, round })).status !== 'published') return undefined

    const key = { ...scope, topic, round }
    const entry = journal.get(key) ?? (await seal(round, targetTime))
    if (entry === undefined) return undefined

    const kept = (await journal.put(key, entry)).entry
    await commitReport(client, { ...panel, round, commitment: kept.commitment })
    return 'report.committed'
  }

  async function seal(round: bigint, targetTime: bigint): Promise<Entry | undefined> {
    const value = await observe({ topic, round, targetTime })
    if (value === undefined) return undefined

    const { chainId } = client
    const salt = reportSalt({ ...scope, topic, round, saltKey })
    const commitment = reportCommitmentOf({ ...panel, chainId, round, reputer, value, salt })
    return { value, confidence: 0n, salt, commitment }
  }

  async function reveal(round: bigint): Promise<Act | undefined> {
    const targetTime = targetOf(windows!, round)
    // After a loss of the journal the same observation and the derived salt give the same report again.
    const entry = journal.get({ ...scope, topic, round }) ?? (await seal(round, targetTime))
    if (entry === undefined) return undefined

    await revealReport(client, { ...panel, round, value: entry.value, salt: entry.salt })
    return 'report.revealed'
  }

  return { attend }
}

/** When a round's truth is asked for, unix seconds. */
export function targetOf({ firstTarget, cadence }: Panel, round: bigint): bigint {
  return firstTarget + round * cadence
}

/** Rounds whose reports are sealed or opened at a moment. */
function roundsIn(windows: Panel, time: bigint): bigint[] {
  const { firstTarget, cadence, commitWindow, revealWindow } = windows
  if (time < firstTarget) return []
  const last = (time - firstTarget) / cadence
  const ended = time - firstTarget - commitWindow - revealWindow
  const first = ended < 0n ? 0n : ended / cadence + 1n
  return Array.from({ length: Number(last - first + 1n) }, (_, i) => first + BigInt(i))
}

/** Thirty-two bytes that nobody can guess, and that a reputer that lost its memory finds again. */
function reportSalt(
  key: RoundKey & { chainId: number; contract: Address; account: Address; saltKey: Hex },
): Hex {
  const { saltKey, chainId, contract, topic, round, account } = key
  const message = encodePacked(
    ['string', 'uint256', 'address', 'bytes32', 'uint256', 'address'],
    ['report', BigInt(chainId), contract, topic, round, account],
  )
  const mac = createHmac('sha256', hexToBytes(saltKey)).update(hexToBytes(message))
  return `0x${mac.digest('hex')}`
}
