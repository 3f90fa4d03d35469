import { expect } from 'chai'
import fc from 'fast-check'
import { poolPriceOf } from '../../../sdk/src/maths/index.ts'
import { connection, ONE, time } from '../../helpers/network.ts'
import { POOL_WINDOW, poolScene, poolTerms, ask, known } from './subjects.ts'

const { viem } = connection
const Q96 = 2n ** 96n

describe('PoolTruth', () => {
  it('refuses a short window, no block time, and a pool that keeps too little', async () => {
    const { pool, moveTo } = await poolScene({ observations: 200 })
    const deploy = (changes: object) =>
      viem.deployContract('PoolTruth', [poolTerms(pool, changes)] as never).then(
        () => 'deployed',
        (error: Error) => error.message,
      )

    expect(await deploy({})).to.match(/TooFewObservations\D+1\D+200/)
    await moveTo(2n * Q96, BigInt(await time.latest()) + 20n)
    expect(await deploy({})).to.equal('deployed')
    expect(await deploy({ provableFor: 601 })).to.match(/TooFewObservations\D+200\D+201/)
    expect(await deploy({ window: 1799 })).to.match(/OutOfBounds\D+window\D+1799\D+1800/)
    expect(await deploy({ blockTime: 0 })).to.match(/OutOfBounds\D+blockTime\D+0\D+1\D/)
  })

  it('answers the inverse, the other way round', async () => {
    const { pool, moveTo, client } = await poolScene()
    await moveTo(2n * Q96, BigInt(await time.latest()) + 20n)
    const straight = await viem.deployContract('PoolTruth', [poolTerms(pool)])
    const inverse = await viem.deployContract('PoolTruth', [poolTerms(pool, { isInverted: true })])
    const target = BigInt(await time.latest()) + POOL_WINDOW + 7n
    await time.increaseTo(target + 1n)
    const scene = { client, topic: `0x${'00'.repeat(32)}`, round: 0n, target } as const
    const tickSeconds = 13_863n * POOL_WINDOW
    const terms = { tickSeconds, window: POOL_WINDOW, decimals: [18n, 18n] } as const
    const values = [poolPriceOf(terms), poolPriceOf({ ...terms, isInverted: true })] as const
    for (const [i, { address: source }] of [straight, inverse].entries()) {
      expect(await ask({ ...scene, source } as never)).to.deep.equal(known(values[i]!))
    }
    // Tick 13863 is the last one below a price of 4.
    expect(Number(values[0]) / 1e18).to.be.within(3.9995, 4)
    expect((values[0] * values[1]) / ONE).to.be.within(ONE - 10n, ONE + 10n)
  })

  it('is the price that a power of 1.0001 gives, in whole tokens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400_000, max: 400_000 }),
        fc.integer({ min: 0, max: 18 }),
        fc.integer({ min: 0, max: 18 }),
        (tick, decimals0, decimals1) => {
          const decimals = [BigInt(decimals0), BigInt(decimals1)] as const
          const price = poolPriceOf({ tickSeconds: BigInt(tick) * 1800n, window: 1800n, decimals })
          const plain = 1.0001 ** tick * 10 ** (decimals0 - decimals1)
          expect(Math.abs(Number(price) / 1e18 - plain)).to.be.at.most(plain * 1e-9 + 1e-18)
        },
      ),
    )
  })

  it('holds at the ends of what a pool can say', () => {
    const at = (tick: bigint, decimals: readonly [bigint, bigint]) =>
      poolPriceOf({ tickSeconds: tick * 1800n, window: 1800n, decimals })
    expect(at(887_272n, [18n, 0n])).to.be.greaterThan(0n)
    expect(at(-887_272n, [0n, 18n])).to.equal(0n)
  })
})
