import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Address } from 'viem'

const entry = fileURLToPath(new URL('../../../app/src/demoWindow.ts', import.meta.url))
/** As long as a page may take to read what is left of a chain that has stopped. */
const SETTLE_MS = 30_000

/** The page on which the demo can be watched. All of it does nothing where its packages are missing. */
export interface Window {
  /** Undefined where the page cannot be served; `why` says what to do. */
  readonly url: string | undefined
  readonly why: string | undefined
  /** What the network is doing; `closing` is how the run ended, line by line. */
  says(text: string, closing?: readonly string[]): void
  follow(chain: { url: string; chainId: number; network: Address }): void
  /** Waits until the page has read a block; false where it does not in time. */
  settle(block: number): Promise<boolean>
  /** Saves the page as it stands, in one file that needs nothing else; what kept it from that is said in words. */
  record(saved: { file: string; says: string }): Promise<{ why?: string }>
  close(): void
}

const missing: Window = {
  url: undefined,
  why: 'The packages of the live page are not installed: npm ci brings them. The demo runs without it.',
  says() {},
  follow() {},
  settle: async () => false,
  record: async () => ({ why: 'the packages of the page are not installed' }),
  close() {},
}

/** Serves the page in a process of its own, within a second. */
export async function openWindow(): Promise<Window> {
  if (!hasPackages()) return missing
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const url = await Promise.race([
    messageOf<{ url: string }>(child, 'open').then((message) => message.url),
    once(child, 'exit').then(() => undefined),
  ])
  if (url === undefined) return missing
  const send = (message: object) => {
    if (child.connected) child.send(message)
  }
  return {
    url,
    why: undefined,
    says: (text, closing) => send({ kind: 'says', text, closing }),
    follow: (chain) => send({ kind: 'chain', ...chain }),
    async settle(block) {
      if (!child.connected) return false
      const settled = messageOf(child, 'settled').then(() => true)
      send({ kind: 'settle', block })
      const gone = once(child, 'exit').then(() => false)
      return Promise.race([settled, gone, sleep(SETTLE_MS, false, { ref: false })])
    },
    async record(saved) {
      if (!child.connected) return { why: 'the page has ended' }
      const recorded = messageOf<{ why?: string }>(child, 'recorded')
      send({ kind: 'record', ...saved })
      const gone = once(child, 'exit').then(() => ({ why: 'the page has ended' }))
      return Promise.race([recorded, gone])
    },
    close() {
      if (child.connected) child.disconnect()
      child.kill()
    },
  }
}

function hasPackages(): boolean {
  return ['ponder', 'drizzle-orm', '@electric-sql/pglite', 'preact', 'uplot', 'esbuild'].every(
    (name) => existsSync(new URL(`../../../node_modules/${name}`, import.meta.url)),
  )
}

function messageOf<message>(child: ChildProcess, kind: string): Promise<message> {
  return new Promise((resolve) => {
    child.on('message', (message: { kind: string }) => {
      if (message.kind === kind) resolve(message as message)
    })
  })
}
