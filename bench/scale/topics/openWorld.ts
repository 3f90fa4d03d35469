import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuspexClient } from '@auspex/sdk'
import { openJournal } from '@auspex/workers'
import { deployAll } from '../chain/deployAll.ts'
import { keyOf } from '../chain/keyOf.ts'
import { startChain } from '../chain/startChain.ts'
import type { World } from './World.ts'

/** Starts a chain with the network on it, brings so many workers in, plays, and clears away. */
export async function openWorld<Result>(
  { workers: count, tell }: { workers: number; tell: World['tell'] },
  play: (world: World) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-scale-'))
  const chain = await startChain()
  const journal = openJournal({ file: join(folder, 'journal.db'), now: 0n })
  try {
    const deployed = await deployAll(chain)
    const workers: AuspexClient[] = []
    for (let i = 0; i < count; i++) {
      workers.push(await deployed.clientOf(await chain.join(keyOf(`worker ${i}`))))
    }
    return await play({ chain, deployed, workers, journal, folder, tell })
  } finally {
    journal.close()
    await chain.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
