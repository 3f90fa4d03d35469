import { setTimeout as pause } from 'node:timers/promises'
import { compile } from '../compile.ts'
import { startChain } from '../startChain.ts'
import { openLive } from './openLive.ts'
import type { Live, LiveOptions } from './openLive.ts'

/** What the devnet deploys. */
const sources = [
  'TopicNetwork',
  'TopicDesk',
  'truth/FeedTruth',
  'mocks/TestToken',
  'mocks/MockAggregator',
]

/** How often everybody looks, milliseconds. */
const LOOK_MS = 250

export interface RunLiveOptions extends Omit<LiveOptions, 'chain'> {
  /** Seconds of the chain that pass in one of ours. */
  readonly speed: number
  readonly signal: AbortSignal
  readonly say: (line: string) => void
  /** Once all is ready; the chain's id and where it answers. */
  readonly ready: (live: Live, chain: { id: number; url: string }) => void
}

/** A chain of its own with a network that lives on it, until the signal comes. */
export async function runDevnet(options: RunLiveOptions): Promise<void> {
  options.say('The contracts are compiled, half a minute the first time')
  await compile(sources.map((name) => `contracts/${name}.sol`))
  const chain = await startChain({
    start: BigInt(Math.floor(Date.now() / 1000)),
    isHeld: true,
  })
  try {
    await keepAlive({ ...options, chain })
  } finally {
    await chain.close()
  }
}

/** Keeps a network alive on a chain: its clock runs, and members play round after round. */
export async function keepAlive(options: RunLiveOptions & LiveOptions): Promise<void> {
  const { chain, speed, signal, say, ready } = options
  const live = await openLive(options)
  try {
    ready(live, { id: chain.id, url: chain.url })
    const [began, start] = [Date.now(), Number(chain.now())]
    while (!signal.aborted) {
      const passed = ((Date.now() - began) / 1000) * speed
      const { lines } = await live.advance(BigInt(Math.floor(start + passed)))
      for (const line of lines) say(line)
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    await live.close()
  }
}
