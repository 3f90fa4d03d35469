import type { Finding } from '../http/findings.ts'
import type { Endpoints } from './endpoint.ts'

/** Seconds since the newest block from which on a chain counts as standing still. */
const STALE = 600

/** What a tick shows about the chain and the coin to use it with; asks nobody. */
export function findingsOf(options: {
  endpoints: Endpoints
  /** Time of the newest block, unix seconds, and the account's coin, wei; undefined where the chain does not answer. */
  seen: { timestamp: bigint; balance: bigint } | undefined
  address: string
}): Finding[] {
  const { endpoints, seen, address } = options
  const states = endpoints.states()
  const isAnswered = states.some(({ status }) => status === 'ok' || status === 'lagging')
  const each = states.map(({ host, status, reason, liesAboutLogs }): Finding => {
    const name = `endpoint ${host}`
    if (status !== 'ok') return { name, status: 'warn', reason: reason ?? status }
    if (liesAboutLogs)
      return { name, status: 'warn', reason: 'its answers about logs are incomplete' }
    return { name, status: 'ok' }
  })
  const chain: Finding = isAnswered
    ? { name: 'chain', status: 'ok' }
    : { name: 'chain', status: 'fail', reason: 'no endpoint can be used' }
  if (seen === undefined) return [chain, ...each]

  const age = Math.floor(Date.now() / 1000) - Number(seen.timestamp)
  const head: Finding =
    age > STALE
      ? { name: 'head', status: 'fail', reason: `the newest block is ${age} s old` }
      : { name: 'head', status: 'ok' }
  const coin: Finding =
    seen.balance === 0n
      ? { name: 'coin', status: 'fail', reason: `${address} has no coin to pay for transactions` }
      : { name: 'coin', status: 'ok' }
  return [chain, ...each, head, coin]
}
