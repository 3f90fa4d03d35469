import { parseEventLogs } from 'viem'
import type { Hex } from 'viem'
import { topicNetworkAbi } from '../../../sdk/src/abis.ts'
import { encodeActivate } from '../../../sdk/src/actions/activate.ts'
import { encodeCreateTopic } from '../../../sdk/src/actions/createTopic.ts'
import { encodeDeposit } from '../../../sdk/src/actions/deposit.ts'
import { encodeFund } from '../../../sdk/src/actions/fund.ts'
import { multicall } from '../../../sdk/src/actions/multicall.ts'
import { signConsent } from '../../../sdk/src/actions/signConsent.ts'
import { encodeTakeSeat } from '../../../sdk/src/actions/takeSeat.ts'
import { accountOf } from '../../../sdk/src/client.ts'
import type { TopicId } from '../../../sdk/src/types.ts'
import { draw } from '../../gas/measure/draw.ts'
import type { Scene } from './Scene.ts'
import { termsOf } from './termsOf.ts'
import type { World } from './World.ts'

const ONE = 10n ** 18n
const POOL = 100_000n * ONE
const START_IN = 10_000n
const BATCH = 32

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

  return { world, topics, seats, params: termsOfTopic(0) }
}

async function create(world: World, calls: readonly Hex[]): Promise<TopicId[]> {
  const receipts = await inBatches(world, calls)
  const logs = receipts.flatMap((receipt) => receipt.logs)
  const created = parseEventLogs({ abi: topicNetworkAbi, eventName: 'TopicCreated', logs })
  return created.map(({ args }) => args.topic)
}

async function seatAll({
  world,
  topics,
  seats,
}: {
  world: World
  topics: readonly TopicId[]
  seats: number
}): Promise<void> {
  const { chain, workers } = world
  const owner = accountOf(world.deployed.owner)
  const sitting = workers.slice(0, seats)

  const deposits: Hex[] = []
  const sitDowns: Hex[] = []
  for (const topic of topics) {
    for (const [i, client] of sitting.entries()) {
      const worker = accountOf(client)
      const consent = await signConsent(client, { topic, owner })
      deposits.push(encodeDeposit({ topic, amount: stakeOf(worker), worker, consent }))
      sitDowns.push(encodeActivate({ topic, worker }))
      sitDowns.push(encodeTakeSeat({ topic, worker, seat: BigInt(i) }))
    }
  }
  await inBatches(world, deposits)
  await chain.goTo(chain.now() + 2n)
  await inBatches(world, sitDowns)
}

/** Somewhere between 1,000 and 5,000 tokens, to the last unit: few zero bytes, as in life. */
function stakeOf(worker: string): bigint {
  return 1_000n * ONE + draw({ label: `stake ${worker}`, limit: 4_000n * ONE })
}

async function inBatches({ deployed: { owner } }: World, calls: readonly Hex[]) {
  const receipts = []
  for (let i = 0; i < calls.length; i += BATCH) {
    const { receipt } = await multicall(owner, { calls: calls.slice(i, i + BATCH) })
    receipts.push(receipt)
  }
  return receipts
}
