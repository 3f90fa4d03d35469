import {
  accountOf,
  encodeActivate,
  encodeCreateTopic,
  encodeDeposit,
  encodeFund,
  encodeTakeSeat,
  multicall,
  signConsent,
} from '@auspex/sdk'
import type { TopicId, TopicParams } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import { parseEventLogs } from 'viem'
import type { Hex, Log, TransactionReceipt } from 'viem'
import { draw } from '../../lib/random.ts'
import { progressOf } from '../play/progress.ts'
import type { World } from './openWorld.ts'
import { termsOf } from './termsOf.ts'

/** Topics that run in step: their terms differ in the description alone, and the same workers sit in all of them. */
export type Scene = {
  world: World
  topics: readonly TopicId[]
  seats: number
  /** No round of these topics is older than this block. */
  fromBlock: bigint
  /** The terms of one of them. */
  params: TopicParams
}

const ONE = 10n ** 18n
const POOL = 100_000n * ONE
const START_IN = 10_000n
/** Calls in one transaction, below the gas that one may take. */
const BATCH = 64

/** Opens topics, funds them and fills their seats, the owner paying for all of it. */
export async function openTopics({
  world,
  count,
  seats,
}: {
  world: World
  count: number
  seats: number
}): Promise<Scene> {
  const { chain, deployed } = world
  const start = chain.now() + START_IN
  const termsOfTopic = (i: number) =>
    termsOf({
      description: `Price ${i + 1} of ${count}, asked of ${seats}`,
      truth: deployed.truth,
      seats,
      start,
    })

  const topics = await create(
    world,
    Array.from({ length: count }, (_, i) => encodeCreateTopic(termsOfTopic(i))),
  )
  await inBatches(
    world,
    topics.map((topic) => encodeFund({ topic, amount: POOL })),
  )
  await seatAll({ world, topics, seats })

  return {
    world,
    topics,
    seats,
    fromBlock: await chain.public.getBlockNumber(),
    params: termsOfTopic(0),
  }
}

async function create(world: World, calls: readonly Hex[]): Promise<TopicId[]> {
  const logs: Log[] = []
  await inBatches(world, calls, (receipt) => logs.push(...receipt.logs))
  const created = parseEventLogs({ abi: topicNetworkAbi, eventName: 'TopicCreated', logs })
  return created.map(({ args }) => args.topic)
}

async function seatAll({
  world,
  topics,
  seats,
}: Pick<Scene, 'world' | 'topics' | 'seats'>): Promise<void> {
  const { chain, workers, deployed } = world
  const owner = accountOf(deployed.owner)
  const sitting = workers.slice(0, seats)
  const told = (what: string) => progressOf({ what, of: topics.length, tell: world.tell })

  /* Made when they are sent: those of all seats would not fit into memory. */

  async function* deposits() {
    const tell = told('topics staked in')
    for (const [done, topic] of topics.entries()) {
      tell(done)
      for (const client of sitting) {
        const worker = accountOf(client)
        const consent = await signConsent(client, { topic, owner })
        yield encodeDeposit({ topic, amount: stakeOf(worker), worker, consent })
      }
    }
  }

  function* sitDowns() {
    const tell = told('topics seated')
    for (const [done, topic] of topics.entries()) {
      tell(done)
      for (const [i, client] of sitting.entries()) {
        const worker = accountOf(client)
        yield encodeActivate({ topic, worker })
        yield encodeTakeSeat({ topic, worker, seat: BigInt(i) })
      }
    }
  }

  await inBatches(world, deposits())
  await chain.moveTo(chain.now() + 2n)
  await inBatches(world, sitDowns())
}

/** Somewhere between 1,000 and 5,000 tokens, to the last unit: few zero bytes, as in life. */
function stakeOf(worker: string): bigint {
  return 1_000n * ONE + draw({ label: `stake ${worker}`, limit: 4_000n * ONE })
}

type Calls = Iterable<Hex> | AsyncIterable<Hex>

async function inBatches(
  { deployed: { owner } }: World,
  calls: Calls,
  onSent: (receipt: TransactionReceipt) => void = () => {},
): Promise<void> {
  let batch: Hex[] = []
  const send = async () => {
    if (batch.length === 0) return
    const { receipt } = await multicall(owner, { calls: batch })
    batch = []
    onSent(receipt)
  }
  for await (const call of calls) {
    batch.push(call)
    if (batch.length === BATCH) await send()
  }
  await send()
}
