import { accessSync, closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { formatEther } from 'viem'
import type { Address, PublicClient } from 'viem'
import { findingsOf, keepTicking, serveNode } from '@auspex/workers'
import type { Endpoints, Finding, Log, Metrics } from '@auspex/workers'
import { print } from './print.ts'
import { stopSignal } from './again.ts'

export type NodeOptions = {
  json: boolean
  role: 'worker' | 'reputer'
  pollMs: number
  http?:
    | { host: string; port: number; trustedProxies?: readonly string[]; requestsPerMinute?: number }
    | undefined
  /** The node's data folder: whether it can be written to is looked at in every tick. */
  folder: string
  metrics: Metrics
  log: Log
  /** Brings the node up; health is answered meanwhile. The signal ends every wait. */
  open: (signal: AbortSignal) => Promise<OpenNode>
}

export type OpenNode = {
  address: Address
  publicClient: PublicClient
  endpoints: Endpoints
  tick: () => Promise<readonly Step[]>
  /** What is served beside health and metrics. */
  app?: Hono
  /** What the role has found about itself in the last tick. */
  findings?: () => readonly Finding[]
  close: () => void
  /** What is told at the start. */
  data: { [name: string]: unknown }
  lines: readonly string[]
}

type Step = { status: string; topic?: string; round?: bigint }

const NOTHING: { findings: readonly Finding[]; metrics: string } = { findings: [], metrics: '' }

/** Runs a node until it is told to stop: serves, ticks, measures. */
export async function runNode(options: NodeOptions): Promise<void> {
  const { json, role, pollMs, http, folder, metrics, log } = options
  const signal = stopSignal()
  const server = http && (await serveNode({ requestsPerMinute: 600, trustedProxies: [], ...http }))
  server?.post({ ...NOTHING, findings: [starting] })
  let node: OpenNode | undefined
  try {
    node = await options.open(signal).catch((error: unknown) => {
      if (signal.aborted) return undefined
      throw error
    })
    if (node === undefined || signal.aborted) return
    if (node.app) server?.mount(node.app)
    await announce(node)
    metrics.watchLoop()
    await keepTicking({ tick: watch(node), pollMs, signal, log })
  } finally {
    await server?.close()
    node?.close()
    if (node || signal.aborted) log.info({ role, address: node?.address }, 'node.stopped')
  }

  async function announce({ address, publicClient, data, lines }: OpenNode): Promise<void> {
    const balance = await publicClient.getBalance({ address })
    const at = server ? [`serves   ${server.url} (/livez, /readyz?verbose, /metrics)`] : []
    print({
      json,
      data: { role, address, balance, url: server?.url, ...data },
      lines: [`${role.padEnd(8)} ${address}, ${formatEther(balance)} coin`, ...lines, ...at],
      next: server ? `curl '${server.url}/readyz?verbose'` : 'auspex status',
    })
    log.info({ role, address, ...(server && { url: server.url }) }, 'node.started')
  }

  /** A tick, and what it found put on the board, whether it went through or not. */
  function watch({ address, publicClient, endpoints, tick, findings }: OpenNode) {
    let tickedAt: number | undefined
    return async () => {
      let seen: { timestamp: bigint; balance: bigint } | undefined
      try {
        if ((await endpoints.check()) === 0) throw new Error('No endpoint of the chain can be used')
        for (const step of await tick()) metrics.step(step)
        const block = await publicClient.getBlock()
        const balance = await publicClient.getBalance({ address })
        metrics.chain(block)
        metrics.balance(balance)
        seen = { timestamp: block.timestamp, balance }
        tickedAt = Date.now()
      } finally {
        metrics.endpoints(endpoints.states())
        const own = [...(findings?.() ?? []), writeProbe(folder)]
        // What the role knows better, such as how far its coin goes, stands in place of the general finding.
        const isOwn = (name: string) => own.some((each) => each.name === name)
        const general = findingsOf({ endpoints, seen, address })
        server?.post({
          findings: [...general.filter(({ name }) => !isOwn(name)), ...own],
          metrics: await metrics.registry.metrics(),
          ...(tickedAt !== undefined && { tickedAt }),
        })
      }
    }
  }
}

const starting: Finding = {
  name: 'start',
  status: 'fail',
  reason: 'the node is starting: it waits for its chain, see the log',
}

/** What is said must be on disk before: a folder that takes nothing stops a node from speaking. */
function writeProbe(folder: string): Finding {
  const file = join(folder, 'probe')
  try {
    accessSync(folder, constants.W_OK)
    const handle = openSync(file, 'w', 0o600)
    try {
      writeSync(handle, 'a node writes here before it says anything\n')
      fsyncSync(handle)
    } finally {
      closeSync(handle)
      rmSync(file, { force: true })
    }
    return { name: 'journal', status: 'ok' }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { name: 'journal', status: 'fail', reason: `the data folder takes no writes (${code})` }
  }
}
