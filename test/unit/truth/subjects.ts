/*
 * Every truth source with what it needs around it, for the conformance suite: real feeds, Pyth's own mock, Uniswap's own
 * pool, and the chain itself.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'chai'
import { parseAbi, zeroHash } from 'viem'
import type { Abi, Address, Hex } from 'viem'
import { createAuspex, createTopic, getTruth, getTruthProof } from '../../../sdk/src/index.ts'
import type { AuspexClient, Topic, TruthStatus } from '../../../sdk/src/index.ts'
import { answerOf, poolPriceOf } from '../../../sdk/src/maths/index.ts'
import type { SampledQuestion } from '../../../sdk/src/maths/index.ts'
import { connection, DAY, deployed, HOUR, ONE, termsOf, time } from '../../helpers/network.ts'

const require = createRequire(import.meta.url)
const { viem, networkHelpers } = connection

export type Answer = { status: TruthStatus; value: bigint }

/** A source at one moment, and how it goes on. */
export type Scene = {
  client: AuspexClient
  source: Address
  topic: Hex
  round: bigint
  target: bigint
  expected: Answer
  /** Whatever may happen afterwards: the answer must stay. */
  goOn: () => Promise<void>
}

export const cases = ['answer', 'stale', 'zero', 'replaced', 'unanswered'] as const
export type Case = (typeof cases)[number]
export type Subject = { name: string; play: (case_: Case) => Promise<Scene> }

export const known = (value: bigint): Answer => ({ status: 'known', value })
export const nothing: Answer = { status: 'void', value: 0n }
export const unknown: Answer = { status: 'unknown', value: 0n }

/** As the network asks, at any moment. */
export async function ask(scene: Scene, target = scene.target, proof?: Hex): Promise<Answer> {
  const { client, source, topic, round } = scene
  const state = { truth: source, start: target, cadence: 0n, horizon: 0n } as unknown as Topic
  const found = proof ?? (await getTruthProof(client, { source, targetTime: target }))
  return getTruth(client, { topic, round, proof: found, state })
}

const clientFor = async (network: Address) =>
  createAuspex({ network, publicClient: await viem.getPublicClient() })

/* FEEDS */

const STEP = HOUR
const SAMPLES = 4n
const WINDOW = SAMPLES * STEP

/** Prices at the samples; the feed answers twice an interval and the price stands for half of it before a sample. */
const prices = [100n, 110n, 99n, 99n, 120n].map((price) => price * ONE)

const feedKinds: [name: string, question: SampledQuestion, terms: bigint[]][] = [
  ['FeedTruth', { kind: 'value' }, []],
  ['ReturnTruth', { kind: 'return', window: WINDOW, samples: 1n }, [WINDOW]],
  ['VolatilityTruth', { kind: 'volatility', window: WINDOW, samples: SAMPLES }, [WINDOW, SAMPLES]],
  ['AverageTruth', { kind: 'average', window: WINDOW, samples: SAMPLES }, [WINDOW, SAMPLES]],
  [
    'TouchTruth',
    { kind: 'move', window: WINDOW, samples: SAMPLES, size: ONE / 2n },
    [WINDOW, SAMPLES, ONE / 2n],
  ],
]

function feedSubject([name, question, terms]: (typeof feedKinds)[number]): Subject {
  return { name, play: (case_) => playFeed(name, question, terms, case_) }
}

