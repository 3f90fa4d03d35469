/*
 * One fixture for each stage of a round, each built on the one before:
 * deployed -> created -> staked -> committed -> revealed -> published -> resolved -> settled -> settledTwice.
 * Use them with loadFixture; where a test needs other terms, make a fixture of its own:
 * `const signedOnly = () => stakedWith({ commitWindow: 0n })`. All test files that import this share one chain.
 */
import { network } from 'hardhat'
import { encodeAbiParameters } from 'viem'
import type { Hex } from 'viem'
import {
  activate,
  commit,
  createAuspex,
  createTopic,
  deposit,
  fund,
  publish,
  resolve,
  resolveAndSettle,
  reveal,
  seal,
  settle,
  signCommitment,
  takeSeat,
} from '../../sdk/src/index.ts'
import type { AuspexClient, Opening, SignedCommitment, TopicParams } from '../../sdk/src/index.ts'
import { termsOf } from '../../devnet/termsOf.ts'
import * as Schedule from '../../sdk/src/maths/schedule.ts'

export const connection = await network.create('node')
export const { loadFixture, time } = connection.networkHelpers

export const ONE = 10n ** 18n
export const MINUTE = 60n
export const HOUR = 60n * MINUTE
export const DAY = 24n * HOUR

export const STAKE = 1_000n * ONE
export const POOL = 10_000n * ONE
const PURSE = 1_000_000n * ONE

/** What the workers of the fixtures say, in the order of their seats. */
export const predictions = [
  { value: 100n * ONE, confidence: 10_000n },
  { value: 102n * ONE, confidence: 5_000n },
  { value: 98n * ONE, confidence: 10_000n },
  { value: 110n * ONE, confidence: 2_500n },
  { value: 101n * ONE, confidence: 1n },
]

export const TRUTH = 101n * ONE

/* DEPLOYED */

/** The network, its token, a feed anyone may write with its truth source, and everybody with a full purse. */
export async function deployed() {
  const { viem } = connection
  const publicClient = await viem.getPublicClient()
  const wallets = await viem.getWalletClients()
  const token = await viem.deployContract('TestToken', ['Test', 'TST'])
  const desk = await viem.deployContract('TopicDesk', [token.address])
  const contract = await viem.deployContract('TopicNetwork', [desk.address])
  const feed = await viem.deployContract('MockAggregator', [18, 'a price'])
  await feed.write.pushMany!([
    [0n, 0n],
    [1n, 2n],
  ])
  const truth = await viem.deployContract('FeedTruth', [feed.address, DAY])

  const clientOf = (i: number, options: { simulate?: boolean } = {}): Promise<AuspexClient> =>
    createAuspex({
      network: contract.address,
      token: token.address,
      publicClient,
      walletClient: wallets[i]!,
      ...options,
    })
  const [creator, keeper, stranger, ...workers] = await Promise.all(
    Array.from({ length: 3 + predictions.length }, (_, i) => clientOf(i)),
  )
  for (const { account } of [creator!, keeper!, stranger!, ...workers]) {
    await token.write.mint!([account!, PURSE])
  }

  return {
    contract,
    token,
    feed,
    truth,
    clientOf,
    creator: creator!,
    keeper: keeper!,
    stranger: stranger!,
    workers,
  }
}

/* CREATED */

export { termsOf }

/** As `deployed`, with a funded topic that starts in a day. */
export const created = () => createdWith({})

export async function createdWith(changes: Partial<TopicParams>) {
  const base = await deployed()
  const start = BigInt(await time.latest()) + DAY
  const params = termsOf({ truth: base.truth.address, start, ...changes })
  const { topic } = await createTopic(base.creator, params)
  await fund(base.creator, { topic, amount: POOL })

  /** Lets chain time run to the opening, the reveal, ... of a round. */
  const goTo = async (
    moment: 'openTime' | 'revealTime' | 'publishTime' | 'targetTime' | 'truthDeadline',
    round: bigint,
  ) => {
    const at = Schedule[moment](params, round)
    if (at > BigInt(await time.latest())) await time.increaseTo(at)
  }

  return { ...base, topic, params, goTo }
}

/* STAKED */

/** As `created`, with a worker in each of the first seats from round 0 on; each owns its own position. */
export const staked = () => stakedWith({})

export async function stakedWith(changes: Partial<TopicParams>) {
  const base = await createdWith(changes)
  const { topic, params } = base
  for (const worker of base.workers) await deposit(worker, { topic, amount: STAKE })
  await time.increase(params.activationDelay)
  for (const [i, client] of base.workers.entries()) {
    const worker = client.account!
    await activate(client, { topic, worker })
    await takeSeat(client, { topic, worker, seat: BigInt(i) })
  }
  return base
}

/* COMMITTED */

const saltKeyOf = (i: number): Hex => `0x${String(i + 1).padStart(64, '0')}`

