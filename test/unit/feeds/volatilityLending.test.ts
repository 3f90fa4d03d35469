import { expect } from 'chai'
import { ethers, networkHelpers, NO_POLICY, ONE, published } from './scene.ts'

const { loadFixture, time } = networkHelpers

const PAUSE = 3600
const borrower = (await ethers.getSigners())[1]!

const terms = { minBps: 4000, maxBps: 8000, stepBps: 500, pause: PAUSE, calm: 20n * ONE }
const policy = { ...NO_POLICY, maxAge: 7200n }

/** A lender with money, a borrower with 1,000 of collateral; volatility is forecast at 20, which is calm. */
async function supplied() {
  const scene = await published()
  const { network, topic } = scene
  const collateral = await ethers.deployContract('TestToken', ['Collateral', 'C'])
  const asset = await ethers.deployContract('TestToken', ['Asset', 'A'])
  const args = [network, topic, policy, collateral, asset, terms]
  const lending = await ethers.deployContract('VolatilityLending', args)
  await asset.mint!(lending, 10_000n)
  await collateral.mint!(borrower, 1_000n)
  await collateral.connect(borrower).getFunction('approve')(lending, 1_000n)
  await asset.connect(borrower).getFunction('approve')(lending, 10_000n)
  const as = lending.connect(borrower) as typeof lending
  await as.supply!(1_000n)
  return { ...scene, collateral, asset, lending, as }
}

type Scene = Awaited<ReturnType<typeof supplied>>

/** Publishes and moves, as often as it takes to get anywhere. */
async function settleAt({ network, topic, lending }: Scene, volatility: bigint) {
  for (let i = 0; i < 10; ++i) {
    await time.increase(PAUSE)
    await network.publish!(topic, volatility, ONE)
    await lending.update!()
  }
  return lending.loanToValueBps!() as Promise<bigint>
}

describe('ForecastReader', () => {
  it('keeps its policy', async () => {
    const { lending } = await loadFixture(supplied)

    expect(await lending.policy!()).to.deep.equal(Object.values(policy))
  })

  it('reads what the policy accepts', async () => {
    const { lending } = await loadFixture(supplied)

    expect(await lending.tryRead!()).to.deep.equal([true, 0n, 20n * ONE])
    expect(await lending.readOr!(7n)).to.equal(20n * ONE)
    expect((await lending.readOrRevert!()).value).to.equal(20n * ONE)
  })

  it('says why not, falls back, or reverts', async () => {
    const { network, topic, lending } = await loadFixture(supplied)
    await network.setThin!(topic)

    expect(await lending.tryRead!()).to.deep.equal([false, 7n, 20n * ONE])
    expect(await lending.readOr!(7n)).to.equal(7n)
    await expect(lending.readOrRevert!())
      .to.be.revertedWithCustomError(lending, 'ForecastThin')
      .withArgs(1)
  })

  it('reads a value and a fallback below zero', async () => {
    const { network, topic, lending } = await loadFixture(supplied)
    await network.setNegative!(topic)

    expect(await lending.readOr!(-7n)).to.equal(-20n * ONE)
    await network.setStale!(topic)
    expect(await lending.readOr!(-7n)).to.equal(-7n)
  })
})

