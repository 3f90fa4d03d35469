import type { AuspexClient } from '@auspex/sdk'
import type { Address } from 'viem'
import type { JoinedReputer } from '../members/joinReputers.ts'
import type { JoinedWorker } from '../members/joinWorkers.ts'
import type { Consumer } from '../members/openConsumer.ts'
import type { Money } from './openMoney.ts'
import type { OpenedTopic } from './openTopics.ts'
import type { Chain } from '../../../devnet/startChain.ts'

/** Everything that stands when the first round opens. */
export interface Stage {
  readonly chain: Chain
  readonly money: Money
  readonly network: Address
  /** The ReputerTruth of all topics. */
  readonly truth: Address
  /** Looks for logs only where the present day's are, as all nodes do. */
  readonly observer: AuspexClient
  readonly topics: readonly StagedTopic[]
  readonly reputers: readonly JoinedReputer[]
  readonly consumer: Consumer | undefined
  /** Tells observer and nodes that what comes from now on is another day's. */
  turnPage(): void
}

/** A topic and who predicts in it, in the order of their seats. */
export interface StagedTopic extends OpenedTopic {
  readonly workers: readonly JoinedWorker[]
}
