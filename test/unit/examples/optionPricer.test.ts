import { expect } from 'chai'
import { ethers, networkHelpers, NO_POLICY, ONE, published } from '../feeds/scene.ts'

const { loadFixture, time } = networkHelpers

const DAY = 86_400
const YEAR = 365 * DAY
const MAX_TENOR = 30 * DAY

/** A pricer over a forecast of 20 per cent, and what it quotes where the interval has no width. */
async function pricer() {
  const { network, topic } = await published()
  const policy = { ...NO_POLICY, maxAge: 7200n, maxWidth: ONE }
  const contract = await ethers.deployContract('OptionPricer', [network, topic, policy, MAX_TENOR])

  async function premiums(at: { spot: number; strike: number; days: number; volatility: number }) {
    await network.publish!(topic, fixed(at.volatility), 0n)
    const expiry = (await time.latest()) + at.days * DAY
    const [bid, ask] = await contract.quoteCall!(fixed(at.spot), fixed(at.strike), expiry)
    const [, put] = await contract.quotePut!(fixed(at.spot), fixed(at.strike), expiry)
    expect(bid).to.equal(ask)
    return { call: Number(ask) / 1e18, put: Number(put) / 1e18 }
  }
  return { premiums }
}

describe('OptionPricer', () => {
  for (const volatility of [1, 20, 80, 450])
    it(`agrees with the expected payoff at ${volatility} % a year`, async () => {
      const { premiums } = await loadFixture(pricer)
      for (const days of [1, 7, 30])
        for (const strike of [1500, 2850, 3000, 3150, 6000]) {
          const at = { spot: 3000, strike, days, volatility }
          const { call, put } = await premiums(at)
          const deviation = (volatility / 100) * Math.sqrt((days * DAY) / YEAR)
          const bound = 7.5e-8 * (at.spot + strike) + 1e-9
          for (const [premium, sign] of [
            [call, 1],
            [put, -1],
          ] as const) {
            const error = Math.abs(premium - expectedPayoff({ ...at, deviation, sign }))
            expect(error <= bound, `${strike} in ${days} days, ${sign}: ${error}`).to.equal(true)
          }
        }
    })
})

/** Mean of what the option pays under a lognormal price, by Simpson's rule from the strike on: no closed formula in it. */
function expectedPayoff({
  spot,
  strike,
  deviation,
  sign,
}: {
  spot: number
  strike: number
  deviation: number
  sign: number
}): number {
  const kink = (Math.log(strike / spot) + deviation ** 2 / 2) / deviation
  const [from, to] = sign > 0 ? [Math.max(kink, -12), 12] : [-12, Math.min(kink, 12)]
  if (from >= to) return 0
  const steps = 20_000
  const width = (to - from) / steps
  let sum = 0
  for (let i = 0; i <= steps; i++) {
    const z = from + i * width
    const price = spot * Math.exp(deviation * z - deviation ** 2 / 2)
    const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)
    const weight = i === 0 || i === steps ? 1 : i % 2 === 0 ? 2 : 4
    sum += weight * sign * (price - strike) * density
  }
  return (sum * width) / 3
}

function fixed(value: number): bigint {
  return BigInt(Math.round(value * 1e6)) * 10n ** 12n
}
