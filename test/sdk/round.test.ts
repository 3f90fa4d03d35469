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
  arrangeReveal,
  claim,
  commit,
  deposit,
  encodeReveal,
  fund,
  getClaimable,
  getDomain,
  getFreeSeat,
  getGains,
  getOutcome,
  getPosition,
  getPositions,
  getRank,
  getResolution,
  getRevealed,
  getRound,
  getSealLists,
  getSeals,
  getSeat,
  getTopic,
  isFullyRevealed,
  multicall,
  predictionsOf,
  preparePublish,
  prepareReveal,
  publish,
  readForecast,
  resolveAndSettle,
  reveal,
  revealAndPublish,
  revealSigned,
  revoke,
  rotate,
  settle,
  signConsent,
  submissionsOf,
  findSeal,
  takeSeat,
  unpackPrediction,
  unpackSeal,
  unfold,
  unstake,
  voidRound,
  withdraw,
} from '../../sdk/src/index.ts'
import { topicNetworkAbi } from '../../sdk/src/abis/index.ts'
import type { AuspexClient, Opening, Send } from '../../sdk/src/index.ts'
import { learningOf } from '../../sdk/src/reads/getTopic.ts'
import { rangeIn } from '../../sdk/src/actions/publish.ts'
import { aggregate, hintsOf } from '../../sdk/src/maths/aggregation.ts'
import { digestOf } from '../../sdk/src/maths/batches.ts'
import { firstDigest } from '../../sdk/src/maths/commitments.ts'
import { unpack } from '../../sdk/src/maths/float.ts'
import { trust } from '../../sdk/src/maths/scoring.ts'
import { budget } from '../../sdk/src/maths/settlement.ts'
import { storedTrust } from '../../sdk/src/maths/storage.ts'
import { targetTime } from '../../sdk/src/maths/schedule.ts'
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
  settledTwice,
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
      // These are kept as floats: the wager and sigma rounded up, the centre toward zero.
      expect(state.minWager - minWager).to.be.within(0n, minWager >> 31n)
      expect(center - state.center).to.be.within(0n, center >> 30n)
      expect(state.sigma - sigma).to.be.within(0n, sigma >> 15n)
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
      const all = { topic, workers: [stranger.account!, worker] }
      expect(await getPositions(stranger, all)).to.deep.equal([
        await getPosition(creator, { topic, worker: stranger.account! }),
        await getPosition(creator, key),
      ])
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
      const { r: _, vs: __, ...unsigned } = commitment
      const { seals } = await commit(worker, { topic, round, commitments: [unsigned] })
      await goTo('revealTime', round)
      const batch = await reveal(worker, { topic, round, seals, openings: [opening] })
      expect(batch.counts).to.deep.equal([1n])
      const { value, wager, trust } = unpackPrediction(batch.predictions[0]!)
      expect({ value, trust }).to.deep.equal({ value: predictions[1]!.value, trust: 0n })
      // The budget is kept as a float, rounded toward zero.
      const whole = (STAKE * 400n * 5_000n) / 10n ** 8n
      expect(whole - wager).to.be.within(0n, whole >> 23n)
    })

    it('takes signed predictions without a commit in signed-only topics', async () => {
      const signedOnly = await stakedWith({ commitWindow: 0n })
      const { topic, keeper, workers, goTo } = signedOnly
      const round = 0n
      await goTo('revealTime', round)
      const openings = await Promise.all(
        workers.map(async (worker, i) => (await sealAndSign(worker, { topic, round, i })).opening),
      )
      const batch = await revealSigned(keeper, { topic, round, openings })
      expect(batch.workers.map((worker) => worker.toLowerCase())).to.deep.equal(
        workers.map(({ account }) => account),
      )
      expect(await getRound(keeper, { topic, round })).to.include({ status: 'open', closed: 31n })
      const other = openings.slice(1).map((opening) => ({ ...opening, ...ofAnother(openings[0]!) }))
      const refused = await refusalOf(revealSigned(keeper, { topic, round, openings: other }))
      expect(refused).to.include({ name: 'BadSignature' })
    })
  })

  describe('committed', () => {
    it('is open, its domain frozen, and waits for who committed', async () => {
      const { keeper, topic, round } = await loadFixture(committed)
      const state = await getRound(keeper, { topic, round })
      expect(state).to.include({ status: 'open', count: 0n, closed: 2n ** 256n - 32n })
      expect(isFullyRevealed(state)).to.equal(false)
      const { center, sigma } = await getTopic(keeper, { topic })
      expect(await getDomain(keeper, { topic, round })).to.deep.equal({ center, sigma })
    })

    it('tells the lists that were taken in, the first as nobody’s', async () => {
      const { keeper, stranger, topic, round, seals } = await loadFixture(committed)
      const committer = zeroAddress
      expect(await getSeals(stranger, { topic, round, committer })).to.deep.equal(seals)
      const key = { topic, round, committer: keeper.account! }
      expect(await getSeals(stranger, key)).to.equal(undefined)
      const lists = await getSealLists(stranger, { topic, round })
      expect(lists).to.deep.equal([{ committer, seals }])
      const before = { fromBlock: 0n, toBlock: (await keeper.public.getBlockNumber()) - 1n }
      expect(await getSealLists(stranger, { topic, round, ...before })).to.deep.equal([])
    })

    it('keeps what stood behind each prediction when it was committed', async () => {
      const { workers, params, seals, commitments } = await loadFixture(committed)
      for (const [i, { commitment }] of commitments.entries()) {
        const worker = workers[i]!.account!
        expect(findSeal({ seals, worker, commitment })).to.equal(i)
        const { seat, budget, trust } = unpackSeal(seals[i]!)
        expect({ seat, trust }).to.deep.equal({ seat: BigInt(i), trust: 0n })
        const whole = (STAKE * params.riskBps) / 10_000n
        expect(whole - budget).to.be.within(0n, whole >> 23n)
      }
    })

    it('takes no second commitment of a worker, and none without its signature', async () => {
      const { stranger, workers, topic, round, openings } = await loadFixture(committed)
      const second = await sealAndSign(workers[0]!, { topic, round, i: 1 })
      const { r, vs } = openings[0]!
      const forged = { ...second.commitment, r, vs }
      const commitments = [second.commitment, forged]
      const refused = await refusalOf(commit(stranger, { topic, round, commitments }))
      expect(refused).to.include({ name: 'NothingCommitted' })
      expect(refused.message).to.contain('getSealLists')
    })

    it('foresees what a reveal records, all of it and what is left', async () => {
      const { keeper, topic, round, seals, openings, goTo } = await loadFixture(committed)
      const { chainId, network } = keeper
      const key = { chainId, network, topic, round, seals }
      await goTo('revealTime', round)
      for (const each of [openings.slice(1, 3), openings]) {
        const { closed } = await getRound(keeper, { topic, round })
        const foreseen = predictionsOf({ ...key, openings: each, closed })
        const { predictions, workers } = await reveal(keeper, {
          topic,
          round,
          seals,
          openings: each,
        })
        expect(foreseen.predictions).to.deep.equal(predictions)
        expect(foreseen.workers.map((worker) => getAddress(worker))).to.deep.equal(workers)
      }
      expect(isFullyRevealed(await getRound(keeper, { topic, round }))).to.equal(true)
    })

    it('is revealed and published in one transaction, before the reveals are over', async () => {
      const base = await loadFixture(committed)
      const { keeper, topic, round, seals, openings, goTo } = base
      const { chainId, network } = keeper
      await goTo('revealTime', round)
      await reveal(keeper, { topic, round, seals, openings: openings.slice(0, 2) })
      const early = await refusalOf(publish(keeper, { topic, round }))
      expect(early).to.include({ name: 'WrongPhase' })
      expect(early.message).to.contain('all that was committed is revealed')

      const rest = { topic, round, seals, openings: openings.slice(2) }
      const upcoming = [predictionsOf({ chainId, network, ...rest })]
      const calls = [
        await prepareReveal(keeper, rest),
        await preparePublish(keeper, { topic, round, upcoming }),
      ] as const
      const { receipt } = await multicall(keeper, { calls: calls.map(({ data }) => data) })
      expect(calls[0].resultOf(receipt).counts).to.deep.equal([3n])
      expect(calls[1].resultOf(receipt)).to.include({ status: 'published' })
      expect(isFullyRevealed(await getRound(keeper, { topic, round }))).to.equal(false)

      const { proof } = await tellTruth(base, { round, value: TRUTH })
      const settled = await resolveAndSettle(keeper, { topic, round, proof })
      expect(settled).to.include({ status: 'settled' })
    })

    it('is revealed and published in one call, to the same end as in two', async () => {
      const two = await loadFixture(published)
      const inTwo = await getRevealed(two.keeper, { topic: two.topic, round: two.round })
      const base = await loadFixture(committed)
      const { keeper, topic, round, seals, openings, goTo } = base
      await goTo('revealTime', round)
      const key = { topic, round, seals, openings: openings.toReversed() }
      const missing = { ...key, openings: openings.slice(1) }
      expect(await refusalOf(revealAndPublish(keeper, missing))).to.include({ name: 'WrongList' })
      const result = await revealAndPublish(keeper, key)
      if (result.status !== 'published') throw new Error('void')
      expect(result.outcome).to.deep.equal(two.outcome)
      expect(await getRevealed(keeper, { topic, round })).to.deep.equal(inTwo)
      const state = await getRound(keeper, { topic, round })
      expect(state).to.include({
        status: 'published',
        listing: 'revealed',
        closed: 2n ** 256n - 1n,
      })

      const { proof } = await tellTruth(base, { round, value: TRUTH })
      const settled = await resolveAndSettle(keeper, { topic, round, proof })
      expect(settled).to.include({ status: 'settled' })
    })

    it('is unfolded once, and opened in parts only then', async () => {
      const { keeper, stranger, topic, round, seals, openings, goTo } = await loadFixture(committed)
      const { chainId, network } = keeper
      const key = { chainId, network, topic, round, seals }
      await goTo('revealTime', round)
      const part = arrangeReveal({ ...key, openings: openings.slice(1) })
      const data = encodeReveal({ ...key, committer: zeroAddress, ...part })
      const refused = await refusalOf(multicall(keeper, { calls: [data] }))
      expect(refused).to.include({ name: 'FoldedList' })

      expect(await getRound(keeper, { topic, round })).to.include({ listing: 'sole' })
      await unfold(stranger, { topic, round })
      expect(await getRound(keeper, { topic, round })).to.include({ listing: 'apart' })
      await unfold(stranger, { topic, round })
      await multicall(keeper, { calls: [data] })
      const whole = { topic, round, seals, openings }
      expect(await refusalOf(revealAndPublish(keeper, whole))).to.include({ name: 'NotSole' })
    })

    it('is void where nobody reveals', async () => {
      const { keeper, topic, round, goTo } = await loadFixture(committed)
      await goTo('publishTime', round)
      expect(await publish(keeper, { topic, round })).to.include({ status: 'void' })
    })

    it('refuses to take unsealed what it takes sealed', async () => {
      const { keeper, topic, round, openings, goTo } = await loadFixture(committed)
      await goTo('revealTime', round)
      const refused = await refusalOf(revealSigned(keeper, { topic, round, openings }))
      expect(refused).to.include({ name: 'SealedTopic' })
    })

    it('is told apart where one transaction tells of two lists', async () => {
      const { keeper, stranger, workers, topic, goTo } = await loadFixture(staked)
      const round = 0n
      await goTo('openTime', round)
      const sealed = await Promise.all(
        workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
      )
      const lists = []
      for (const [client, some] of [
        [stranger, sealed.slice(2)],
        [keeper, sealed.slice(0, 2)],
      ] as const) {
        const commitments = some.map(({ commitment }) => commitment)
        const { committer, seals } = await commit(client, { topic, round, commitments })
        const openings = some.map(({ opening }) => opening)
        lists.push({ topic, round, seals, openings, committer })
      }
      expect(lists.map(({ committer }) => committer)).to.deep.equal([
        zeroAddress,
        getAddress(keeper.account!),
      ])
      await goTo('revealTime', round)
      const [first] = lists
      const refused = await refusalOf(revealAndPublish(keeper, first!))
      expect(refused).to.include({ name: 'NotSole' })
      expect(refused.message).to.contain('Use reveal for each list')
      const prepared = await Promise.all(lists.map((list) => prepareReveal(keeper, list)))
      const { receipt } = await multicall(keeper, { calls: prepared.map(({ data }) => data) })
      const counts = prepared.map(({ resultOf }) => resultOf(receipt).counts)
      expect(counts).to.deep.equal([[3n], [2n]])
    })

    it('lets a worker that was left out reveal alone, in a batch of its own', async () => {
      const base = await loadFixture(committed)
      const { keeper, workers, topic, round, seals, openings, goTo } = base
      const leftOut = workers[2]!
      await goTo('revealTime', round)
      const others = openings.filter(({ worker }) => worker !== leftOut.account)
      await reveal(keeper, { topic, round, seals, openings: others })

      const committer = zeroAddress
      const list = (await getSeals(leftOut, { topic, round, committer }))!
      const opening = openings[2]!
      await reveal(leftOut, { topic, round, committer, seals: list, openings: [opening] })

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
      const { keeper, topic, round, batch, openings, seals } = await loadFixture(revealed)
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
      const { resultOf } = await prepareReveal(keeper, { topic, round, openings, seals })
      expect(resultOf({ ...receipt, logs: [...others, ...receipt.logs] })).to.deep.include(told)
    })

    it('tells the domain that the round opened with', async () => {
      const { keeper, topic, round, params } = await loadFixture(revealed)
      const { center, sigma } = (await getDomain(keeper, { topic, round }))!
      const { center: kept } = await getTopic(keeper, { topic })
      expect(center).to.equal(kept)
      expect(sigma - params.sigma).to.be.within(0n, params.sigma / 2n ** 15n)
    })

    it('publishes what the twins compute', async () => {
      const { keeper, topic, round, batch, goTo } = await loadFixture(revealed)
      const state = await getTopic(keeper, { topic })
      const domain = (await getDomain(keeper, { topic, round }))!
      const submissions = submissionsOf(batch.predictions, state.era)
      const range = rangeIn(state, batch.predictions, domain)
      const hints = hintsOf(submissions, range)
      const { low, high, ...expected } = aggregate(submissions, hints, learningOf(state), range)
      await goTo('publishTime', round)
      const result = await publish(keeper, { topic, round })
      if (result.status !== 'published') throw new Error('void')
      expect(result.outcome).to.include(expected)
      expect(result.outcome.clip).to.deep.equal({ low, high })
      expect(result.outcome).to.deep.equal(await getOutcome(keeper, { topic, round }))
    })

    it('is void where too few came', async () => {
      const { keeper, topic, goTo, workers } = await loadFixture(staked)
      const round = 0n
      await goTo('openTime', round)
      const { commitment, opening } = await sealAndSign(workers[0]!, { topic, round, i: 0 })
      const { seals } = await commit(keeper, { topic, round, commitments: [commitment] })
      await goTo('revealTime', round)
      await reveal(keeper, { topic, round, seals, openings: [opening] })
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
        interval: null,
        status: 'live',
        isUsable: true,
        description: params.description,
      })
    })

    it('resolves and settles in one transaction, to the same end as in two', async () => {
      const two = await loadFixture(settled)
      const key = { topic: two.topic, round: two.round }
      const apart = {
        resolution: await getResolution(two.keeper, key),
        stakes: await stakesOf(two),
        tip: two.tip,
        poolChange: two.poolChange,
      }

      const base = await loadFixture(published)
      const { keeper, topic, round } = base
      const { proof } = await tellTruth(base, { round, value: TRUTH })
      const result = await resolveAndSettle(keeper, { topic, round, proof })
      if (result.status !== 'settled') throw new Error('void')

      const { resolution, tip, poolChange } = result
      expect({ resolution, tip, poolChange, stakes: await stakesOf(base) }).to.deep.equal(apart)
      expect((await getRound(keeper, { topic, round })).status).to.equal('settled')
    })

    it('says that a truth is unknown before it sends', async () => {
      const { keeper, topic, round, goTo } = await loadFixture(published)
      await goTo('targetTime', round)
      const refused = resolveAndSettle(keeper, { topic, round })
      expect(await refusalOf(refused)).to.include({ name: 'TruthUnknown' })
    })

    it('is void when the truth did not come, and the pool is whole', async () => {
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
      const before = (await getTopic(stranger, { topic })).pool
      const { tip, poolChange } = await settle(stranger, { topic, round })
      // Before a first truth the pool has nothing to play at: it pays for taking part alone, and no tip.
      expect(tip).to.equal(0n)
      expect(poolChange < 0n).to.equal(true)
      expect((await getTopic(stranger, { topic })).pool).to.equal(before + poolChange)
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

    it('tells from whom each gain came, to the unit', async () => {
      const before = await stakesOf(await loadFixture(settled))
      const base = await loadFixture(settledTwice)
      const { keeper, workers, topic, round, outcome } = base
      expect(outcome.play > 0n && outcome.reward > 0n).to.equal(true)
      const stakes = await stakesOf(base)
      for (const [i, { account }] of workers.entries()) {
        const gains = await getGains(keeper, { topic, round, worker: account! })
        const { reward, pool, peers } = gains!
        expect(reward + pool + peers).to.equal(stakes[i]! - before[i]!)
      }
      expect(await getGains(keeper, { topic, round, worker: keeper.account! })).to.equal(undefined)
      const next = { topic, round: round + 1n, worker: workers[0]!.account! }
      expect(await getGains(keeper, next)).to.equal(undefined)
    })

    it('accounts for every token it holds', async () => {
      const base = await loadFixture(settledTwice)
      const { keeper, topic, token } = base
      const held = await token.read.balanceOf!([keeper.network])
      const { pool } = await getTopic(keeper, { topic })
      const tips = await getClaimable(keeper, { account: keeper.account! })
      const stakes = await stakesOf(base)
      expect(stakes.reduce((sum, stake) => sum + stake, pool + tips)).to.equal(held)
    })

    it('pays out tips', async () => {
      const { keeper, token, tip } = await loadFixture(settledTwice)
      expect(tip > 0n).to.equal(true)
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
      const { keeper, workers, topic, params, goTo } = base
      const round = 1n
      await goTo('openTime', round)
      const sealed = await Promise.all(
        workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
      )
      const commitments = sealed.map(({ commitment }) => commitment)
      const { seals } = await commit(keeper, { topic, round, commitments })
      const { peak } = await getRound(keeper, { topic, round })
      for (const [i, { account }] of workers.entries()) {
        const { stake, regret, energy, era } = await getPosition(keeper, {
          topic,
          worker: account!,
        })
        expect(unpackSeal(seals[i]!)).to.include({
          budget: unpack(budget(stake, params.riskBps)),
          trust: storedTrust(trust(regret, energy, peak)),
          seasoned: true,
          era,
        })
      }
      expect(new Set(seals.map((seal) => unpackSeal(seal).trust)).size).to.be.above(1)
      await goTo('revealTime', round)
      const openings = sealed.map(({ opening }) => opening)
      await reveal(keeper, { topic, round, seals, openings })
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
      expect(await settle(stranger, { topic, round })).to.include({ tip: 0n, poolChange: 0n })
      const again = await resolveAndSettle(stranger, { topic, round })
      expect(again.status).to.equal('done')
    })

    it('refuses to void a round that was settled, and says why', async () => {
      const { stranger, topic, round } = await loadFixture(settled)
      const refused = await refusalOf(voidRound(stranger, { topic, round }))
      expect(refused).to.include({ name: 'WrongStatus' })
      expect(refused.message).to.contain('is settled').and.to.contain('nothing is left to do')
    })
  })
})

/** The signature of another opening. */
function ofAnother({ r, vs }: Required<Opening>) {
  return { r, vs }
}

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
