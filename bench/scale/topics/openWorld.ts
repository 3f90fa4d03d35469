import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuspexClient } from '@auspex/sdk'
import { openJournal } from '@auspex/workers'
import type { Journal } from '@auspex/workers'
import { deployAll } from '../../../devnet/deployAll.ts'
import type { Deployed } from '../../../devnet/deployAll.ts'
import { keyOf, startChain } from '../../../devnet/startChain.ts'
import type { Chain } from '../../../devnet/startChain.ts'

/** All that one part of the bench plays on. */
export type World = {
  chain: Chain
  deployed: Deployed
  /** Each may sit in any number of topics; the first of them takes the first seat of each. */
  workers: readonly AuspexClient[]
  /** Where the workers keep their word before it leaves, in one file for all of them. */
  journal: Journal
  /** Data folders of the nodes. */
  folder: string
  /** Takes a line about how far all is. */
  tell: (line: string) => void
}

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