async function playFeed(
  name: string,
  question: SampledQuestion,
  terms: bigint[],
  case_: Case,
): Promise<Scene> {
  const feed = await viem.deployContract('MockAggregator', [18, 'a walk'])
  const push: Push = (price, at) => feed.write.push!([price, at])
  const startPhase = () => feed.write.startPhase!()
  await push(1n, 1n)
  await push(2n, 2n)
  const { address: source } = await viem.deployContract(name, [feed.address, HOUR, ...terms])
  const target = BigInt(await time.latest()) + WINDOW + 2n * HOUR
  const shown = case_ === 'zero' ? [...prices.slice(0, -1), 0n] : prices
  for (const [i, price] of shown.entries()) {
    const at = target - WINDOW + BigInt(i) * STEP
    const missing = case_ === 'stale' ? shown.length - 1 - i : 2
    if (missing === 0) continue
    await push(price, at - STEP / 2n)
    if (case_ === 'replaced' && i === 2) await replaceFeed({ push, startPhase }, at)
    if (missing > 1) await push(price, at)
  }
  await time.increaseTo(target + 10n)
  if (case_ !== 'unanswered') await push(77n * ONE, target + (case_ === 'stale' ? 1n : 5n))

  const value = answerOf(question, sampledBy(question, shown))
  return {
    client: await clientFor(feed.address),
    source,
    topic: zeroHash,
    round: 0n,
    target,
    expected: case_ === 'unanswered' ? unknown : answerIn(case_, value),
    goOn: async () => {
      await startPhase()
      await push(5n, target - WINDOW)
      await push(6n, target - 1n)
      await push(7n, target + 20n)
    },
  }
}

/** A new aggregator brings a history of its own, from before. */
async function replaceFeed(
  { push, startPhase }: { push: Push; startPhase: () => Promise<unknown> },
  at: bigint,
) {
  await startPhase()
  await push(5n * ONE, at - 2n * STEP - 10n)
  await push(6n * ONE, at - STEP - 1n)
}

type Push = (price: bigint, at: bigint) => Promise<unknown>

function sampledBy(question: SampledQuestion, all: bigint[]): bigint[] {
  if (question.kind === 'value') return [all.at(-1)!]
  return question.kind === 'return' ? [all[0]!, all.at(-1)!] : all
}

/** Without a fresh answer at the end a round is void. */
function answerIn(case_: Case, value: bigint | undefined): Answer {
  return case_ === 'stale' || value === undefined ? nothing : known(value)
}

/* PYTH */

const PRICE_ID: Hex = `0x${'ab'.repeat(32)}`
const PYTH_FEE = 7n
const DELAY = 60n
export const pythAbi = JSON.parse(
  readFileSync(require.resolve('@pythnetwork/pyth-sdk-solidity/abis/MockPyth.json'), 'utf8'),
) as Abi
const pythCode = readFileSync(
  require.resolve('@pythnetwork/pyth-sdk-solidity/build/MockPyth_sol_MockPyth.bin'),
  'utf8',
).trim()

export type Update = {
  price?: bigint
  conf?: bigint
  expo?: number
  at: bigint
  before: bigint
  id?: Hex
}

/** Pyth's own mock, a PythTruth over it, and a topic of a real network that asks it. */
export async function pythScene() {
  const base = await deployed()
  const publicClient = await viem.getPublicClient()
  const [wallet] = await viem.getWalletClients()
  const pyth = await deployCode(pythAbi, `0x${pythCode}`, [60n, PYTH_FEE])
  const network = base.contract.address
  const terms = [pyth, network, PRICE_ID, DELAY, 50n] as const
  const truth = await viem.deployContract('PythTruth', [...terms])
  const start = BigInt(await time.latest()) + DAY
  const params = termsOf({ truth: truth.address, start })
  const { topic } = await createTopic(base.creator, params)
  const targetOf = (round: bigint) => start + round * params.cadence + params.horizon
  const dataOf = ({ price = 100_00000000n, conf = 0n, expo = -8, at, before, id }: Update) =>
    publicClient.readContract({
      address: pyth,
      abi: pythAbi,
      functionName: 'createPriceFeedUpdateData',
      args: [id ?? PRICE_ID, price, conf, expo, price, conf, at, before],
    }) as Promise<Hex>
  const record = async (round: bigint, updates: Update[], value = BigInt(updates.length) * 7n) =>
    truth.write.record!([topic, round, await Promise.all(updates.map(dataOf))], { value })
  return { ...base, pyth, truth, topic, terms, params, targetOf, dataOf, record, wallet: wallet! }
}

