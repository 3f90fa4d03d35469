import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuspexClient } from '@auspex/sdk'
import { openJournal } from '@auspex/workers'
import { deployAll } from '../../../devnet/deployAll.ts'
import { keyOf, startChain } from '../../../devnet/startChain.ts'
import type { World } from './World.ts'

/** Coin for every node, base units. */
export const PURSE = 10n ** 24n

/** Starts a chain with the network on it, brings so many workers in, plays, and clears away. */
export async function openWorld<Result>(
  { workers: count, tell }: { workers: number; tell: World['tell'] },
  play: (world: World) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-scale-'))
  const chain = await startChain({ isHeld: true, isSizeFree: true })
  const journal = openJournal({ file: join(folder, 'journal.db'), now: 0n })
  try {
    const payer = chain.join(keyOf('bench scale owner'))
    const deployed = await deployAll(chain, payer)
    await deployed.give(payer)
    const workers: AuspexClient[] = []
    for (let i = 0; i < count; i++) {
      const worker = chain.join(keyOf(`bench scale worker ${i}`))
      await chain.endow(worker.address, PURSE)
      workers.push(await deployed.clientOf(worker))
    }
    return await play({ chain, deployed, workers, journal, folder, tell })
  } finally {
    journal.close()
    await chain.close()
    await rm(folder, { recursive: true, force: true })
  }
}
