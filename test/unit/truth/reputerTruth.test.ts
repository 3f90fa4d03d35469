import { expect } from 'chai'
import { network } from 'hardhat'

const { ethers, networkHelpers } = await network.create()
const { time } = networkHelpers

const [UNKNOWN, KNOWN, VOID] = [0n, 1n, 3n]
const statuses = ['None', 'Open', 'Published', 'Disputed', 'Resolved', 'Settled', 'Void']
const PUBLISHED = statuses.indexOf('Published')
const STAYS = 2n ** 40n - 1n
const TOPIC = ethers.id('what happened?')
const OTHER_TOPIC = ethers.id('what else?')
const TRUTH = 1234n * 10n ** 18n
const STAKE = 1000n

const START = 2_000_000_000
const CADENCE = 1000
const HORIZON = 500
const TRUTH_WINDOW = 1500
const RING = 3
const COMMIT_WINDOW = 100
const REVEAL_WINDOW = 200
const UNSTAKE_DELAY = 5000

const targetOf = (round: number) => START + HORIZON + round * CADENCE
const revealOf = (round: number) => targetOf(round) + COMMIT_WINDOW
const tallyOf = (round: number) => revealOf(round) + REVEAL_WINDOW
const saltOf = (reputer: { address: string }) => ethers.id(reputer.address)

const accounts = await ethers.getSigners()
const ann = accounts[0]!
const bea = accounts[1]!
const cid = accounts[2]!
const dan = accounts[3]!
const sink = accounts[4]!

const terms = {
  token: ethers.ZeroAddress,
  network: ethers.ZeroAddress,
  sink: sink.address,
  commitWindow: COMMIT_WINDOW,
  revealWindow: REVEAL_WINDOW,
  challengeWindow: 0,
  unstakeDelay: UNSTAKE_DELAY,
  minStake: 500n,
  quorumBps: 6000,
  outlierBps: 2000,
  silenceBps: 100,
  toleranceBps: 10,
  tolerance: 5n,
}

/** A source over two topics it is the truth of, whose first rounds are published, and accounts with tokens. */
async function deployed(challengeWindow = 0) {
  const token = await ethers.deployContract('TestToken', ['Test', 'T'])
  const topics = await ethers.deployContract('MockTopics')
  const truth = await ethers.deployContract('ReputerTruth', [
    { ...terms, token, network: topics, challengeWindow },
  ])
  for (const topic of [TOPIC, OTHER_TOPIC])
    await topics.setTopic!(topic, truth, START, CADENCE, HORIZON, TRUTH_WINDOW)
  for (let round = 0; round <= RING + 1; ++round) await topics.setStatus!(TOPIC, round, PUBLISHED)
  for (const account of accounts) {
    await token.mint!(account, 1_000_000n)
    await token.connect(account).getFunction('approve')(truth, ethers.MaxUint256)
  }

  const as = (account: typeof ann) => truth.connect(account) as typeof truth
  const held = () => token.balanceOf!(truth)
  return { token, topics, truth, as, held }
}

async function seated() {
  const stage = await deployed()
  for (const [seat, reputer] of [ann, bea, cid].entries())
    await stage.as(reputer).takeSeat!(TOPIC, seat, STAKE)
  return stage
}

/** Round 0: Ann and Bea sealed the truth, Cid a lie. */
async function committed() {
  const stage = await seated()
  const { truth, as } = stage
  const sealedBy = (reputer: typeof ann, value: bigint) =>
    truth.commitmentOf!(TOPIC, 0, reputer, value, saltOf(reputer))
  await passTime(targetOf(0))
  await as(ann).commit!(TOPIC, 0, await sealedBy(ann, TRUTH))
  await as(bea).commit!(TOPIC, 0, await sealedBy(bea, TRUTH + 1n))
  await as(cid).commit!(TOPIC, 0, await sealedBy(cid, -TRUTH))
  return { ...stage, sealedBy }
}

async function revealed() {
  const stage = await committed()
  await passTime(revealOf(0))
  await stage.as(ann).reveal!(TOPIC, 0, TRUTH, saltOf(ann))
  await stage.as(bea).reveal!(TOPIC, 0, TRUTH + 1n, saltOf(bea))
  await stage.as(cid).reveal!(TOPIC, 0, -TRUTH, saltOf(cid))
  return stage
}

