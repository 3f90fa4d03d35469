import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Address } from 'viem'

const root = fileURLToPath(new URL('../indexer/', import.meta.url))
const ponder = new URL('../../node_modules/ponder/dist/esm/bin/ponder.js', import.meta.url)
const LOOK_MS = 250

export type ExploreOptions = {
  /** JSON-RPC of the chain. */
  rpc: string
  chainId: number
  network: Address
  /** Block to index from: that of the deployment, or any before it. */
  from: bigint
  /** Port on loopback; any free one where it is 0. */
  port: number
  /** Where the embedded database lies; it is not used where DATABASE_URL names a PostgreSQL. */
  folder: string
  signal: AbortSignal
  /** A line of the indexer. */
  log?: (line: string) => void
}

export type Explored =
  | { status: 'open'; url: string; ended: Promise<number> }
  | { status: 'missing' }
  | { status: 'failed'; reason: string }

/** Serves indexer, API and page of a deployment on loopback until the signal. */
export async function explore(options: ExploreOptions): Promise<Explored> {
  if (!existsSync(ponder)) return { status: 'missing' }
  const { rpc, chainId, network, from, folder, signal, log } = options
  const port = options.port || (await freePort())
  mkdirSync(folder, { recursive: true })
  const args = ['start', '--root', root, '--schema', schemaOf(options), '--hostname', '127.0.0.1']
  const child = spawn(
    process.execPath,
    [fileURLToPath(ponder), ...args, '--port', `${port}`, '--log-format', 'json'],
    {
      env: {
        ...process.env,
        AUSPEX_RPC: rpc,
        AUSPEX_CHAIN: `${chainId}`,
        AUSPEX_NETWORK: network,
        AUSPEX_FROM: `${from}`,
        PONDER_FOLDER: folder,
        PONDER_TELEMETRY_DISABLED: 'true',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let errors = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4000)
      for (const line of text.split('\n')) if (line) log?.(line)
    })
  }
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 0)))
  const stop = () => child.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()

  const url = `http://127.0.0.1:${port}`
  const isGone = ended.then(() => true)
  while (!(await answers(url))) {
    if (await Promise.race([isGone, sleep(LOOK_MS, false)])) {
      return { status: 'failed', reason: errors.trim() || 'The indexer ended' }
    }
  }
  return { status: 'open', url, ended }
}

/** Saves the page that is served at `url`, in one file that needs nothing else. */
export async function saveRecording({ url, file }: { url: string; file: string }): Promise<void> {
  const { recordPage } = await import('./recordPage.ts')
  const says = `Recorded on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const read = async (path: string) => {
    const response = await fetch(`${url}/api${path}`)
    if (response.ok) return response.text()
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }
  await writeFile(file, await recordPage({ read, says }))
}

/** Another deployment has tables of its own. */
function schemaOf({ chainId, network }: ExploreOptions): string {
  return `auspex_${chainId}_${network.slice(2, 14).toLowerCase()}`
}

/** Ready: what was on the chain when it started is indexed. */
async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
