import { expect } from 'chai'
import { parseAbi, zeroHash } from 'viem'
import type { Address } from 'viem'
import { createAuspex, getFeedProof, getTruth } from '../../sdk/src/index.ts'
import type { Topic, TruthStatus } from '../../sdk/src/index.ts'
import * as math from '../../sdk/src/maths/index.ts'
import { connection, ONE, time } from '../helpers/network.ts'

const HEARTBEAT = 3600n
const samples = 6n
const window = 6n * HEARTBEAT
const size = ONE / 20n
const ROUNDS = 12

/** Numbers that look random and are the same in every run. */
function* draws(seed: bigint): Generator<bigint, never> {
  let state = seed
  for (;;) {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n
    yield state >> 16n
  }
}

describe('sources that sample a feed', () => {
  it('give the numbers of their twins, to the last bit', async () => {
    const { viem } = connection
    const feed = await viem.deployContract('MockAggregator', [18, 'a walk'])
    await feed.write.pushMany!([
      [1n, 1n],
      [1n, 2n],
    ])
    const terms = [feed.address, HEARTBEAT, window] as const
    const change = await viem.deployContract('ReturnTruth', [...terms])
    const volatility = await viem.deployContract('VolatilityTruth', [...terms, samples])
    const average = await viem.deployContract('AverageTruth', [...terms, samples])
    const touch = await viem.deployContract('TouchTruth', [...terms, samples, size])
    const client = await createAuspex({
      network: feed.address,
      publicClient: await viem.getPublicClient(),
    })
    const seen = new Set<TruthStatus>()
    const draw = draws(7n)

    for (let round = 0; round < ROUNDS; round++) {
      const target = BigInt(await time.latest()) + window + 2n * HEARTBEAT
      const moments = math.momentsOf({ window, samples }, target)
      const prices = walk(round, draw)
      await feed.write.pushMany!([
        [...prices, 1n],
        [...moments, target + 1n],
      ])
      await time.increaseTo(target + 10n)

      const expectTruth = async (source: Address, value: bigint | undefined) => {
        const state = { truth: source, start: target, cadence: 1n, horizon: 0n } as unknown as Topic
        const proof = await getFeedProof(client, { source, targetTime: target })
        const truth = await getTruth(client, { topic: zeroHash, round: 0n, proof, state })
        seen.add(truth.status)
        expect(truth).to.deep.equal({
          status: value === undefined ? 'void' : 'known',
          value: value ?? 0n,
        })
      }
      await expectTruth(change.address, math.returnOf([prices[0]!, prices.at(-1)!]))
      await expectTruth(volatility.address, math.volatilityOf(prices, window))
      await expectTruth(average.address, math.averageOf(prices))
      await expectTruth(touch.address, math.touchOf(prices, size))
      const momentsIn = { address: average.address, abi: momentsAbi, functionName: 'momentsOf' }
      expect(
        await client.public.readContract({ ...momentsIn, args: [target] } as never),
      ).to.deep.equal(moments)
    }
    expect([...seen].sort()).to.deep.equal(['known', 'void'])
  })
})

const momentsAbi = parseAbi(['function momentsOf(uint256) view returns (uint256[])'])

/** A calm walk, then wilder ones, one that breaks and one that touches zero. */
function walk(round: number, draw: Generator<bigint, never>): bigint[] {
  let price = 100n * ONE
  return Array.from({ length: Number(samples) + 1 }, (_, i) => {
    const spread = ONE / 10n ** BigInt(5 - (round % 5))
    const move = (draw.next().value % (2n * spread)) - spread
    price = (price * (ONE + move)) / ONE + 1n
    if (round === 10 && i === 3) return 0n
    if (round === 11) return i % 2 === 0 ? 1n : 2n ** 120n
    return price
  })
}