async function tallied() {
  const stage = await revealed()
  await stage.truth.tally!(TOPIC, 0)
  return stage
}

async function passTime(instant: number) {
  await time.setNextBlockTimestamp(instant)
}

const stakeOf = async (truth: Awaited<ReturnType<typeof deployed>>['truth'], reputer: typeof ann) =>
  (await truth.reputerOf!(TOPIC, reputer)).stake as bigint

// Time never runs back on a chain: every test begins at the same instant.
const beginning = await networkHelpers.takeSnapshot()

describe('ReputerTruth', () => {
  beforeEach(() => beginning.restore())

  describe('deploying', () => {
    const wrong = [
      ['commitWindow', 59, 60, 2n ** 32n - 1n],
      ['revealWindow', 59, 60, 2n ** 32n - 1n],
      ['challengeWindow', 59, 60, 2n ** 32n - 1n],
      ['minStake', 0, 1, 2n ** 96n - 1n],
      ['quorumBps', 5000, 5001, 10_000],
      ['outlierBps', 10_001, 1, 10_000],
      ['silenceBps', 0, 1, 10_000],
      ['toleranceBps', 10_001, 0, 10_000],
    ] as const

    it('refuses to slash into nowhere', async () => {
      const factory = await ethers.getContractFactory('ReputerTruth')

      await expect(factory.deploy({ ...terms, sink: ethers.ZeroAddress }))
        .to.be.revertedWithCustomError(factory, 'ZeroAddress')
        .withArgs('sink')
    })

    for (const [term, actual, least, most] of wrong)
      it(`refuses ${term} ${actual}`, async () => {
        const factory = await ethers.getContractFactory('ReputerTruth')

        await expect(factory.deploy({ ...terms, [term]: actual }))
          .to.be.revertedWithCustomError(factory, 'OutOfBounds')
          .withArgs(term, actual, least, most)
      })
  })

  describe('taking a seat', () => {
    it('refuses a topic with another truth', async () => {
      const { truth } = await deployed()

      await expect(truth.takeSeat!(ethers.ZeroHash, 0, STAKE))
        .to.be.revertedWithCustomError(truth, 'UnknownTopic')
        .withArgs(ethers.ZeroHash)
    })

    it('refuses a topic whose truth window is too short', async () => {
      const { truth, topics } = await deployed()
      const windows = COMMIT_WINDOW + REVEAL_WINDOW
      await topics.setTopic!(TOPIC, truth, START, CADENCE, HORIZON, windows)

      await expect(truth.takeSeat!(TOPIC, 0, STAKE))
        .to.be.revertedWithCustomError(truth, 'WindowsTooLong')
        .withArgs(windows, windows)
    })

    it('refuses a seat beyond the next one, and a seventeenth', async () => {
      const { truth, as } = await deployed()

      await expect(truth.takeSeat!(TOPIC, 1, STAKE))
        .to.be.revertedWithCustomError(truth, 'UnknownSeat')
        .withArgs(1, 0)
      for (let seat = 0; seat < 16; ++seat) await as(accounts[seat]!).takeSeat!(TOPIC, seat, STAKE)
      await expect(as(accounts[16]!).takeSeat!(TOPIC, 16, STAKE))
        .to.be.revertedWithCustomError(truth, 'UnknownSeat')
        .withArgs(16, 15)
    })

    it('refuses less than the minimum', async () => {
      const { truth } = await deployed()

      await expect(truth.takeSeat!(TOPIC, 0, 499n))
        .to.be.revertedWithCustomError(truth, 'BelowMinStake')
        .withArgs(499n, 500n)
    })

    it('refuses a second seat', async () => {
      const { truth, as } = await seated()

      await expect(as(ann).takeSeat!(TOPIC, 3, STAKE))
        .to.be.revertedWithCustomError(truth, 'AlreadySeated')
        .withArgs(ann.address)
    })

    it('refuses to displace for less than 10 % more', async () => {
      const { truth, as } = await seated()

      await expect(as(dan).takeSeat!(TOPIC, 0, 1099n))
        .to.be.revertedWithCustomError(truth, 'StakeTooLow')
        .withArgs(1099n, 1100n)
    })

    it('seats from the next round on, tells it and takes the money', async () => {
      const { truth, token, as } = await seated()
      await passTime(targetOf(4))

      const taking = as(dan).takeSeat!(TOPIC, 3, STAKE)

      await expect(taking).to.emit(truth, 'SeatTaken').withArgs(TOPIC, dan.address, 3, STAKE, 5)
      await expect(taking).to.changeTokenBalances(ethers, token, [dan, truth], [-STAKE, STAKE])
      expect(await truth.reputerOf!(TOPIC, dan)).to.deep.equal([
        dan.address,
        STAKE,
        5n,
        2n ** 32n - 1n,
        STAYS,
        0n,
        3n,
      ])
      expect(await truth.seatOf!(TOPIC, 3)).to.equal(dan.address)
      expect(await truth.reporterOf!(TOPIC, 4, 3)).to.deep.equal([ethers.ZeroAddress, 0n])
      expect(await truth.reporterOf!(TOPIC, 5, 3)).to.deep.equal([dan.address, STAKE])
    })

    it('opens the panel with the first seat', async () => {
      const { truth, as } = await deployed()

      await expect(as(ann).takeSeat!(TOPIC, 0, STAKE))
        .to.emit(truth, 'PanelOpened')
        .withArgs(TOPIC, targetOf(0), CADENCE, RING)
    })

    it('makes the displaced leave, with its money and its open rounds', async () => {
      const { truth, as } = await committed()

      await expect(as(dan).takeSeat!(TOPIC, 0, 1100n)).to.emit(truth, 'Leaving')

      expect((await truth.reputerOf!(TOPIC, ann)).until).to.equal(1n)
      expect(await stakeOf(truth, ann)).to.equal(STAKE)
      await passTime(revealOf(0))
      await as(ann).reveal!(TOPIC, 0, TRUTH, saltOf(ann))
      await expect(as(dan).commit!(TOPIC, 0, ethers.hexlify(new Uint8Array(27))))
        .to.be.revertedWithCustomError(truth, 'NotSeated')
        .withArgs(dan.address, 0)
    })

    it('refuses a token that keeps part of the transfer', async () => {
      const { truth, topics } = await deployed()
      const token = await ethers.deployContract('FeeToken')
      const taxed = await ethers.deployContract('ReputerTruth', [
        { ...terms, token, network: topics },
      ])
      await topics.setTopic!(TOPIC, taxed, START, CADENCE, HORIZON, TRUTH_WINDOW)
      await token.mint!(ann, STAKE)
      await token.connect(ann).getFunction('approve')(taxed, STAKE)

      await expect((taxed.connect(ann) as typeof truth).takeSeat!(TOPIC, 0, STAKE))
        .to.be.revertedWithCustomError(truth, 'WrongTransfer')
        .withArgs(STAKE - 1n, STAKE)
    })
  })

  describe('seated', () => {
    const blank = ethers.hexlify(new Uint8Array(27))

    it('refuses a report of a stranger', async () => {
      const { truth, as } = await seated()

      await expect(as(dan).commit!(TOPIC, 0, blank))
        .to.be.revertedWithCustomError(truth, 'NotSeated')
        .withArgs(dan.address, 0)
    })

    for (const [when, instant] of [
      ['before the target time', targetOf(0) - 1],
      ['when the window is over', revealOf(0)],
    ] as const)
      it(`refuses a report ${when}`, async () => {
        const { truth, as } = await seated()
        await passTime(instant)

        await expect(as(ann).commit!(TOPIC, 0, blank))
          .to.be.revertedWithCustomError(truth, 'OutsideWindow')
          .withArgs(instant, targetOf(0), revealOf(0))
      })

    it('refuses a second report', async () => {
      const { truth, as } = await committed()

      await expect(as(ann).commit!(TOPIC, 0, blank))
        .to.be.revertedWithCustomError(truth, 'AlreadyCommitted')
        .withArgs(ann.address, 0)
    })

    it('keeps the commitment and tells it', async () => {
      const { truth, as } = await seated()
      const commitment = await truth.commitmentOf!(TOPIC, 0, ann, TRUTH, saltOf(ann))
      await passTime(targetOf(0))

      await expect(as(ann).commit!(TOPIC, 0, commitment))
        .to.emit(truth, 'ReportCommitted')
        .withArgs(TOPIC, 0, ann.address, commitment)
      expect(await truth.reportOf!(TOPIC, 0, 0)).to.deep.equal([commitment, 0n, 1n])
    })

    it('reports on several topics in one transaction', async () => {
      const { truth, as } = await seated()
      await as(ann).takeSeat!(OTHER_TOPIC, 0, STAKE)
      await passTime(targetOf(0))
      const calls = [TOPIC, OTHER_TOPIC].map((topic) =>
        truth.interface.encodeFunctionData('commit', [topic, 0, blank]),
      )

      await as(ann).multicall!(calls)

      for (const topic of [TOPIC, OTHER_TOPIC])
        expect((await truth.reportOf!(topic, 0, 0)).status).to.equal(1n)
    })
  })

  describe('committed', () => {
    it('refuses to open for a stranger', async () => {
      const { truth, as } = await committed()
      await passTime(revealOf(0))

      await expect(as(dan).reveal!(TOPIC, 0, TRUTH, saltOf(dan)))
        .to.be.revertedWithCustomError(truth, 'NotSeated')
        .withArgs(dan.address, 0)
    })

    for (const [when, instant] of [
      ['while others may still seal', revealOf(0) - 1],
      ['when the window is over (lateRevealer)', tallyOf(0)],
    ] as const)
      it(`refuses to open ${when}`, async () => {
        const { truth, as } = await committed()
        await passTime(instant)

        await expect(as(ann).reveal!(TOPIC, 0, TRUTH, saltOf(ann)))
          .to.be.revertedWithCustomError(truth, 'OutsideWindow')
          .withArgs(instant, revealOf(0), tallyOf(0))
      })

    it('refuses to open what was not sealed, or twice', async () => {
      const { truth, as } = await revealed()

      await expect(as(ann).reveal!(TOPIC, 0, TRUTH, saltOf(ann)))
        .to.be.revertedWithCustomError(truth, 'NothingCommitted')
        .withArgs(ann.address, 0)
    })

    it('refuses another value or another salt', async () => {
      const { truth, as } = await committed()
      await passTime(revealOf(0))

      for (const [value, salt] of [
        [TRUTH + 1n, saltOf(ann)],
        [TRUTH, saltOf(bea)],
      ] as const)
        await expect(as(ann).reveal!(TOPIC, 0, value, salt)).to.be.revertedWithCustomError(
          truth,
          'WrongOpening',
        )
    })

    it('refuses a copied commitment (copycat)', async () => {
      const { truth, as, sealedBy } = await seatedCopycat()
      const [copied, own] = [await sealedBy(ann), await sealedBy(cid)]

      await expect(as(cid).reveal!(TOPIC, 0, TRUTH, saltOf(ann)))
        .to.be.revertedWithCustomError(truth, 'WrongOpening')
        .withArgs(own, copied)
    })

    it('refuses an opening in another round or topic', async () => {
      const { truth } = await committed()
      const commitment = await truth.commitmentOf!(TOPIC, 0, ann, TRUTH, saltOf(ann))

      const elsewhere = await Promise.all([
        truth.commitmentOf!(TOPIC, 1, ann, TRUTH, saltOf(ann)),
        truth.commitmentOf!(OTHER_TOPIC, 0, ann, TRUTH, saltOf(ann)),
      ])
      expect(elsewhere).to.not.include(commitment)
    })

    it('keeps the value and tells it', async () => {
      const { truth, as } = await committed()
      await passTime(revealOf(0))

      await expect(as(cid).reveal!(TOPIC, 0, -TRUTH, saltOf(cid)))
        .to.emit(truth, 'ReportRevealed')
        .withArgs(TOPIC, 0, cid.address, -TRUTH)
    })
  })

  async function seatedCopycat() {
    const stage = await seated()
    const sealedBy = (reputer: typeof ann) =>
      stage.truth.commitmentOf!(TOPIC, 0, reputer, TRUTH, saltOf(ann))
    await passTime(targetOf(0))
    await stage.as(ann).commit!(TOPIC, 0, await sealedBy(ann))
    await stage.as(cid).commit!(TOPIC, 0, await sealedBy(ann))
    await passTime(revealOf(0))
    return { ...stage, sealedBy }
  }

  describe('revealed', () => {
    it('refuses a tally while a reveal may come', async () => {
      const { truth } = await committed()
      await passTime(tallyOf(0) - 1)

      await expect(truth.tally!(TOPIC, 0))
        .to.be.revertedWithCustomError(truth, 'OutsideWindow')
        .withArgs(tallyOf(0) - 1, tallyOf(0), targetOf(RING))
    })

    it('refuses a tally when the place belongs to a later round', async () => {
      const { truth } = await revealed()
      await passTime(targetOf(RING))

      await expect(truth.tally!(TOPIC, 0)).to.be.revertedWithCustomError(truth, 'OutsideWindow')
    })

    it('refuses a tally of a topic without a panel', async () => {
      const { truth } = await deployed()

      await expect(truth.tally!(TOPIC, 0)).to.be.revertedWithCustomError(truth, 'OutsideWindow')
    })

    it('refuses a second tally', async () => {
      const { truth } = await tallied()

      await expect(truth.tally!(TOPIC, 0))
        .to.be.revertedWithCustomError(truth, 'AlreadyTallied')
        .withArgs(0)
    })

    for (const [status, name] of statuses.entries()) {
      if (status === PUBLISHED) continue

      it(`refuses a tally of a round that is ${name}, which would cost the silent`, async () => {
        const { truth, topics, as } = await seated()
        await topics.setStatus!(TOPIC, 0, status)

        await expect(playRound({ truth, as }, 0, [TRUTH, TRUTH]))
          .to.be.revertedWithCustomError(truth, 'WrongStatus')
          .withArgs(status, PUBLISHED)
        expect(await stakeOf(truth, cid)).to.equal(STAKE)
      })
    }

    it('is unknown until the tally', async () => {
      const { truth } = await revealed()

      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([UNKNOWN, 0n])
    })

    it('is tallied early when everyone has reported', async () => {
      const { truth } = await revealed()

      await expect(truth.tally!(TOPIC, 0))
        .to.emit(truth, 'RoundTallied')
        .withArgs(TOPIC, 0, KNOWN, TRUTH, 3n * STAKE, 3n * STAKE)
      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([KNOWN, TRUTH])
    })

    it('takes a share of the liar and nothing of the others', async () => {
      const { truth, held } = await revealed()
      const before = await held()

      await expect(truth.tally!(TOPIC, 0))
        .to.emit(truth, 'Slashed')
        .withArgs(TOPIC, 0, cid.address, 200n, false)

      expect(await stakeOf(truth, cid)).to.equal(800n)
      expect(await stakeOf(truth, ann)).to.equal(STAKE)
      expect(await stakeOf(truth, bea)).to.equal(STAKE)
      expect(await truth.claimableOf!(sink)).to.equal(200n)
      expect(await held()).to.equal(before)
    })

    it('lets a report lie at the edge of the tolerance, and no further', async () => {
      const { truth, as } = await seated()
      const allowed = 5n + TRUTH / 1000n
      const values = [TRUTH, TRUTH + allowed, TRUTH - allowed - 1n]
      await playRound({ truth, as }, 0, values)

      expect(await stakeOf(truth, bea)).to.equal(STAKE)
      expect(await stakeOf(truth, cid)).to.equal(800n)
    })

    it('takes a smaller share of the silent', async () => {
      const { truth, as } = await seated()

      await expect(playRound({ truth, as }, 0, [TRUTH, TRUTH]))
        .to.emit(truth, 'Slashed')
        .withArgs(TOPIC, 0, cid.address, 10n, true)
      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([KNOWN, TRUTH])
    })

    it('is void below the quorum, which costs the silent and not the liars', async () => {
      const { truth, as } = await seated()
      await playRound({ truth, as }, 0, [5n])

      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([VOID, 0n])
      expect(await stakeOf(truth, ann)).to.equal(STAKE)
      expect(await stakeOf(truth, bea)).to.equal(990n)
    })

    it('is void from its opening on, without a tally, when nobody had a seat by then', async () => {
      const { truth, as } = await deployed()
      const ask = (round: number) => truth.truthOf!(TOPIC, round, targetOf(round), '0x')
      expect(await ask(0)).to.deep.equal([UNKNOWN, 0n])

      await time.increaseTo(START)
      expect(await ask(0)).to.deep.equal([VOID, 0n])
      expect(await ask(1)).to.deep.equal([UNKNOWN, 0n])
      await as(ann).takeSeat!(TOPIC, 0, STAKE)
      expect(await ask(0)).to.deep.equal([VOID, 0n])

      await passTime(tallyOf(0))
      await expect(truth.tally!(TOPIC, 0))
        .to.be.revertedWithCustomError(truth, 'NobodySeated')
        .withArgs(0)
      expect(await ask(0)).to.deep.equal([VOID, 0n])
      await time.increaseTo(START + CADENCE)
      expect(await ask(1)).to.deep.equal([UNKNOWN, 0n])
      expect(await stakeOf(truth, ann)).to.equal(STAKE)
    })

    it('says nothing of a topic with another truth', async () => {
      const { truth } = await deployed()
      await time.increaseTo(START)

      expect(await truth.truthOf!(ethers.ZeroHash, 0, 0, '0x')).to.deep.equal([UNKNOWN, 0n])
      expect(await truth.truthOf!(TOPIC, 2n ** 255n, 0, '0x')).to.deep.equal([UNKNOWN, 0n])
    })

    it('takes the lower value of a tie', async () => {
      const { truth, as } = await seated()
      await as(dan).takeSeat!(TOPIC, 3, STAKE)
      await playRound({ truth, as }, 0, [8n, 2n, 2n, 8n])

      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([KNOWN, 2n])
    })

    it('makes a reputer leave that has fallen below half of the minimum, and no sooner', async () => {
      const { truth, topics, as } = await seated()
      for (let round = 0; round < 7; ++round) {
        await topics.setStatus!(TOPIC, round, PUBLISHED)
        expect((await truth.reputerOf!(TOPIC, cid)).leavesAt, `in ${round}`).to.equal(STAYS)
        await playRound({ truth, as }, round, [TRUTH, TRUTH, 0n])
      }

      expect(await stakeOf(truth, cid)).to.equal(208n)
      expect((await truth.reputerOf!(TOPIC, cid)).until).to.equal(7n)
      expect(await truth.seatOf!(TOPIC, 2)).to.equal(ethers.ZeroAddress)
      expect(await truth.reporterOf!(TOPIC, 6, 2)).to.deep.equal([cid.address, 261n])
    })

    it('weighs and slashes alike in whatever order rounds are tallied', async () => {
      const outcomes = []
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        await beginning.restore()
        const stage = await deployed()
        const { truth, topics, as } = stage
        await topics.setTopic!(TOPIC, truth, START, 100, HORIZON, TRUTH_WINDOW)
        for (const [seat, reputer] of [ann, bea, cid].entries())
          await as(reputer).takeSeat!(TOPIC, seat, seat === 2 ? 1_900n : STAKE)
        const targets = [0, 1].map((round) => START + HORIZON + round * 100)
        // Cid's lie outweighs nobody in round 0; were it slashed for that first, it would no longer be the median of round 1.
        const values = [
          [TRUTH, TRUTH, 0n],
          [0n, TRUTH, TRUTH],
        ]
        for (const round of [0, 1]) {
          await passTime(targets[round]!)
          for (const [i, reputer] of [ann, bea, cid].entries()) {
            const value = values[round]![i]
            const sealed = await truth.commitmentOf!(TOPIC, round, reputer, value, saltOf(reputer))
            await as(reputer).commit!(TOPIC, round, sealed)
          }
        }
        await passTime(targets[1]! + COMMIT_WINDOW)
        for (const round of [0, 1])
          for (const [i, reputer] of [ann, bea, cid].entries())
            await as(reputer).reveal!(TOPIC, round, values[round]![i], saltOf(reputer))
        for (const round of order) await truth.tally!(TOPIC, round)
        outcomes.push({
          truths: [
            await truth.truthOf!(TOPIC, 0, 0, '0x'),
            await truth.truthOf!(TOPIC, 1, 0, '0x'),
          ],
          stakes: [await stakeOf(truth, ann), await stakeOf(truth, bea), await stakeOf(truth, cid)],
        })
      }
      expect(outcomes[0]).to.deep.equal(outcomes[1])
    })

    it('tolerates 1 % of sigma and one unit of the decimals at least', async () => {
      for (const [decimals, sigma, least] of [
        [18, 0n, 5n],
        [18, 900n, 9n],
        [2, 900n, 10n ** 16n],
      ] as const) {
        const { truth, topics, as } = await deployed()
        await topics.setScale!(TOPIC, decimals, sigma)
        await as(ann).takeSeat!(TOPIC, 0, STAKE)
        expect((await truth.panelOf!(TOPIC)).tolerance).to.equal(least)
      }
    })

    it('waits for the challenge window', async () => {
      const { truth, as } = await deployed(500)
      for (const [seat, reputer] of [ann, bea, cid].entries())
        await as(reputer).takeSeat!(TOPIC, seat, STAKE)
      await playRound({ truth, as }, 0, [TRUTH, TRUTH, TRUTH])
      const talliedAt = await time.latest()

      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([UNKNOWN, 0n])
      await time.increaseTo(talliedAt + 500)
      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([KNOWN, TRUTH])
    })

    it('forgets a round when its place is needed again', async () => {
      const { truth, as } = await tallied()
      for (let round = 1; round <= RING; ++round)
        await playRound({ truth, as }, round, [1n, 1n, 1n])

      expect(await truth.truthOf!(TOPIC, 0, targetOf(0), '0x')).to.deep.equal([UNKNOWN, 0n])
      expect(await truth.truthOf!(TOPIC, RING, 0, '0x')).to.deep.equal([KNOWN, 1n])
    })
  })

  /** Everyone with a value reports it; the others are silent. */
  async function playRound(
    { truth, as }: Pick<Awaited<ReturnType<typeof seated>>, 'truth' | 'as'>,
    round: number,
    values: bigint[],
  ) {
    const reporters = [ann, bea, cid, dan].slice(0, values.length)
    await passTime(targetOf(round))
    for (const [i, reputer] of reporters.entries()) {
      const sealed = await truth.commitmentOf!(TOPIC, round, reputer, values[i], saltOf(reputer))
      await as(reputer).commit!(TOPIC, round, sealed)
    }
    await passTime(revealOf(round))
    for (const [i, reputer] of reporters.entries())
      await as(reputer).reveal!(TOPIC, round, values[i], saltOf(reputer))
    await passTime(tallyOf(round))
    return truth.tally!(TOPIC, round)
  }

  describe('unstaking', () => {
    it('refuses a stranger, and a reputer that is leaving', async () => {
      const { truth, as } = await seated()
      await time.increaseTo(START)

      await expect(as(dan).unstake!(TOPIC))
        .to.be.revertedWithCustomError(truth, 'NotStaked')
        .withArgs(dan.address)
      await as(ann).unstake!(TOPIC)
      await expect(as(ann).unstake!(TOPIC))
        .to.be.revertedWithCustomError(truth, 'AlreadyLeaving')
        .withArgs(ann.address)
    })

    it('ends reporting with the rounds that are open, and tells when', async () => {
      const { truth, as } = await committed()
      const now = targetOf(0) + 50
      await passTime(now)

      await expect(as(ann).unstake!(TOPIC))
        .to.emit(truth, 'Leaving')
        .withArgs(TOPIC, ann.address, 1, now + UNSTAKE_DELAY)
    })

    it('pays for a lie that is still open (runner)', async () => {
      const { truth, as } = await revealed()
      await as(cid).unstake!(TOPIC)

      await truth.tally!(TOPIC, 0)

      expect(await stakeOf(truth, cid)).to.equal(800n)
    })

    it('refuses a withdrawal of a stranger, of one that stays, and before its time', async () => {
      const { truth, as } = await seated()
      await time.increaseTo(START)

      await expect(truth.withdraw!(TOPIC, dan))
        .to.be.revertedWithCustomError(truth, 'NotStaked')
        .withArgs(dan.address)
      await expect(truth.withdraw!(TOPIC, ann))
        .to.be.revertedWithCustomError(truth, 'NotLeaving')
        .withArgs(ann.address)
      await as(ann).unstake!(TOPIC)
      const { leavesAt } = await truth.reputerOf!(TOPIC, ann)
      await passTime(Number(leavesAt) - 1)
      await expect(truth.withdraw!(TOPIC, ann))
        .to.be.revertedWithCustomError(truth, 'TooEarly')
        .withArgs(leavesAt - 1n, leavesAt)
    })

    it('refunds at once and without a trace before a round has opened', async () => {
      const { truth, as } = await seated()

      await expect(as(ann).unstake!(TOPIC))
        .to.emit(truth, 'Refunded')
        .withArgs(TOPIC, ann.address, STAKE)

      expect(await truth.claimableOf!(ann)).to.equal(STAKE)
      expect(await truth.seatOf!(TOPIC, 0)).to.equal(ethers.ZeroAddress)
      expect((await truth.reporterOf!(TOPIC, 0, 0)).reporter).to.equal(ethers.ZeroAddress)
      await as(ann).takeSeat!(TOPIC, 0, STAKE)
    })

    it('frees the seat at once, and pays the stake once', async () => {
      const { truth, token, as } = await seated()
      await time.increaseTo(START)
      await as(ann).unstake!(TOPIC)
      expect(await truth.seatOf!(TOPIC, 0)).to.equal(ethers.ZeroAddress)
      await passTime(Number((await truth.reputerOf!(TOPIC, ann)).leavesAt))

      await expect(truth.withdraw!(TOPIC, ann))
        .to.emit(truth, 'Withdrawn')
        .withArgs(TOPIC, ann.address, STAKE)
      await expect(truth.claim!(ann)).to.changeTokenBalances(
        ethers,
        token,
        [ann, truth],
        [STAKE, -STAKE],
      )
      await expect(truth.claim!(ann))
        .to.be.revertedWithCustomError(truth, 'NothingToClaim')
        .withArgs(ann.address)
      await expect(truth.withdraw!(TOPIC, ann)).to.be.revertedWithCustomError(truth, 'NotStaked')
      await as(ann).takeSeat!(TOPIC, 0, STAKE)
    })

    it('pays the sink what was slashed, whoever asks', async () => {
      const { truth, token } = await tallied()

      const claiming = truth.claim!(sink)

      await expect(claiming).to.emit(truth, 'Claimed').withArgs(sink.address, 200n)
      await expect(claiming).to.changeTokenBalances(ethers, token, [sink], [200n])
    })
  })

  describe('gas in the steady state', () => {
    it('stays below 85k a report, 110k a tally of three and 6.2k an answer', async () => {
      const { truth, as } = await seated()
      for (let round = 0; round < RING; ++round)
        await playRound({ truth, as }, round, [TRUTH, TRUTH, TRUTH])
      const sealed = await truth.commitmentOf!(TOPIC, RING, ann, TRUTH, saltOf(ann))
      const gasOf = async (sent: { wait(): Promise<{ gasUsed: bigint } | null> }) =>
        (await sent.wait())!.gasUsed

      await passTime(targetOf(RING))
      const commit = await gasOf(await as(ann).commit!(TOPIC, RING, sealed))
      await passTime(revealOf(RING))
      const reveal = await gasOf(await as(ann).reveal!(TOPIC, RING, TRUTH, saltOf(ann)))
      await passTime(targetOf(RING + 1) - 1)
      const tally = await gasOf(await playRound({ truth, as }, RING + 1, [TRUTH, TRUTH, TRUTH]))
      const data = truth.interface.encodeFunctionData('truthOf', [TOPIC, RING + 1, 0, '0x'])
      const zeros = ethers.getBytes(data).filter((byte) => byte === 0).length
      const intrinsic = 21_000 + 4 * zeros + 16 * (ethers.dataLength(data) - zeros)
      const answer = Number(await ethers.provider.estimateGas({ to: truth, data })) - intrinsic

      expect(commit + reveal).to.be.lessThan(85_000n)
      expect(tally).to.be.lessThan(110_000n)
      expect(answer).to.be.lessThan(6_200)
    })
  })
})
