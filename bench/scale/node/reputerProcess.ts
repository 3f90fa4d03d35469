/* A reputer in a process of its own, told over IPC when to look; otherwise what `auspex reputer start` runs. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createAuspex } from '@auspex/sdk'
import {
  createReputer,
  deskApp,
  fromFeed,
  gateOf,
  listen,
  openChain,
  openDesk,
  postOf,
  silent,
  tickTogether,
  transactionQueue,
} from '@auspex/workers'
import { privateKeyToAccount } from 'viem/accounts'
import type { NodeOptions, Order, Reply, Ticked, Weight } from './messages.ts'

/** A look ends when what it sent is mined, however many topics there are. */
const LONGEST_MS = 3_600_000

let look: () => ReturnType<typeof tickTogether> = async () => []
let stop = async () => {}

process.on('message', (order: Order) => {
  obey(order).then(
    (result) => answer({ ok: true, result }),
    (error: Error) => answer({ ok: false, reason: error.stack ?? error.message }),
  )
})
// Without its parent nobody would ever tell it to stop.
process.on('disconnect', () => process.exit())

function answer(reply: Reply): void {
  process.send?.(reply)
}

async function obey(order: Order): Promise<string | Ticked | Weight | undefined> {
  if (order.do === 'start') return start(order.options)
  if (order.do === 'tick') return tick()
  if (order.do === 'weigh') return weighSelf()
  await stop()
  return undefined
}

/** Gives the URL of its desk. */
async function start(options: NodeOptions): Promise<string> {
  const { url, chainId, network, token, truth, topics, fromBlock, folder } = options
  const account = privateKeyToAccount(options.key)
  const { publicClient } = await openChain({ id: chainId, urls: [url], network, fromBlock })
  const client = await createAuspex({
    ...{ network, token, publicClient, chainId, fromBlock },
    account: account.address,
    send: transactionQueue({ publicClient, account, chainId }).send,
    signTypedData: (data) => account.signTypedData(data),
  })
  mkdirSync(folder, { recursive: true })
  const desk = openDesk({ file: join(folder, 'desk.db') })

  const reputers = topics.map((topic) =>
    createReputer({
      ...{ client, topic, desk, batchAfterBps: 0n },
      truth: fromFeed(client, { address: truth }),
    }),
  )
  const post = postOf(client)
  look = () => tickTogether({ reputers, post, log: silent, holdMs: LONGEST_MS })
  const app = deskApp({
    place: { chainId, network },
    committer: account.address,
    topics: new Map(topics.map((topic) => [topic, gateOf(client, { topic })])),
    desk,
    requestsPerMinute: Infinity,
  })
  const server = await listen({ app, host: '127.0.0.1', port: 0 })

  stop = async () => {
    await server.close()
    desk.close()
  }
  return server.url
}

async function tick(): Promise<Ticked> {
  const steps = await look()
  const counts: Record<string, number> = {}
  const reasons: string[] = []
  for (const step of steps) {
    counts[step.status] = (counts[step.status] ?? 0) + 1
    const reason = 'reason' in step ? `${step.status}: ${step.reason}` : undefined
    if (reason !== undefined && !reasons.includes(reason) && reasons.length < 5) {
      reasons.push(reason)
    }
  }
  return { counts, reasons }
}

/** What this process weighs; it must have been started with `--expose-gc`. */
function weighSelf(): Weight {
  if (globalThis.gc === undefined) throw new Error('Start this process with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed, resident: rss, peak: process.resourceUsage().maxRSS * 1024 }
}
