import type { AuspexClient } from '@auspex/sdk'
import type { Journal } from '@auspex/workers'
import type { Chain } from '../../../devnet/startChain.ts'
import type { Deployed } from '../../../devnet/deployAll.ts'

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
