import { expect } from 'chai'
import { network } from 'hardhat'

const { ethers, networkHelpers } = await network.create()
const { loadFixture, time } = networkHelpers

const UNKNOWN = 0n
const KNOWN = 1n
const VOID = 3n

const HEARTBEAT = 3600
const TARGET = 2_000_000_000
const TOPIC = ethers.ZeroHash

const idOf = (phase: bigint, number: bigint) => (phase << 64n) | number
const proofOf = (...ids: bigint[]) =>
  ethers.AbiCoder.defaultAbiCoder().encode(
    ids.map(() => 'uint80'),
    ids,
  )

/** Fixtures share a chain, on which time never runs back. */
async function passTarget() {
  if ((await time.latest()) < TARGET + 10) await time.increaseTo(TARGET + 10)
}

/** Rounds 1 to 3 of phase 1; the second is the last before the target. */
async function reported() {
  const feed = await ethers.deployContract('MockAggregator', [8, 'ETH / USD'])
  await feed.push!(100_00000000n, TARGET - 5000)
  await feed.push!(200_00000000n, TARGET - 1000)
  await feed.push!(300_00000000n, TARGET + 1)
  const truth = await ethers.deployContract('FeedTruth', [feed, HEARTBEAT])
  await passTarget()

  const ask = (...ids: bigint[]) => truth.truthOf!(TOPIC, 0, TARGET, proofOf(...ids))
  return { feed, truth, ask }
}

/** As `reported`, up to the second round; then the phase ends. */
async function replaced() {
  const feed = await ethers.deployContract('MockAggregator', [8, 'ETH / USD'])
  await feed.push!(100_00000000n, TARGET - 5000)
  await feed.push!(200_00000000n, TARGET - 1000)
  const truth = await ethers.deployContract('FeedTruth', [feed, HEARTBEAT])
  await feed.startPhase!()
  await passTarget()

  const ask = (...ids: bigint[]) => truth.truthOf!(TOPIC, 0, TARGET, proofOf(...ids))
  return { feed, truth, ask }
}