describe('VolatilityLending', () => {
  for (const [what, changes] of [
    ['a least above the most', { minBps: 8001 }],
    ['lending the whole collateral', { maxBps: 10_000 }],
    ['steps of nothing', { stepBps: 0 }],
    ['no pause between two steps', { pause: 0 }],
    ['a calm of zero', { calm: 0n }],
  ] as const)
    it(`refuses ${what}`, async () => {
      const { network, topic } = await loadFixture(published)
      const factory = await ethers.getContractFactory('VolatilityLending')
      const zero = ethers.ZeroAddress

      await expect(
        factory.deploy(network, topic, policy, zero, zero, { ...terms, ...changes }),
      ).to.be.revertedWithCustomError(factory, 'UnsoundTerms')
    })

  it('refuses tokens of different decimals', async () => {
    const { network, topic } = await loadFixture(published)
    const factory = await ethers.getContractFactory('VolatilityLending')
    const collateral = await ethers.deployContract('TestToken', ['Collateral', 'C'])
    const asset = await ethers.deployContract('MockAggregator', [6, 'six decimals'])

    await expect(factory.deploy(network, topic, policy, collateral, asset, terms))
      .to.be.revertedWithCustomError(factory, 'DecimalsDiffer')
      .withArgs(18, 6)
  })

  it('begins careful and moves a step at a time, once a pause', async () => {
    const { lending } = await loadFixture(supplied)

    expect(await lending.loanToValueBps!()).to.equal(4000n)
    await expect(lending.update!()).to.emit(lending, 'LoanToValueMoved').withArgs(4000, 4500, true)
    await lending.update!()
    expect(await lending.loanToValueBps!()).to.equal(4500n)
  })

  for (const [volatility, loanToValueBps] of [
    [1n * ONE, 8000n],
    [20n * ONE, 8000n],
    [25n * ONE, 6400n],
    [40n * ONE, 4000n],
    [900n * ONE, 4000n],
    [0n, 4000n],
    [-20n * ONE, 4000n],
  ] as const)
    it(`lends ${loanToValueBps} basis points at a volatility of ${volatility / ONE}`, async () => {
      const scene = await loadFixture(supplied)

      expect(await settleAt(scene, volatility)).to.equal(loanToValueBps)
    })

  it('drifts back to careful while there is no forecast to rely on', async () => {
    const scene = await loadFixture(supplied)
    const { network, topic, lending } = scene
    await settleAt(scene, 20n * ONE)
    await network.setThin!(topic)
    await time.increase(PAUSE)

    await expect(lending.update!()).to.emit(lending, 'LoanToValueMoved').withArgs(8000, 7500, false)
  })

  it('makes up for no lost time: a long silence moves one step', async () => {
    const { network, topic, lending } = await loadFixture(supplied)
    await time.increase(100 * PAUSE)
    await network.publish!(topic, 20n * ONE, ONE)

    await lending.update!()
    expect(await lending.loanToValueBps!()).to.equal(4500n)
  })

  it('lends up to the limit and no unit more', async () => {
    const { asset, lending, as } = await loadFixture(supplied)

    await expect(as.borrow!(451n))
      .to.be.revertedWithCustomError(lending, 'NotCovered')
      .withArgs(451, 450)
    await expect(as.borrow!(450n)).to.changeTokenBalances(ethers, asset, [borrower], [450n])
  })

  it('gives back what no debt needs, and asks for no more than is owed', async () => {
    const { collateral, lending, as } = await loadFixture(supplied)
    await as.borrow!(90n)

    await expect(as.withdraw!(1_001n))
      .to.be.revertedWithCustomError(lending, 'TooMuch')
      .withArgs(1_001, 1_000)
    await expect(as.withdraw!(801n))
      .to.be.revertedWithCustomError(lending, 'NotCovered')
      .withArgs(90, 89)
    await expect(as.withdraw!(800n)).to.changeTokenBalances(ethers, collateral, [borrower], [800n])
    await expect(as.repay!(91n)).to.be.revertedWithCustomError(lending, 'TooMuch').withArgs(91, 90)
    await as.repay!(90n)
    expect(await lending.debtOf!(borrower)).to.equal(0n)
  })

  it('leaves old loans alone when the limit falls', async () => {
    const scene = await loadFixture(supplied)
    const { lending, as } = scene
    await settleAt(scene, 20n * ONE)
    await as.borrow!(800n)

    expect(await settleAt(scene, 900n * ONE)).to.equal(4000n)
    expect(await lending.debtOf!(borrower)).to.equal(800n)
    await expect(as.borrow!(1n)).to.be.revertedWithCustomError(lending, 'NotCovered')
  })
})
