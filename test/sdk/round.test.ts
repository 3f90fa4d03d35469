import { expect } from 'chai'
import {
  encodeAbiParameters,
  getAddress,
  keccak256,
  numberToHex,
  parseAbiParameters,
  zeroAddress,
} from 'viem'
import type { Address } from 'viem'
import {
  AuspexError,
  activate,
  approve,
  claim,
  commit,
  deposit,
  fund,
  getClaimable,
  getCommitments,
  getDomain,
  getFreeSeat,
  getOutcome,
  getPosition,
  getRank,
  getResolution,
  getRevealed,
  getRound,
  getSeat,
  getTopic,
  prepareReveal,
  publish,
  readForecast,
  resolveAndSettle,
  reveal,
  revoke,
  rotate,
  settle,
  signConsent,
  submissionsOf,
  takeSeat,
  topicNetworkAbi,
  unpackPrediction,
  unstake,
  voidRound,
  withdraw,
} from '../../sdk/src/index.ts'
import type { AuspexClient, Send } from '../../sdk/src/index.ts'
import { learningOf } from '../../sdk/src/learningOf.ts'
import { aggregate, hintsOf } from '../../sdk/src/math/aggregation.ts'
import { digestOf } from '../../sdk/src/math/batches.ts'
import { firstDigest } from '../../sdk/src/math/commitments.ts'
import { targetTime } from '../../sdk/src/math/schedule.ts'
import {
  DAY,
  HOUR,
  POOL,
  STAKE,
  TRUTH,
  committed,
  created,
  loadFixture,
  predictions,
  published,
  resolved,
  revealed,
  sealAndSign,
  settled,
  staked,
  stakedWith,
  tellTruth,
  time,
} from '../helpers/network.ts'

/** The refusal a promise ends in. */
async function refusalOf(promise: Promise<unknown>): Promise<AuspexError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).to.be.instanceOf(AuspexError)
  return error as AuspexError
}