describe('FeedTruth', () => {
  describe('deployed', () => {
    it('refuses a feed with more than 18 decimals', async () => {
      const feed = await ethers.deployContract('MockAggregator', [19, 'too fine'])
      const factory = await ethers.getContractFactory('FeedTruth')

      await expect(factory.deploy(feed, HEARTBEAT))
        .to.be.revertedWithCustomError(factory, 'TooManyDecimals')
        .withArgs(19, 18)
    })

    it('refuses a heartbeat of zero', async () => {
      const feed = await ethers.deployContract('MockAggregator', [8, 'ETH / USD'])
      const factory = await ethers.getContractFactory('FeedTruth')

      await expect(factory.deploy(feed, 0)).to.be.revertedWithCustomError(factory, 'ZeroHeartbeat')
    })

    it('keeps its terms', async () => {
      const { feed, truth } = await loadFixture(reported)

      expect(await truth.aggregator!()).to.equal(await feed.getAddress())
      expect(await truth.heartbeat!()).to.equal(HEARTBEAT)
      expect(await truth.scale!()).to.equal(10n ** 10n)
      expect(await truth.firstPhase!()).to.equal(1n)
    })
  })

  describe('a round the feed has moved past', () => {
    it('is unknown before its target time', async () => {
      const { truth } = await loadFixture(reported)
      const target = (await time.latest()) + 1

      const status = await truth.truthOf!(TOPIC, 0, target, proofOf(idOf(1n, 3n)))

      expect(status).to.deep.equal([UNKNOWN, 0n])
    })

    it('is unknown without a proof, or with part of one', async () => {
      const { truth } = await loadFixture(reported)

      for (const proof of ['0x', '0x00', proofOf(idOf(1n, 2n)) + '00'])
        expect(await truth.truthOf!(TOPIC, 0, TARGET, proof)).to.deep.equal([UNKNOWN, 0n])
    })

    it('is unknown by a round the feed does not have', async () => {
      const { ask } = await loadFixture(reported)

      for (const id of [0n, idOf(0n, 2n), idOf(1n, 0n), idOf(1n, 9n), idOf(1n, 2n ** 64n - 1n)])
        expect(await ask(id)).to.deep.equal([UNKNOWN, 0n])
    })

    it('is unknown by an incomplete round', async () => {
      const { feed, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, 0)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is unknown by a later round', async () => {
      const { ask } = await loadFixture(reported)

      expect(await ask(idOf(1n, 3n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is unknown by an older round (staleOracle)', async () => {
      const { ask } = await loadFixture(reported)

      expect(await ask(idOf(1n, 1n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is known by the last round before the target, in 18 decimals', async () => {
      const { ask } = await loadFixture(reported)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, 200n * 10n ** 18n])
    })

    it('counts an answer at the very target time', async () => {
      const { feed, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, 200n * 10n ** 18n])
    })

    it('takes negative answers and zero', async () => {
      const { feed, ask } = await loadFixture(reported)

      await feed.set!(idOf(1n, 2n), -5n, TARGET - 1)
      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, -5n * 10n ** 10n])
      await feed.set!(idOf(1n, 2n), 0n, TARGET - 1)
      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, 0n])
    })

    it('is found by proofOf', async () => {
      const { truth } = await loadFixture(reported)

      expect(await truth.proofOf!(TARGET)).to.equal(proofOf(idOf(1n, 2n)))
    })

    it('costs at most 12,000 gas cold', async () => {
      const { truth } = await loadFixture(reported)
      const data = truth.interface.encodeFunctionData('truthOf', [
        TOPIC,
        7,
        TARGET,
        proofOf(idOf(1n, 2n)),
      ])
      const bytes = ethers.getBytes(data)
      const intrinsic = bytes.reduce((gas, byte) => gas + (byte === 0 ? 4n : 16n), 21_000n)

      const gas = (await ethers.provider.estimateGas({ to: truth, data })) - intrinsic

      expect(gas).to.be.lessThan(12_000n)
    })
  })

  describe('a feed that was silent', () => {
    it('holds at exactly the heartbeat', async () => {
      const { feed, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET - HEARTBEAT)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, 200n * 10n ** 18n])
    })

    it('makes the round void one second later', async () => {
      const { feed, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET - HEARTBEAT - 1)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([VOID, 0n])
    })

    it('is not void by an older round', async () => {
      const { ask } = await loadFixture(reported)

      expect(await ask(idOf(1n, 1n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is not void before the feed answers again', async () => {
      const { feed, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET - HEARTBEAT - 1)
      await feed.set!(idOf(1n, 3n), 0n, 0)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is not void where the feed answers again only after another heartbeat', async () => {
      const { feed, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET - HEARTBEAT - 1)
      await feed.set!(idOf(1n, 3n), 200_00000000n, TARGET + HEARTBEAT)
      expect(await ask(idOf(1n, 2n))).to.deep.equal([VOID, 0n])

      await feed.set!(idOf(1n, 3n), 200_00000000n, TARGET + HEARTBEAT + 1)
      expect(await ask(idOf(1n, 2n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('stays void when a later phase brings a fresh answer along', async () => {
      const { feed, truth, ask } = await loadFixture(reported)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET - HEARTBEAT - 1)
      await feed.startPhase!()
      await feed.push!(300_00000000n, TARGET - 10)
      await feed.push!(301_00000000n, TARGET + 1)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([VOID, 0n])
      expect(await ask(idOf(2n, 1n), idOf(1n, 2n))).to.deep.equal([UNKNOWN, 0n])
      expect(await truth.proofOf!(TARGET)).to.equal(proofOf(idOf(1n, 2n)))
    })
  })

  describe('a feed whose phase has changed', () => {
    it('is known by the old phase before the next one answers', async () => {
      const { ask } = await loadFixture(replaced)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, 200n * 10n ** 18n])
    })

    it('is known by the old phase when the next one begins after the target', async () => {
      const { feed, truth, ask } = await loadFixture(replaced)
      await feed.push!(300_00000000n, TARGET + 1)

      expect(await ask(idOf(1n, 2n))).to.deep.equal([KNOWN, 200n * 10n ** 18n])
      expect(await truth.proofOf!(TARGET)).to.equal(proofOf(idOf(1n, 2n)))
    })

    it('is not known by an older round of the old phase (phaseJumper)', async () => {
      const { feed, ask } = await loadFixture(replaced)
      await feed.push!(300_00000000n, TARGET + 1)

      expect(await ask(idOf(1n, 1n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is not known by the new phase while the old one was fresh (phaseJumper)', async () => {
      const { feed, ask } = await loadFixture(replaced)
      await feed.push!(300_00000000n, TARGET - 10)
      await feed.push!(301_00000000n, TARGET + 1)
      const [fresh, stale, none] = [idOf(1n, 2n), idOf(1n, 1n), idOf(1n, 0n)]

      for (const old of [fresh, stale, none, idOf(2n, 1n)])
        expect(await ask(idOf(2n, 1n), old)).to.deep.equal([UNKNOWN, 0n])
      expect(await ask(idOf(2n, 1n))).to.deep.equal([UNKNOWN, 0n])
    })

    it('is known by the new phase when the old one had gone silent', async () => {
      const { feed, truth, ask } = await loadFixture(replaced)
      await feed.set!(idOf(1n, 2n), 200_00000000n, TARGET - HEARTBEAT - 1)
      await feed.push!(300_00000000n, TARGET - 10)
      await feed.push!(301_00000000n, TARGET + 1)

      expect(await ask(idOf(2n, 1n), idOf(1n, 2n))).to.deep.equal([KNOWN, 300n * 10n ** 18n])
      expect(await truth.proofOf!(TARGET)).to.equal(proofOf(idOf(2n, 1n), idOf(1n, 2n)))
      expect(await ask(idOf(2n, 1n), idOf(1n, 1n))).to.deep.equal([UNKNOWN, 0n])
    })
  })

  describe('a feed that reverts for unknown rounds', () => {
    async function rude() {
      const feed = await ethers.deployContract('RudeAggregator')
      await feed.push!(100_00000000n, TARGET - 2000)
      await feed.push!(200_00000000n, TARGET - 1000)
      const truth = await ethers.deployContract('FeedTruth', [feed, HEARTBEAT])
      await feed.startPhase!()
      await feed.push!(300_00000000n, TARGET + 1)
      await passTarget()
      return { feed, truth }
    }

    it('is read as if it answered zeros', async () => {
      const { truth } = await loadFixture(rude)
      const proof = proofOf(idOf(1n, 2n))

      expect(await truth.truthOf!(TOPIC, 0, TARGET, proof)).to.deep.equal([
        KNOWN,
        200n * 10n ** 18n,
      ])
    })

    it('cannot be made to hide a round by starving the call of gas', async () => {
      const { feed, truth } = await loadFixture(rude)
      await feed.setGasBurntIn!(1, 400_000)
      const proof = proofOf(idOf(1n, 1n))

      for (let gas = 500_000; gas < 1_000_000; gas += 10_000) {
        const answer = await truth.truthOf!(TOPIC, 0, TARGET, proof, { gasLimit: gas }).catch(
          () => [UNKNOWN, 0n],
        )
        expect(answer).to.deep.equal([UNKNOWN, 0n])
      }
    })
  })
})
