import { createHmac } from 'node:crypto'
import {
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  hexToBytes,
  keccak256,
  parseAbiParameters,
  slice,
  stringToHex,
} from 'viem'
import type { Address, Hex } from 'viem'
import { accountOf, getRound, getTopic, getTruth } from '@auspex/sdk'
import { reputerTruthAbi } from '@auspex/sdk/abis'
import type { AuspexClient, RoundKey, Topic, TopicId } from '@auspex/sdk'
import type { Entry, Journal } from '../../journal/journal.ts'
import type { Act, ReputerTurn, Truth } from '../reputerTurn.ts'
import { transact } from '../transact.ts'
import type { TruthAdapter } from './truthAdapter.ts'

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

const REPORT_TYPEHASH = keccak256(
  stringToHex(
    'Report(uint256 chainId,address source,bytes32 topic,uint256 round,address reputer,int104 value,bytes32 salt)',
  ),
)
const words = parseAbiParameters(
  'bytes32, uint256, address, bytes32, uint256, address, int104, bytes32',
)

/** The truth of a ReputerTruth: this reputer seals what it saw, opens it, and counts the reports. */
export function fromReports(client: AuspexClient, options: ReportOptions): TruthAdapter {
  const { address, topic, observe, journal, saltKey } = options
  const reputer = accountOf(client)
  const scope = { chainId: client.chainId, contract: address, account: reputer }
  const source = { address, abi: reputerTruthAbi } as const
  let windows: Windows | undefined
  let state: Topic | undefined

  async function attend(): Promise<(RoundKey & { act: Act })[]> {
    windows ??= await readWindows(client, options)
    if (windows === undefined) return []

    const time = await client.now()
    const rounds = roundsIn(windows, time)
    if (rounds.length === 0) return []

    const place = await client.public.readContract({
      ...source,
      functionName: 'reputerOf',
      args: [topic, reputer],
    })
    const acts: (RoundKey & { act: Act })[] = []
    for (const round of rounds) {
      const isSeated = BigInt(place.from) <= round && round < BigInt(place.until)
      if (!isSeated) continue
      const act = await report(round, windows, { time, seat: BigInt(place.seat) })
      if (act) acts.push({ topic, round, act })
    }
    return acts
  }

  async function report(
    round: bigint,
    windows: Windows,
    { time, seat }: { time: bigint; seat: bigint },
  ): Promise<Act | undefined> {
    const target = targetOf(windows, round)
    const { status } = await client.public.readContract({
      ...source,
      functionName: 'reportOf',
      args: [topic, round, seat],
    })
    if (time < target + windows.commitWindow) {
      return status === NONE ? commit(round, target) : undefined
    }
    return status === COMMITTED ? reveal(round) : undefined
  }

  async function commit(round: bigint, targetTime: bigint): Promise<Act | undefined> {
    // Nobody waits for the truth of another round, and a target time that has come publishes none.
    if ((await getRound(client, { topic, round })).status !== 'published') return undefined

    const key = { ...scope, topic, round }
    const entry = journal.get(key) ?? (await seal(round, targetTime))
    if (entry === undefined) return undefined

    const kept = (await journal.put(key, entry)).entry
    const args = [topic, round, kept.commitment] as const
    await transact(client, { to: address, data: encode('commit', args) })
    return 'report.committed'
  }

  async function seal(round: bigint, targetTime: bigint): Promise<Entry | undefined> {
    const value = await observe({ topic, round, targetTime })
    if (value === undefined) return undefined

    const { chainId } = client
    const salt = reportSalt({ ...scope, topic, round, saltKey })
    const word = [
      REPORT_TYPEHASH,
      BigInt(chainId),
      address,
      topic,
      round,
      reputer,
      value,
      salt,
    ] as const
    const commitment = slice(keccak256(encodeAbiParameters(words, word)), 0, 27)
    return { value, confidence: 0n, salt, commitment }
  }

  async function reveal(round: bigint): Promise<Act | undefined> {
    const targetTime = targetOf(windows!, round)
    // After a loss of the journal the same observation and the derived salt give the same report again.
    const entry = journal.get({ ...scope, topic, round }) ?? (await seal(round, targetTime))
    if (entry === undefined) return undefined

    const args = [topic, round, entry.value, entry.salt] as const
    await transact(client, { to: address, data: encode('reveal', args) })
    return 'report.revealed'
  }

  async function bring({ round, time }: ReputerTurn): Promise<Truth> {
    state ??= await getTopic(client, { topic })
    const { status } = await getTruth(client, { topic, round, state })
    if (status === 'known' || status === 'void') return { status: 'ready', proof: '0x' }

    windows ??= await readWindows(client, options)
    if (windows === undefined) return { status: 'waiting', reason: 'no reputer has a seat' }
    const tallyFrom = targetOf(windows, round) + windows.commitWindow + windows.revealWindow
    if (time < tallyFrom) return { status: 'waiting', reason: 'reports are still taken' }
    await transact(client, { to: address, data: encode('tally', [topic, round]) })
    return { status: 'acted', act: 'round.tallied' }
  }

  return { attend, bring }
}

const NONE = 0
const COMMITTED = 1

type Windows = {
  firstTarget: bigint
  cadence: bigint
  commitWindow: bigint
  revealWindow: bigint
}

/** A panel's clock; undefined until its first seat is taken. */
async function readWindows(
  client: AuspexClient,
  { address, topic }: ReportOptions,
): Promise<Windows | undefined> {
  const source = { address, abi: reputerTruthAbi } as const
  const panel = await client.public.readContract({
    ...source,
    functionName: 'panelOf',
    args: [topic],
  })
  if (panel.cadence === 0) return undefined

  const commitWindow = await client.public.readContract({ ...source, functionName: 'commitWindow' })
  const revealWindow = await client.public.readContract({ ...source, functionName: 'revealWindow' })
  const firstTarget = BigInt(panel.firstTarget)
  return { firstTarget, cadence: BigInt(panel.cadence), commitWindow, revealWindow }
}

function targetOf({ firstTarget, cadence }: Windows, round: bigint): bigint {
  return firstTarget + round * cadence
}

/** Rounds whose reports are sealed or opened at a moment. */
function roundsIn(windows: Windows, time: bigint): bigint[] {
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

function encode(functionName: 'commit' | 'reveal' | 'tally', args: readonly unknown[]): Hex {
  return encodeFunctionData({ abi: reputerTruthAbi, functionName, args } as never)
}