const pyth: Subject = {
  name: 'PythTruth',
  play: async (case_) => {
    const { truth, topic, targetOf, record, creator } = await pythScene()
    const target = targetOf(0n)
    await time.increaseTo(target + 10n)
    const at = target + (case_ === 'stale' ? DELAY + 1n : 1n)
    const update = { at, before: target - 1n }
    const { price, expo, value } = {
      ...{ price: 100_00000000n, expo: -8, value: 100n * ONE },
      ...(case_ === 'zero' && { price: 0n, value: 0n }),
      // The price is published with another exponent from here on.
      ...(case_ === 'replaced' && { price: 100_000n, expo: -3 }),
    }
    const isBrought = case_ !== 'stale' && case_ !== 'unanswered'
    if (isBrought) await record(0n, [{ ...update, price, expo }])
    else if (case_ === 'stale') await expectRefusal(record(0n, [{ ...update, price, expo }]))
    return {
      client: creator,
      source: truth.address,
      topic,
      round: 0n,
      target,
      expected: isBrought ? known(value) : unknown,
      goOn: async () => {
        const second = { at: target + 2n, before: target + 1n, price: 1n }
        await expectRefusal(record(0n, [second]))
      },
    }
  },
}

export async function expectRefusal(sent: Promise<unknown>): Promise<void> {
  const outcome = await sent.then(
    () => 'taken',
    () => 'refused',
  )
  expect(outcome).to.equal('refused')
}

/* POOL */

type Artifact = { abi: Abi; bytecode: Hex }
const poolArtifact = require('@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json')
const factoryArtifact: Artifact = require('@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json')
const poolAbi = (poolArtifact as Artifact).abi
const Q96 = 2n ** 96n
export const POOL_WINDOW = 1800n
const PROVABLE = 600n
const BLOCK = 12n
const MIN_SQRT_PRICE = 4295128740n

/** A pool of Uniswap's own code between tokens of 18 and 6 decimals, first in the pool the one with `first` decimals. */
export async function poolScene({ observations = 200 } = {}) {
  const publicClient = await viem.getPublicClient()
  const [wallet] = await viem.getWalletClients()
  const factory = await deployCode(factoryArtifact.abi, factoryArtifact.bytecode, [])
  const tokens = [
    (await viem.deployContract('BareToken', [18])).address,
    (await viem.deployContract('BareToken', [18])).address,
  ] as const
  const send = async (address: Address, abi: Abi, functionName: string, args: unknown[]) => {
    const hash = await wallet!.writeContract({ address, abi, functionName, args, chain: null })
    return publicClient.waitForTransactionReceipt({ hash })
  }
  await send(factory, factoryArtifact.abi, 'createPool', [...tokens, 3000])
  const pool = (await publicClient.readContract({
    address: factory,
    abi: factoryArtifact.abi,
    functionName: 'getPool',
    args: [...tokens, 3000],
  })) as Address
  await send(pool, poolAbi, 'initialize', [Q96])
  await send(pool, poolAbi, 'increaseObservationCardinalityNext', [observations])
  const trader = await viem.deployContract('PoolTrader', [])
  const tick = async () => {
    const slot = { address: pool, abi: poolAbi, functionName: 'slot0' } as const
    return BigInt(((await publicClient.readContract(slot)) as unknown[])[1] as number)
  }
  const moveTo = async (sqrtPrice: bigint, at: bigint) => {
    await time.setNextBlockTimestamp(at)
    await trader.write.moveTo!([pool, sqrtPrice])
    return tick()
  }
  return { pool, moveTo, send, publicClient, client: await clientFor(pool) }
}

