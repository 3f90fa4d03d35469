import { custom, hexToBigInt, hexToNumber } from 'viem'
import type { EIP1193RequestFn, Hex } from 'viem'
import { silent } from '../runtime/log.ts'
import { sleep } from '../runtime/clock.ts'
import { NoAnswer, RpcError } from './jsonRpc.ts'
import { logsInPieces } from './logRanges.ts'
import { endpointAt, latestOf, ownTroubleAs, unsent } from './endpoint.ts'
import { isOwnTrouble, isRevert } from './verdicts.ts'
import type { EndpointsOptions, EndpointStatus, Endpoints, Endpoint } from './endpoint.ts'

/** How long a node's chain and head count as known. */
const FRESH_MS = 1000
/** Nodes that are not in use are looked at so often; those that failed rest up to so long between two looks. */
const PROBE_MS = 5000
const LONGEST_REST_MS = 12_000
const FIRST_REST_MS = 1000
/** The longest rest where asking costs no time, or where there is no other node to ask meanwhile. */
const SHORT_REST_MS = 3000
/** Failures in a row from which on a node counts as silent. What fails at once may be asked on; silence costs seconds. */
const SILENT_AT = 4
/** Blocks and time from which on a node counts as lagging; so many blocks at once make it so at once. */
const LAG_BLOCKS = 2n
const LAG_MS = 3000
const LAG_AT_ONCE = 20n
/** How long a node is not asked again for what it refused or got wrong. */
const REMEMBER_MS = 600_000
/** Turns that a request takes through all nodes before it fails, within so many times what one answer may take. */
const TURNS = 5
const PATIENCE = 3
/** How often a check asks what fails at once. */
const CHECK_TRIES = 4

const unusable: readonly EndpointStatus[] = ['wrong chain', 'wrong genesis', 'no network']

/**
 * Several JSON-RPC nodes as one. Each has its own health: a node that does not answer rests and is probed while others are
 * asked; the last one that answered goes first; one that serves another chain, another genesis or no network is left
 * alone, by name, until it serves the right one. Nothing is ever taken from a node whose chain was not checked within the
 * last second.
 */