describe('a round through the SDK', () => {
  describe('created', () => {
    it('names the topic by the hash of its terms', async () => {
      const { topic, params } = await loadFixture(created)
      const create = topicNetworkAbi.find(
        (item) => item.type === 'function' && item.name === 'createTopic',
      )!
      const terms = { ...params, domain: 0 }
      expect(topic).to.equal(keccak256(encodeAbiParameters(create.inputs, [terms as never])))
    })

    it('reads the terms back, with the pool that was funded', async () => {
      const { creator, topic, params } = await loadFixture(created)
      const { description: _, lead: __, seats, truth, ...terms } = params
      const { minWager, center, sigma, ...kept } = terms
      const state = await getTopic(creator, { topic })
      expect(state).to.include({ ...kept, lastSeat: seats - 1n, pool: POOL })
      expect(state.truth).to.equal(getAddress(truth))
      // These are kept as floats: the wager rounded up, the others toward zero.
      expect(state.minWager - minWager).to.be.within(0n, minWager >> 31n)
      expect(center - state.center).to.be.within(0n, center >> 30n)
      expect(sigma - state.sigma).to.be.within(0n, sigma >> 23n)
    })

    it('refuses to read a topic that does not exist', async () => {
      const { creator } = await loadFixture(created)
      const topic = `0x${'ee'.repeat(32)}` as const
      expect(await refusalOf(getTopic(creator, { topic }))).to.include({ name: 'UnknownTopic' })
    })

    it('approves what funding takes and no more', async () => {
      const { creator, topic, token } = await loadFixture(created)
      await fund(creator, { topic, amount: 7n })
      const left = await token.read.allowance!([creator.account!, creator.network])
      expect(left).to.equal(0n)
    })

    it('approves nothing where enough is approved', async () => {
      const { creator, topic } = await loadFixture(created)
      await approve(creator, { amount: 7n })
      const sent: Address[] = []
      const send: Send = (transaction) => {
        sent.push(transaction.to)
        return creator.send(transaction)
      }
      await fund({ ...creator, send }, { topic, amount: 7n })
      expect(sent).to.deep.equal([creator.network])
    })

    it('approves once for many payments when told to', async () => {
      const { creator, topic, token } = await loadFixture(created)
      await fund(creator, { topic, amount: 7n, approval: 100n })
      await fund(creator, { topic, amount: 7n, approval: 'never' })
      const left = await token.read.allowance!([creator.account!, creator.network])
      expect(left).to.equal(86n)
    })

    it('lets a cold owner stake behind a signer that consents', async () => {
      const { creator, stranger, workers, topic, params } = await loadFixture(created)
      const [signer] = workers as [AuspexClient]
      const worker = signer.account!
      const key = { topic, worker }
      const refused = deposit(creator, { ...key, amount: STAKE })
      expect(await refusalOf(refused)).to.include({ name: 'NoConsent' })

      const consent = await signConsent(signer, { topic, owner: creator.account! })
      const { activeAt } = await deposit(creator, { ...key, amount: STAKE, consent })
      await deposit(creator, { ...key, amount: 5n })
      expect(await getPosition(creator, key)).to.include({ pending: STAKE + 5n, stake: 0n })
      expect((await getPosition(creator, key)).owner.toLowerCase()).to.equal(creator.account)
      expect(activeAt - BigInt(await time.latest())).to.be.within(
        params.activationDelay - 60n,
        params.activationDelay,
      )

      expect(await refusalOf(activate(stranger, key))).to.include({ name: 'NotActive' })
      await time.increase(params.activationDelay)
      expect((await activate(stranger, key)).amount).to.equal(STAKE + 5n)

      expect(await refusalOf(takeSeat(signer, { ...key, seat: 3n }))).to.include({
        name: 'NotOwner',
      })
      const seat = await takeSeat(creator, { ...key, seat: 3n })
      expect(seat).to.include({ from: 0n, displaced: undefined })
      expect((await getSeat(creator, { topic, seat: 3n }))?.toLowerCase()).to.equal(worker)
    })
  })

  describe('staked', () => {
    it('ranks workers without a record by stake alone', async () => {
      const { keeper, topic, workers } = await loadFixture(staked)
      const worker = workers[0]!.account!
      expect(await getRank(keeper, { topic, worker })).to.equal(STAKE * 10n ** 18n)
    })

    it('finds the first free seat', async () => {
      const { keeper, topic, workers } = await loadFixture(staked)
      expect(await getFreeSeat(keeper, { topic })).to.equal(BigInt(workers.length))
    })

    it('moves a position to a new signer', async () => {
      const { stranger, topic, workers } = await loadFixture(staked)
      const owner = workers[0]!
      const key = { topic, worker: owner.account! }
      const signer = stranger.account!
      await revoke(owner, key)
      await time.increase(2n * DAY)
      const consent = await signConsent(stranger, { topic, owner: owner.account! })
      await rotate(owner, { ...key, signer, consent })
      expect(await getPosition(owner, { topic, worker: signer })).to.include({ stake: STAKE })
      expect(await getPosition(owner, key)).to.include({ stake: 0n })
    })

    it('lets a worker commit and reveal alone, without a signature', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const worker = workers[1]!
      const round = 0n
      await goTo('openTime', round)
      const { commitment, opening } = await sealAndSign(worker, { topic, round, i: 1 })
      const { r: _, vs: __, ...unsigned } = opening
      await commit(worker, { topic, round, commitments: [commitment] })
      await goTo('revealTime', round)
      const batch = await reveal(worker, {
        topic,
        round,
        commitments: [commitment],
        openings: [unsigned],
      })
      expect(batch.counts).to.deep.equal([1n])
      expect(unpackPrediction(batch.predictions[0]!)).to.deep.equal({
        value: predictions[1]!.value,
        wager: (STAKE * 400n * 5_000n) / 10n ** 8n,
        trust: 0n,
      })
    })

    it('takes signed predictions without a commit in signed-only topics', async () => {
      const signedOnly = await stakedWith({ commitWindow: 0n })
      const { topic, keeper, workers, goTo } = signedOnly
      const round = 0n
      await goTo('revealTime', round)
      const openings = await Promise.all(
        workers.map(async (worker, i) => (await sealAndSign(worker, { topic, round, i })).opening),
      )
      const batch = await reveal(keeper, { topic, round, openings })
      expect(batch.workers.map((worker) => worker.toLowerCase())).to.deep.equal(
        workers.map(({ account }) => account),
      )
    })
  })

  describe('committed', () => {
    it('is not open yet, so that what is learnt meanwhile still counts', async () => {
      const { keeper, topic, round } = await loadFixture(committed)
      expect(await getRound(keeper, { topic, round })).to.include({ status: 'none', count: 0n })
      expect(await getDomain(keeper, { topic, round })).to.equal(undefined)
    })

    it('finds the list in the calldata of its commit', async () => {
      const { keeper, stranger, topic, round, commitments } = await loadFixture(committed)
      const list = await getCommitments(stranger, { topic, round, committer: keeper.account! })
      expect(list).to.deep.equal(commitments)
      const none = await getCommitments(stranger, { topic, round, committer: stranger.account! })
      expect(none).to.equal(undefined)
    })

    it('lets a worker that was left out reveal alone, in a batch of its own', async () => {
      const base = await loadFixture(committed)
      const { keeper, workers, topic, round, commitments, openings, goTo } = base
      const leftOut = workers[2]!
      await goTo('revealTime', round)
      const others = openings.filter(({ worker }) => worker !== leftOut.account)
      await reveal(keeper, { topic, round, commitments, openings: others })

      const committer = keeper.account!
      const list = (await getCommitments(leftOut, { topic, round, committer }))!
      const opening = openings[2]!
      await reveal(leftOut, { topic, round, committer, commitments: list, openings: [opening] })

      const revealed = await getRevealed(keeper, { topic, round })
      const order = [0, 1, 3, 4, 2].map((i) => workers[i]!.account)
      expect(revealed.workers.map((worker) => worker.toLowerCase())).to.deep.equal(order)
      expect(revealed.counts).to.deep.equal([4n, 1n])

      const { center, sigma } = (await getDomain(keeper, { topic, round }))!
      const { digest } = await getRound(keeper, { topic, round })
      expect(digestOf(firstDigest(center, sigma), revealed)).to.equal(digest)
      await goTo('publishTime', round)
      expect(await publish(keeper, { topic, round })).to.include({ status: 'published' })
      const { proof } = await tellTruth(base, { round, value: TRUTH })
      const settled = await resolveAndSettle(keeper, { topic, round, proof })
      expect(settled).to.include({ status: 'settled' })
    })
  })

  describe('revealed', () => {
    it('is told of by its own event, in a transaction that tells of several rounds', async () => {
      const { keeper, topic, round, batch, openings, commitments } = await loadFixture(revealed)
      const { receipt, ...told } = batch
      const elsewhere = numberToHex(round + 1n, { size: 32 })
      const others = receipt.logs.map((log) => ({
        ...log,
        topics: log.topics.map((word, i) => (i === 2 ? elsewhere : word)) as typeof log.topics,
        data: encodeAbiParameters(parseAbiParameters('uint256[], address[]'), [
          [7n],
          [zeroAddress],
        ]),
      }))
      const { resultOf } = prepareReveal(keeper, { topic, round, openings, commitments })
      expect(resultOf({ ...receipt, logs: [...others, ...receipt.logs] })).to.deep.include(told)
    })

    it('tells the domain that the round opened with', async () => {
      const { keeper, topic, round, params } = await loadFixture(revealed)
      const { center, sigma } = (await getDomain(keeper, { topic, round }))!
      const { center: kept } = await getTopic(keeper, { topic })
      expect(center).to.equal(kept)
      expect(params.sigma - sigma).to.be.within(0n, params.sigma / 2n ** 23n)
    })

    it('publishes what the twins compute', async () => {
      const { keeper, topic, round, batch, goTo } = await loadFixture(revealed)
      const submissions = submissionsOf(batch.predictions)
      const learning = learningOf(await getTopic(keeper, { topic }))
      const expected = aggregate(submissions, hintsOf(submissions), learning)
      await goTo('publishTime', round)
      const result = await publish(keeper, { topic, round })
      if (result.status !== 'published') throw new Error('void')
      expect(result.outcome).to.include(expected)
      expect(result.outcome).to.deep.equal(await getOutcome(keeper, { topic, round }))
    })

    it('is void where too few came', async () => {
      const { keeper, topic, goTo, workers } = await loadFixture(staked)
      const round = 0n
      await goTo('openTime', round)
      const { commitment, opening } = await sealAndSign(workers[0]!, { topic, round, i: 0 })
      await commit(keeper, { topic, round, commitments: [commitment] })
      await goTo('revealTime', round)
      await reveal(keeper, { topic, round, commitments: [commitment], openings: [opening] })
      await goTo('publishTime', round)
      expect(await publish(keeper, { topic, round })).to.include({ status: 'void' })
      expect(await getOutcome(keeper, { topic, round })).to.equal(undefined)
    })
  })

  describe('published', () => {
    it('reads as a forecast', async () => {
      const { stranger, topic, round, params, outcome } = await loadFixture(published)
      const forecast = await readForecast(stranger, { topic })
      expect(forecast).to.include({
        value: outcome.value,
        round,
        contributors: BigInt(predictions.length),
        targetTime: targetTime(params, round),
        lower: -(2n ** 103n),
        upper: 2n ** 103n - 1n,
        status: 'live',
      })
    })

    it('resolves and settles in one transaction, to the same end as in two', async () => {
      const two = await loadFixture(settled)
      const key = { topic: two.topic, round: two.round }
      const apart = {
        resolution: await getResolution(two.keeper, key),
        stakes: await stakesOf(two),
        tip: two.tip,
        dust: two.dust,
      }

      const base = await loadFixture(published)
      const { keeper, topic, round } = base
      const { proof } = await tellTruth(base, { round, value: TRUTH })
      const result = await resolveAndSettle(keeper, { topic, round, proof })
      if (result.status !== 'settled') throw new Error('void')

      const { resolution, tip, dust } = result
      expect({ resolution, tip, dust, stakes: await stakesOf(base) }).to.deep.equal(apart)
      expect((await getRound(keeper, { topic, round })).status).to.equal('settled')
    })

    it('says that a truth is unknown before it sends', async () => {
      const { keeper, topic, round, goTo } = await loadFixture(published)
      await goTo('targetTime', round)
      const refused = resolveAndSettle(keeper, { topic, round })
      expect(await refusalOf(refused)).to.include({ name: 'TruthUnknown' })
    })

    it('is void when the truth did not come, and the pool is whole again', async () => {
      const { keeper, topic, round, goTo } = await loadFixture(published)
      await goTo('truthDeadline', round)
      await voidRound(keeper, { topic, round })
      expect((await getRound(keeper, { topic, round })).status).to.equal('void')
      expect((await getTopic(keeper, { topic })).pool).to.equal(POOL)
    })
  })

  describe('resolved', () => {
    it('settles from what the chain tells alone', async () => {
      const { stranger, topic, round } = await loadFixture(resolved)
      const { tip, dust } = await settle(stranger, { topic, round })
      expect(tip > 0n && dust >= 0n).to.equal(true)
      expect(await getClaimable(stranger, { account: stranger.account! })).to.equal(tip - tip / 2n)
    })
  })

  describe('settled', () => {
    it('has paid the more, by wager, the nearer a value was to the truth', async () => {
      const base = await loadFixture(settled)
      const wagers = base.batch.predictions.map((prediction) => unpackPrediction(prediction).wager)
      const stakes = await stakesOf(base)
      const gains = stakes.map((stake, i) => ((stake - STAKE) * 10n ** 9n) / wagers[i]!)
      const errors = predictions.map(({ value }) => (value > TRUTH ? value - TRUTH : TRUTH - value))
      for (const [i, error] of errors.entries()) {
        for (const [j, other] of errors.entries()) {
          if (error < other) expect(gains[i]! > gains[j]!).to.equal(true)
        }
      }
    })

    it('accounts for every token it holds', async () => {
      const base = await loadFixture(settled)
      const { keeper, topic, token } = base
      const held = await token.read.balanceOf!([keeper.network])
      const { pool } = await getTopic(keeper, { topic })
      const tips = await getClaimable(keeper, { account: keeper.account! })
      const stakes = await stakesOf(base)
      expect(stakes.reduce((sum, stake) => sum + stake, pool + tips)).to.equal(held)
    })

    it('pays out tips', async () => {
      const { keeper, token, tip } = await loadFixture(settled)
      const before = (await token.read.balanceOf!([keeper.account!])) as bigint
      expect((await claim(keeper)).amount).to.equal(tip)
      expect(await token.read.balanceOf!([keeper.account!])).to.equal(before + tip)
      expect(await refusalOf(claim(keeper))).to.include({ name: 'NothingToClaim' })
    })

    it('lets stake leave after its delay', async () => {
      const { workers, topic, params } = await loadFixture(settled)
      const owner = workers[1]!
      const key = { topic, worker: owner.account! }
      const { leavesAt } = await unstake(owner, { ...key, amount: STAKE / 2n })
      expect(leavesAt).to.equal(BigInt(await time.latest()) + params.unstakeDelay)
      expect(await refusalOf(withdraw(owner, key))).to.include({ name: 'NotActive' })
      await time.increaseTo(leavesAt + HOUR)
      expect((await withdraw(owner, key)).amount).to.equal(STAKE / 2n)
    })

    it('foresees the next round too, where a share was capped', async () => {
      const base = await loadFixture(settled)
      const { keeper, workers, topic, goTo } = base
      const round = 1n
      await goTo('openTime', round)
      const sealed = await Promise.all(
        workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
      )
      const commitments = sealed.map(({ commitment }) => commitment)
      await commit(keeper, { topic, round, commitments })
      await goTo('revealTime', round)
      const openings = sealed.map(({ opening }) => opening)
      await reveal(keeper, { topic, round, commitments, openings })
      await goTo('publishTime', round)
      const told = await publish(keeper, { topic, round })
      if (told.status !== 'published') throw new Error('void')
      expect(told.outcome.inner).not.to.equal(told.outcome.value)

      const { proof } = await tellTruth(base, { round, value: TRUTH })
      const result = await resolveAndSettle(keeper, { topic, round, proof })
      expect(result.status).to.equal('settled')
    })

    it('says that a round was settled already', async () => {
      const { stranger, topic, round } = await loadFixture(settled)
      const refused = await refusalOf(settle(stranger, { topic, round }))
      expect(refused).to.include({ name: 'WrongStatus' })
      expect(refused.message).to.contain('is settled').and.to.contain('nothing is left to do')
    })
  })
})

async function stakesOf({
  keeper,
  workers,
  topic,
}: {
  keeper: AuspexClient
  workers: AuspexClient[]
  topic: `0x${string}`
}): Promise<bigint[]> {
  const positions = workers.map(({ account }) => getPosition(keeper, { topic, worker: account! }))
  return (await Promise.all(positions)).map(({ stake }) => stake)
}