export const poolTerms = (pool: Address, changes: object = {}) => ({
  pool,
  isInverted: false,
  window: POOL_WINDOW,
  provableFor: PROVABLE,
  blockTime: BLOCK,
  ...changes,
})

const pool: Subject = {
  name: 'PoolTruth',
  play: async (case_) => {
    const { pool, moveTo, send, client } = await poolScene()
    const from = BigInt(await time.latest()) + 1000n
    await moveTo(2n * Q96, from)
    const { address: source } = await viem.deployContract('PoolTruth', [poolTerms(pool)])
    const target = case_ === 'unanswered' ? from : from + 2n * POOL_WINDOW
    const start = target - POOL_WINDOW
    let tickSeconds: bigint
    if (case_ === 'stale' || case_ === 'unanswered') {
      // Nobody trades: the price stands. Before its first observation a pool knows none.
      tickSeconds = POOL_WINDOW * 13863n
      await time.increaseTo(target + 20n)
    } else {
      const first = await moveTo(case_ === 'zero' ? MIN_SQRT_PRICE : 3n * Q96, start - 50n)
      if (case_ === 'replaced') {
        await time.setNextBlockTimestamp(start + 100n)
        await send(pool, poolAbi, 'increaseObservationCardinalityNext', [300])
      }
      const second = case_ === 'zero' ? first : await moveTo(5n * Q96, start + 600n)
      tickSeconds = 600n * first + (POOL_WINDOW - 600n) * second
      await time.increaseTo(target + 20n)
    }
    const price = poolPriceOf({ tickSeconds, window: POOL_WINDOW, decimals: [18n, 18n] })
    return {
      client,
      source,
      topic: zeroHash,
      round: 0n,
      target,
      expected: case_ === 'unanswered' ? unknown : known(price),
      goOn: async () => {
        await moveTo(7n * Q96, BigInt(await time.latest()) + 5n)
      },
    }
  },
}

/* BASE FEE */

const baseFee: Subject = {
  name: 'BaseFeeTruth',
  play: async (case_) => {
    const truth = await viem.deployContract('BaseFeeTruth', [])
    const target = BigInt(await time.latest()) + 100n
    const mineAt = async (at: bigint, fee: bigint) => {
      await networkHelpers.setNextBlockBaseFeePerGas(fee)
      await time.increaseTo(at)
    }
    const fee = case_ === 'zero' ? 0n : 3_500_000_001n
    await mineAt(target - 30n, 1n)
    await mineAt(target - 3n, fee)
    if (case_ === 'replaced') await mineAt(target, 4n)
    if (case_ !== 'unanswered') await mineAt(target + 4n, 9_000_000_000n)
    if (case_ === 'stale') {
      await networkHelpers.mine(Number((await truth.read.provableBlocks!()) as bigint) + 5)
    }
    const value = (case_ === 'replaced' ? 4n : fee) * 10n ** 9n
    return {
      client: await clientFor(truth.address),
      source: truth.address,
      topic: zeroHash,
      round: 0n,
      target,
      expected: case_ === 'stale' || case_ === 'unanswered' ? unknown : known(value),
      goOn: async () => {
        if (case_ === 'unanswered') return
        await mineAt(BigInt(await time.latest()) + 12n, 1_000_000_000n)
      },
    }
  },
}

async function deployCode(abi: Abi, bytecode: Hex, args: unknown[]): Promise<Address> {
  const [wallet] = await viem.getWalletClients()
  const publicClient = await viem.getPublicClient()
  const hash = await wallet!.deployContract({ abi, bytecode, args, chain: null } as never)
  const { contractAddress } = await publicClient.waitForTransactionReceipt({ hash })
  return contractAddress!
}

export const subjects: Subject[] = [...feedKinds.map(feedSubject), pyth, pool, baseFee]
export const sourceAbi = parseAbi([
  'function isTruthSource() view returns (bytes4)',
  'function truthSecurity(bytes32) view returns (uint256)',
])