export function endpointsOf(options: EndpointsOptions): Endpoints {
  const { urls, chainId, network, timeoutMs = 2500, log = silent } = options
  const endpoints = urls.map(endpointAt)
  let favourite = endpoints[0]!
  let genesis: Hex | undefined

  /* HEALTH */

  /** Knows the node's chain and head, from within the last second. Throws where it cannot be used. */
  async function checkFresh(endpoint: Endpoint): Promise<void> {
    if (Date.now() - endpoint.checkedAt >= FRESH_MS) {
      endpoint.checking ??= check(endpoint)
        .catch((error: unknown) => noteRefusal(endpoint, error))
        .finally(() => delete endpoint.checking)
      await endpoint.checking
    }
    if (unusable.includes(endpoint.status)) throw unsent(endpoint)
  }

  async function check(endpoint: Endpoint): Promise<void> {
    const [id, head] = await Promise.all([
      askFirmly(endpoint, 'eth_chainId', []),
      askFirmly(endpoint, 'eth_blockNumber', []),
    ])
    if (hexToNumber(id as Hex) !== chainId) {
      delete endpoint.genesis
      return tell(endpoint, 'wrong chain', `serves chain ${hexToNumber(id as Hex)}`)
    }
    endpoint.head = hexToBigInt(head as Hex)
    if (endpoint.genesis === undefined || endpoint.status === 'no network') {
      const wrong = await checkOrigin(endpoint)
      if (wrong) return tell(endpoint, wrong.status, wrong.reason)
    }
    endpoint.checkedAt = Date.now()
    const lag = lagOf(endpoint)
    if (lag <= LAG_BLOCKS) delete endpoint.behindSince
    else endpoint.behindSince ??= Date.now()
    const isLagging = lag > LAG_AT_ONCE || Date.now() - (endpoint.behindSince ?? Infinity) > LAG_MS
    if (isLagging) return tell(endpoint, 'lagging', `${lag} blocks behind another node`)
    tell(endpoint, 'ok')
  }

  /** A node that refuses to say what chain it serves is of no more use than a silent one. */
  function noteRefusal(endpoint: Endpoint, error: unknown): never {
    if (error instanceof RpcError) {
      tell(endpoint, 'silent', `refuses: ${error.message || `error ${error.code}`}`)
      rest(endpoint, SHORT_REST_MS)
    }
    throw error
  }

  const wrongGenesis = {
    status: 'wrong genesis',
    reason: `its chain ${chainId} began with another block`,
  } as const

  /** Two chains can share an id: the first block and the network's code tell them apart. */
  async function checkOrigin(
    endpoint: Endpoint,
  ): Promise<{ status: EndpointStatus; reason: string } | undefined> {
    const [first, code] = await Promise.all([
      // A pruned node may not know the first block; that is no reason to leave it alone.
      askFirmly(endpoint, 'eth_getBlockByNumber', ['0x0', false]).catch(ownTroubleAs(null)),
      network && askFirmly(endpoint, 'eth_getCode', [network, 'latest']),
    ])
    const hash = (first as { hash?: Hex } | null)?.hash ?? null
    if (hash !== null && genesis !== undefined && hash !== genesis) {
      return wrongGenesis
    }
    if (network && code === '0x') {
      return { status: 'no network', reason: `no contract at ${network}` }
    }
    if (hash !== null && genesis === undefined) {
      // Which chain is meant, those named first decide.
      const before = endpoints.slice(0, endpoints.indexOf(endpoint))
      await Promise.allSettled(before.map(checkFresh))
      if (genesis !== undefined && hash !== genesis) return wrongGenesis
    }
    endpoint.genesis = hash
    if (hash !== null) genesis ??= hash
    return undefined
  }

  function tell(endpoint: Endpoint, status: EndpointStatus, reason?: string): void {
    const { host } = endpoint
    if (endpoint.status !== status) {
      const isNews = status !== 'ok' || endpoint.status !== 'unknown'
      const line = { host, status, ...(reason !== undefined && { reason }) }
      if (status === 'ok' && isNews) log.info(line, 'endpoint.back')
      if (status !== 'ok') log.warn(line, `endpoint.${status.replace(' ', '-')}`)
    }
    endpoint.status = status
    if (reason === undefined) delete endpoint.reason
    else endpoint.reason = reason
    if (unusable.includes(status)) {
      endpoint.checkedAt = Date.now()
      rest(endpoint, PROBE_MS)
    }
  }

  function lagOf(endpoint: Endpoint): bigint {
    const heads = endpoints.flatMap((each) => (isUsable(each) ? (each.head ?? []) : []))
    const best = heads.reduce((a, b) => (a > b ? a : b), 0n)
    return best - (endpoint.head ?? best)
  }

  function isUsable({ status }: Endpoint): boolean {
    return !unusable.includes(status) && status !== 'unknown' && status !== 'silent'
  }

  function rest(endpoint: Endpoint, forMs: number): void {
    endpoint.restsUntil = Date.now() + forMs
  }

  /** Nodes that nobody waits for are looked at from time to time, so that they can come back. */
  function probeOthers(): void {
    for (const endpoint of endpoints) {
      const isDue = Date.now() - endpoint.checkedAt >= PROBE_MS && !isResting(endpoint)
      if (endpoint === favourite || !isDue || endpoint.checking) continue
      checkFresh(endpoint).catch(() => {})
    }
  }

  function isResting({ restsUntil }: Endpoint): boolean {
    return Date.now() < restsUntil
  }

  /* ASK */

  /** One request to one node; its health follows from what came back. */
  async function askOnce(endpoint: Endpoint, method: string, params: unknown): Promise<unknown> {
    return endpoint.queue.add(async () => {
      // While this request waited for its turn, others found out that nothing is answered.
      if (endpoint.isOpen && isResting(endpoint)) throw unsent(endpoint)
      const began = Date.now()
      endpoint.requests += 1
      try {
        const answer = await endpoint.ask(method, params, { timeoutMs })
        answered(endpoint, began)
        return answer
      } catch (error) {
        if (error instanceof NoAnswer) noteSilence(endpoint, error)
        else answered(endpoint, began)
        throw error
      }
    })
  }

  /** What a check needs, asked again where it failed at once: all that is asked meanwhile hangs on it. */
  async function askFirmly(endpoint: Endpoint, method: string, params: unknown): Promise<unknown> {
    for (let left = CHECK_TRIES - 1; ; left--) {
      try {
        return await askOnce(endpoint, method, params)
      } catch (error) {
        const isQuick = error instanceof NoAnswer && !error.isTimeout && !error.isUnsent
        if (!isQuick || left === 0) throw error
      }
    }
  }

  function answered(endpoint: Endpoint, began: number): void {
    endpoint.failed = 0
    endpoint.isOpen = false
    endpoint.latencyMs = Date.now() - began
    if (endpoint.status === 'silent') endpoint.checkedAt = 0
  }

  function noteSilence(endpoint: Endpoint, { message, retryAfterMs, isTimeout }: NoAnswer): void {
    endpoint.failed += isTimeout ? SILENT_AT : 1
    endpoint.isOpen = isTimeout || retryAfterMs !== undefined
    endpoint.failures += 1
    const longer = FIRST_REST_MS * 2 ** Math.max(0, Math.min(endpoint.failed - SILENT_AT, 4))
    const isCostly = endpoint.isOpen && endpoints.length > 1
    const longest = isCostly ? LONGEST_REST_MS : SHORT_REST_MS
    rest(endpoint, Math.min(retryAfterMs ?? longer, longest))
    // One lost answer is no news; the next node is asked all the same.
    const isNews = endpoint.failed >= SILENT_AT || endpoint.status === 'unknown'
    if (isNews) tell(endpoint, 'silent', message)
    else endpoint.reason = message
  }

  /** The order in which nodes are asked. Those that rest come last, as a request must not fail while one may answer. */
  function order(): Endpoint[] {
    const rank = (endpoint: Endpoint) => {
      if (unusable.includes(endpoint.status)) return 4
      if (isResting(endpoint)) return 3
      if (endpoint.status === 'lagging') return 2
      return endpoint === favourite ? 0 : 1
    }
    const ranked = endpoints.map((endpoint) => ({ endpoint, rank: rank(endpoint) }))
    const isSomeAwake = ranked.some(({ rank }) => rank < 3)
    return ranked
      .filter(({ rank }) => rank < (isSomeAwake ? 3 : 5))
      .sort((a, b) => a.rank - b.rank)
      .map(({ endpoint }) => endpoint)
  }

  async function request({ method, params }: { method: string; params?: unknown }) {
    if (method === 'eth_sendRawTransaction') return broadcast(params)
    probeOthers()
    const endsAt = Date.now() + PATIENCE * timeoutMs
    let failure: unknown
    for (let turn = 0; turn < TURNS; turn++) {
      let verdict: RpcError | undefined
      for (const endpoint of order()) {
        try {
          const answer = await askChecked(endpoint, method, params)
          favourite = endpoint
          return answer
        } catch (error) {
          if (isRevert(error)) throw error
          // Providers share neither codes nor words: what one refuses another one may well answer.
          if (error instanceof RpcError && !isOwnTrouble(error)) verdict ??= error
          else if (!(error instanceof RpcError || error instanceof NoAnswer)) throw error
          failure = error
        }
      }
      if (verdict !== undefined) throw verdict
      // Wrong chains do not become right within a request.
      if (endpoints.every(({ status }) => unusable.includes(status))) break
      const pause = Math.max(100 * 2 ** turn, restLeft())
      if (Date.now() + pause >= endsAt) break
      await sleep(pause)
    }
    throw failure instanceof RpcError ? failure : nobodyAnswers()
  }

  /** Milliseconds until a node may be asked again; none where one may be asked now. */
  function restLeft(): number {
    return Math.max(
      0,
      Math.min(...endpoints.map(({ isOpen, restsUntil }) => (isOpen ? restsUntil : 0))) -
        Date.now(),
    )
  }

  async function askChecked(endpoint: Endpoint, method: string, params: unknown) {
    await checkFresh(endpoint)
    if (method === 'eth_getLogs') return logsOf(endpoint, params as [object])
    return askPending(endpoint, method, params)
  }

  /** Where a node knows no pending block, the latest one answers. */
  async function askPending(endpoint: Endpoint, method: string, params: unknown) {
    const settled = latestOf(params)
    if (settled === undefined) return askOnce(endpoint, method, params)
    await lookAtPending(endpoint)
    if (Date.now() < endpoint.refusesPendingUntil) return askOnce(endpoint, method, settled)

    const refusal = await askOnce(endpoint, method, params).then(
      (answer) => ({ answer, isRefused: answer === null, error: undefined }),
      (error: unknown) => ({ answer: null, isRefused: error instanceof RpcError, error }),
    )
    if (!refusal.isRefused || isRevert(refusal.error)) {
      if (refusal.error) throw refusal.error
      return refusal.answer
    }
    const latest = await askOnce(endpoint, method, settled).catch((error: unknown) => {
      if (isRevert(error)) noteNoPending(endpoint)
      throw error
    })
    noteNoPending(endpoint)
    return latest
  }

  /** A pending block that is older than the latest one was left behind: what it shows is long over. */
  async function lookAtPending(endpoint: Endpoint): Promise<void> {
    const { head, pendingSeenAt, refusesPendingUntil } = endpoint
    const isKnown = Date.now() < Math.max(pendingSeenAt + PROBE_MS, refusesPendingUntil)
    if (isKnown || head === undefined) return
    endpoint.pendingSeenAt = Date.now()
    const asked = askOnce(endpoint, 'eth_getBlockByNumber', ['pending', false])
    const block = (await asked.catch(ownTroubleAs(null))) as { number?: Hex | null } | null
    if (block?.number && hexToBigInt(block.number) < head) noteNoPending(endpoint)
  }

  function noteNoPending(endpoint: Endpoint): void {
    if (endpoint.refusesPendingUntil === 0) {
      log.info({ host: endpoint.host }, 'endpoint.no-pending')
    }
    endpoint.refusesPendingUntil = Date.now() + REMEMBER_MS
  }

  /* LOGS */

  async function logsOf(endpoint: Endpoint, [filter]: [object]): Promise<unknown[]> {
    const others = order().filter((each) => each !== endpoint)
    if (Date.now() < endpoint.liesAboutLogsUntil && others.some(tellsLogs)) {
      throw new NoAnswer('its answers about logs were incomplete')
    }
    const logs = await readLogs(endpoint, filter)
    if (logs.length > 0) return logs

    // Nothing is what a node answers too that lost its index, or lags: somebody else is asked before it is believed.
    for (const other of others.filter(tellsLogs)) {
      const told = await checkFresh(other)
        .then(() => readLogs(other, filter))
        .catch(() => undefined)
      if (told === undefined) continue
      if (told.length > 0) noteLie(endpoint, other)
      return told
    }
    return logs
  }

  function readLogs(endpoint: Endpoint, filter: object): Promise<unknown[]> {
    const ask = (method: string, params: unknown) => askOnce(endpoint, method, params)
    return logsInPieces({ ask, filter, limit: endpoint.limit })
  }

  function tellsLogs({ liesAboutLogsUntil }: Endpoint): boolean {
    return Date.now() >= liesAboutLogsUntil
  }

  function noteLie(endpoint: Endpoint, other: Endpoint): void {
    // A node that is a block behind says nothing wrong.
    if ((other.head ?? 0n) - (endpoint.head ?? 0n) > LAG_BLOCKS) return
    endpoint.liesAboutLogsUntil = Date.now() + REMEMBER_MS
    log.warn({ host: endpoint.host, other: other.host }, 'endpoint.lies-about-logs')
  }

  /* SEND */

  /** A transaction goes to all nodes at once: it is taken as soon as one takes it. */
  async function broadcast(params: unknown): Promise<unknown> {
    const known = endpoints.filter((endpoint) => !unusable.includes(endpoint.status))
    const answers = known.map(async (endpoint) => {
      await checkFresh(endpoint)
      return askOnce(endpoint, 'eth_sendRawTransaction', params)
    })
    try {
      return await Promise.any(answers)
    } catch (error) {
      const { errors } = error as AggregateError
      // One that may have reached its node is not refused, whatever the others say.
      const isUnclear = errors.some((each) => each instanceof NoAnswer && !each.isUnsent)
      const refusal = errors.find((each) => each instanceof RpcError)
      throw isUnclear || !refusal ? nobodyAnswers() : refusal
    }
  }

  function nobodyAnswers(): NoAnswer {
    const told = endpoints.map(({ host, status, reason }) => `${host} ${reason ?? status}`)
    return new NoAnswer(`No node of the chain answers: ${told.join('; ')}`)
  }

  async function askAll(method: string, params: unknown): Promise<unknown[]> {
    const answers = endpoints.map(async (endpoint) => {
      await checkFresh(endpoint)
      return askOnce(endpoint, method, params)
    })
    const settled = await Promise.allSettled(answers)
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  }

  return {
    transport: custom({ request: request as EIP1193RequestFn }, { retryCount: 0 }),
    states: () =>
      endpoints.map((endpoint) => {
        const { host, status, reason, head, latencyMs, requests, failures } = endpoint
        return {
          host,
          status,
          ...(reason !== undefined && { reason }),
          ...(head !== undefined && { head, lag: lagOf(endpoint) }),
          ...(latencyMs !== undefined && { latencyMs }),
          ...(!tellsLogs(endpoint) && { liesAboutLogs: true }),
          requests,
          failures,
        }
      }),
    askAll,
    genesis: () => genesis,
    check: async () => {
      const checks = await Promise.allSettled(endpoints.map(checkFresh))
      return checks.filter(({ status }) => status === 'fulfilled').length
    },
  }
}
