import { resolve } from 'node:path'
import { keepAlive } from '../../../devnet/live/index.ts'
import { guestLines } from '../report/nextLines.ts'
import type { Stage } from '../world/stage.ts'
import type { Options } from './readOptions.ts'

/** Seconds from one round to the next: a guest's first result comes within two of them. */
const CADENCE = 60n

/** What the live topic deploys beside what stands already. */
export const liveSources = ['truth/FeedTruth', 'mocks/MockAggregator'].map(
  (name) => `contracts/${name}.sol`,
)

/**
 * Opens a topic on a walking market beside those that were replayed, and keeps its members playing until the signal. A guest
 * finds its key, its tokens, the market's data and a configuration in a folder.
 */
export async function keepGoing(options: {
  stage: Stage
  options: Pick<Options, 'seed' | 'speed' | 'folder'>
  signal: AbortSignal
  say: (...lines: string[]) => void
}): Promise<void> {
  const { stage, signal, say } = options
  const { chain, network, money } = stage
  const { seed, speed, folder } = options.options
  await keepAlive({
    chain,
    on: { network, token: money.token },
    folder: resolve(folder),
    cadence: CADENCE,
    seed,
    speed,
    signal,
    say,
    ready: ({ topic }) => say(...guestLines({ stage, topic, folder })),
  })
}
