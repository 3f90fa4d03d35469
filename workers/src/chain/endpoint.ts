import PQueue from 'p-queue'
import type { Address, Hex, Transport } from 'viem'
import type { Log } from '../runtime/log.ts'
import { hostOf, jsonRpc, NoAnswer, RpcError } from './jsonRpc.ts'
import type { Ask } from './jsonRpc.ts'
import type { LogLimit } from './logRanges.ts'

export type EndpointsOptions = {
  urls: readonly string[]
  /** The chain that is wanted; a node that serves another one is left alone. */
  chainId: number
  /** The contract that must be there. Nodes without it are left alone as long as another one has it. */
  network?: Address
  /** How long a node may take for one answer. */
  timeoutMs?: number
  log?: Log
}

/** What is wrong with a node, if anything; `unknown` before it was first asked. */
export type EndpointStatus =
  'ok' | 'unknown' | 'silent' | 'wrong chain' | 'wrong genesis' | 'no network' | 'lagging'

/** One node as operators see it: never its URL. */
export type EndpointState = {
  host: string
  status: EndpointStatus
  /** In words, where the status is not ok. */
  reason?: string
  /** Newest block it named, and how far that is behind the best of the others. */
  head?: bigint
  lag?: bigint
  /** Milliseconds its last answer took. */
  latencyMs?: number
  /** Whether answers about logs were found to be incomplete. */
  liesAboutLogs?: boolean
  /** Requests since the start, and those of them without a usable answer. */
  requests: number
  failures: number
}

export type Endpoints = {
  /** For viem clients. Never names a URL in its errors. */
  transport: Transport
  states: () => EndpointState[]
  /** Asks every node that answers the same, and gives what each says. */
  askAll: (method: string, params: unknown) => Promise<unknown[]>
  /** Checks the nodes now, in place of waiting for the next request; gives the number of those that can be used. */
  check: () => Promise<number>
  /** The hash of the chain's first block; undefined where no node shows it. */
  genesis: () => Hex | undefined
}

export type Endpoint = {
  host: string
  ask: Ask
  queue: PQueue
  limit: LogLimit
  status: EndpointStatus
  reason?: string
  head?: bigint
  behindSince?: number
  latencyMs?: number
  genesis?: Hex | null
  checkedAt: number
  checking?: Promise<void>
  /** Consecutive requests without an answer, a time-out counting for several: see `SILENT_AT`. */
  failed: number
  /** Whether it is not asked at all while it rests: it kept silent, or wants to be left alone. */
  isOpen: boolean
  restsUntil: number
  refusesPendingUntil: number
  /** When the age of its pending block was last looked at. */
  pendingSeenAt: number
  liesAboutLogsUntil: number
  requests: number
  failures: number
}

export function unsent({ reason, status }: Endpoint): NoAnswer {
  return new NoAnswer(reason ?? status, { isUnsent: true })
}

/** A node of a thousand topics asks for all of them in one look. */
const MOST_AT_ONCE = 16

export function endpointAt(url: string): Endpoint {
  return {
    host: hostOf(url),
    ask: jsonRpc(url),
    queue: new PQueue({ concurrency: MOST_AT_ONCE }),
    limit: {},
    status: 'unknown',
    checkedAt: 0,
    failed: 0,
    isOpen: false,
    restsUntil: 0,
    refusesPendingUntil: 0,
    pendingSeenAt: 0,
    liesAboutLogsUntil: 0,
    requests: 0,
    failures: 0,
  }
}

/** The same request of the latest block; undefined where it is not of the pending one. */
export function latestOf(params: unknown): unknown[] | undefined {
  if (!Array.isArray(params) || !params.includes('pending')) return undefined
  return params.map((each: unknown) => (each === 'pending' ? 'latest' : each))
}

export function ownTroubleAs<value>(value: value) {
  return (error: unknown): value => {
    if (error instanceof RpcError) return value
    throw error
  }
}
