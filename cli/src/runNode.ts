import { Hono } from 'hono'
import { formatEther } from 'viem'
import type { Address, PublicClient } from 'viem'
import { healthApp, keepTicking, listen, nodeChecks, requireChain } from '@auspex/workers'
import type { ChainConfig, Log, Metrics } from '@auspex/workers'
import { print } from './print.ts'
import { stopSignal } from './stopSignal.ts'

export type NodeOptions = {
  json: boolean
  role: 'worker' | 'reputer'
  address: Address
  publicClient: PublicClient
  chain: ChainConfig
  tick: () => Promise<readonly { status: string }[]>
  pollMs: number
  http?: { host: string; port: number } | undefined
  /** What is served beside health and metrics. */
  app?: Hono
  metrics: Metrics
  log: Log
  /** What is told at the start. */
  data: { [name: string]: unknown }
  lines: readonly string[]
}

/** Runs a node until it is told to stop: serves, ticks, measures. */
export async function runNode(options: NodeOptions): Promise<void> {
  const { json, role, address, publicClient, chain, tick, pollMs, app, metrics, log } = options
  const signal = stopSignal()
  let tickedAt = Date.now()

  const checks = nodeChecks({ publicClient, chain, address, tickedAt: () => tickedAt })
  // Health first: it must answer, however many offers come in.
  const served = new Hono().route('/', healthApp({ checks, registry: metrics.registry }))
  if (app) served.route('/', app)
  const server = options.http && (await listen({ app: served, ...options.http }))

  const balance = await publicClient.getBalance({ address })
  const at = server ? [`serves   ${server.url} (/livez, /readyz?verbose, /metrics)`] : []
  print({
    json,
    data: { role, address, balance, url: server?.url, ...options.data },
    lines: [`${role.padEnd(8)} ${address}, ${formatEther(balance)} coin`, ...options.lines, ...at],
    next: server ? `curl '${server.url}/readyz?verbose'` : 'watch the log; Ctrl-C stops',
  })
  log.info({ role, address, ...(server && { url: server.url }) }, 'node.started')

  try {
    await keepTicking({ tick: watchedTick, pollMs, signal, log })
  } finally {
    await server?.close()
    log.info({ role, address }, 'node.stopped')
  }

  async function watchedTick(): Promise<void> {
    await requireChain(publicClient, chain)
    for (const step of await tick()) metrics.step(step)
    metrics.chain(await publicClient.getBlock())
    metrics.balance(await publicClient.getBalance({ address }))
    tickedAt = Date.now()
  }
}