/** A worker's prediction sealed, and signed for whoever commits it, or where nothing is sealed tells it. */
export async function sealAndSign(
  client: AuspexClient,
  { topic, round, i }: { topic: Hex; round: bigint; i: number },
): Promise<{ commitment: Required<SignedCommitment>; opening: Required<Opening> }> {
  const { chainId, network } = client
  const worker = client.account!
  const key = { chainId, network, topic, round, worker, saltKey: saltKeyOf(i) }
  const { commitment, opening } = await seal({ ...key, ...predictions[i]! })
  const signature = await signCommitment(client, { topic, round, commitment })
  return { commitment: { commitment, ...signature }, opening: { ...opening, ...signature } }
}

/** As `staked`, in the commit window of round 0, the keeper having committed everybody's predictions in one list. */
export const committed = () => committedWith({})

export async function committedWith(changes: Partial<TopicParams>) {
  const base = await stakedWith(changes)
  const { topic, keeper, workers, goTo } = base
  const round = 0n
  await goTo('openTime', round)
  const sealed = await Promise.all(
    workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
  )
  const commitments = sealed.map(({ commitment }) => commitment)
  const openings = sealed.map(({ opening }) => opening)
  const { seals } = await commit(keeper, { topic, round, commitments })
  return { ...base, round, commitments, seals, openings }
}

/* REVEALED */

/** As `committed`, in the reveal window, all predictions opened. */
export const revealed = () => revealedWith({})

export async function revealedWith(changes: Partial<TopicParams>) {
  const base = await committedWith(changes)
  const { topic, round, keeper, seals, openings, goTo } = base
  await goTo('revealTime', round)
  const batch = await reveal(keeper, { topic, round, seals, openings })
  return { ...base, batch }
}

/* PUBLISHED */

/** As `revealed`, the aggregate being on the feed. */
export const published = () => publishedWith({})

export async function publishedWith(changes: Partial<TopicParams>) {
  const base = await revealedWith(changes)
  const { topic, round, keeper, goTo } = base
  await goTo('publishTime', round)
  const result = await publish(keeper, { topic, round })
  if (result.status !== 'published') throw new Error('The round of the fixtures is void')
  return { ...base, outcome: result.outcome }
}

/* RESOLVED */

/** Lets a truth be known of a round: the feed's last answer before the target time, and the one after it. */
export async function tellTruth(
  { feed, params, goTo }: Pick<Awaited<ReturnType<typeof created>>, 'feed' | 'params' | 'goTo'>,
  { round, value }: { round: bigint; value: bigint },
): Promise<{ proof: Hex }> {
  const target = Schedule.targetTime(params, round)
  await goTo('targetTime', round)
  await feed.write.push!([value, target])
  const answer = (await feed.read.latestRound!()) as bigint
  await feed.write.push!([value, target + 1n])
  return { proof: encodeAbiParameters([{ type: 'uint80' }], [answer]) }
}

/** As `published`, after the target time, the truth being known and learnt from. */
export const resolved = () => resolvedWith({})

export async function resolvedWith(changes: Partial<TopicParams>) {
  const base = await publishedWith(changes)
  const { topic, round, keeper, outcome } = base
  const { proof } = await tellTruth(base, { round, value: TRUTH })
  const result = await resolve(keeper, { topic, round, outcome, proof })
  if (result.status !== 'resolved') throw new Error('The truth of the fixtures is void')
  return { ...base, proof, resolution: result.resolution }
}

/* SETTLED */

/** As `resolved`, stakes and skills having moved. */
export const settled = () => settledWith({})

export async function settledWith(changes: Partial<TopicParams>) {
  const base = await resolvedWith(changes)
  const { topic, round, keeper, outcome, resolution, batch } = base
  const told = { outcome, resolution, revealed: batch }
  const { tip, poolChange } = await settle(keeper, { topic, round, ...told })
  return { ...base, tip, poolChange }
}

/** As `settled`, and round 1 after it: the first that the pool plays in, as it knows a truth to play at. */
export async function settledTwice() {
  const base = await settled()
  const { topic, keeper, workers, goTo } = base
  const round = 1n
  await goTo('openTime', round)
  const sealed = await Promise.all(
    workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
  )
  const { seals } = await commit(keeper, {
    topic,
    round,
    commitments: sealed.map(({ commitment }) => commitment),
  })
  await goTo('revealTime', round)
  const openings = sealed.map(({ opening }) => opening)
  const batch = await reveal(keeper, { topic, round, seals, openings })
  await goTo('publishTime', round)
  const result = await publish(keeper, { topic, round })
  if (result.status !== 'published') throw new Error('The second round of the fixtures is void')
  const { proof } = await tellTruth(base, { round, value: TRUTH })
  const { outcome } = result
  const end = await resolveAndSettle(keeper, { topic, round, outcome, proof, revealed: batch })
  if (end.status !== 'settled') throw new Error('The second truth of the fixtures is void')

  return { ...base, round, batch, outcome, tip: end.tip, poolChange: end.poolChange }
}
