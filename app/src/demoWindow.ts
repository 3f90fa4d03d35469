/*
 * The window on the demo, a process of its own so that indexing never holds up the nodes. The demo says what it is doing and
 * where its chain is; the window says where it can be seen, and at the end how far it has read.
 */
import { serve } from '@hono/node-server'
import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from 'viem'
import { createWindow } from './createWindow.ts'
import type { Standing } from './createWindow.ts'
import { recordPage } from './recordPage.ts'
import { requestOf } from './requestOf.ts'

/** What the demo tells its window. */
export type ToWindow =
  | { kind: 'says'; text: string; closing?: readonly string[] }
  | { kind: 'chain'; url: string; chainId: number; network: Address }
  | { kind: 'settle'; block: number }
  | { kind: 'record'; file: string; says: string }

/** What the window tells the demo. */
export type FromWindow =
  | { kind: 'open'; url: string }
  | { kind: 'settled'; block: number }
  | { kind: 'recorded'; why?: string }

const LOOK_MS = 250

let standing: Standing = { says: 'Starting' }
let chain: Extract<ToWindow, { kind: 'chain' }> | undefined
let wanted: number | undefined

const opened = open()
const window = createWindow({ api: opened.then(({ api }) => api), standing: () => standing })
const server = serve(
  {
    fetch: window.fetch,
    hostname: '127.0.0.1',
    port: 0,
  },
  ({ port }: AddressInfo) => tell({ kind: 'open', url: `http://127.0.0.1:${port}` }),
)

process.on('message', (message: ToWindow) => {
  if (message.kind === 'says') {
    const { text, closing } = message
    standing = { ...standing, says: text, ...(closing && { closing }) }
  }
  if (message.kind === 'record') void record(message)
  if (message.kind === 'settle') wanted = message.block
  if (message.kind === 'chain') {
    chain = message
    const { chainId, network } = message
    standing = { ...standing, chainId, network }
  }
})
// The demo that started it is gone.
process.once('disconnect', () => {
  server.close()
  process.exit()
})

await follow()

async function follow(): Promise<void> {
  const { store, followChain } = await opened
  while (!chain) await sleep(LOOK_MS)
  const { catchUp } = followChain({ request: requestOf(chain.url), network: chain.network, store })
  while (process.connected) {
    const { block, at } = await catchUp().catch((error: unknown) => {
      // A chain that closes while it is asked ends the demo, not the window.
      standing = { ...standing, says: `The chain does not answer: ${(error as Error).message}` }
      return { block: -1, at: standing.now ?? 0 }
    })
    standing = { ...standing, now: at }
    if (wanted !== undefined && block >= wanted) tell({ kind: 'settled', block })
    if (wanted !== undefined && block >= wanted) wanted = undefined
    await sleep(LOOK_MS)
  }
}

/** Writes the window as it stands into a file. */
async function record({ file, says }: Extract<ToWindow, { kind: 'record' }>): Promise<void> {
  const read = async (path: string) => (await window.request(`/api${path}`)).text()
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await recordPage({ read, says }))
    tell({ kind: 'recorded' })
  } catch (error) {
    tell({ kind: 'recorded', why: (error as Error).message })
  }
}

/** The heavy part, loaded while the page already stands. */
async function open() {
  const [{ openStore }, { createApi }, { followChain }] = await Promise.all([
    import('./openStore.ts'),
    import('./createApi.ts'),
    import('./followChain.ts'),
  ])
  const store = await openStore()
  return { store, api: createApi(store), followChain }
}

function tell(message: FromWindow): void {
  process.send?.(message)
}
