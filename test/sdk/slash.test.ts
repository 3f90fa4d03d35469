import { expect } from 'chai'
import type { Address, Hex } from 'viem'
import {
  AuspexError,
  claim,
  commit,
  getClaimable,
  getPosition,
  getSink,
  getTopic,
  multicall,
  prepareSlashEquivocation,
  prepareSlashWithheld,
  publish,
  reveal,
  slashEquivocation,
  slashWithheld,
} from '../../sdk/src/index.ts'
import { STAKE, loadFixture, published, sealAndSign, staked } from '../helpers/network.ts'

const BPS = 10_000n

/** The refusal a promise ends in. */
async function refusalOf(promise: Promise<unknown>): Promise<AuspexError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).to.be.instanceOf(AuspexError)
  return error as AuspexError
}

/** As `committed`, the last worker having a list of its own besides, and it and the first staying silent. */
async function withheld() {
  const base = await loadFixture(staked)
  const { topic, keeper, workers, goTo, params } = base
  const round = 0n
  await goTo('openTime', round)
  const sealed = await Promise.all(
    workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
  )
  const commitments = sealed.map(({ commitment }) => commitment)
  const { commitment } = commitments.at(-1)!
  await commit(workers.at(-1)!, { topic, round, commitments: [{ commitment }] })
  const { committer, seals } = await commit(keeper, { topic, round, commitments })
  await goTo('revealTime', round)
  const openings = sealed.slice(1).map(({ opening }) => opening)
  await reveal(keeper, { topic, round, committer, seals, openings })
  await goTo('publishTime', round)
  const told = await publish(keeper, { topic, round })
  if (told.status !== 'published') throw new Error('The round is void')

  const [inAnothers, inItsOwn] = [workers[0]!, workers.at(-1)!].map((worker) => ({
    topic,
    round,
    worker: worker.account!,
  })) as [WorkerInRound, WorkerInRound]
  const budget = (STAKE * params.riskBps) / BPS
  return { ...base, round, commitments, inAnothers, inItsOwn, budget }
}

type WorkerInRound = { topic: Hex; round: bigint; worker: Address }

/** As `published`, with two commitments that one worker signed. */
async function twofaced() {
  const base = await loadFixture(published)
  const { topic, round, workers, commitments, params } = base
  const worker = workers[1]!
  const other = await sealAndSign(worker, { topic, round, i: 2 })
  const signed = [commitments[1]!, other.commitment] as const
  const budget = (STAKE * params.riskBps) / BPS
  return { ...base, key: { topic, round, worker: worker.account! }, signed, budget }
}

describe('slashing through the SDK', () => {
  describe('given a worker that withheld what a reputer committed for it', () => {
    it('takes half of what it may risk, a tenth of it for the caller', async () => {
      const { inAnothers: key, stranger, budget } = await withheld()
      const { amount, bounty } = await slashWithheld(stranger, key)
      expect(amount).to.equal(budget / 2n)
      expect(bounty).to.equal(amount / 10n)
      expect((await getPosition(stranger, key)).stake).to.equal(STAKE - amount)
      expect((await claim(stranger)).amount).to.equal(bounty)
      expect(await getClaimable(stranger, { account: await getSink(stranger) })).to.equal(
        amount - bounty,
      )
    })

    it('leaves every token accounted for, the sink’s too', async () => {
      const { inAnothers, topic, stranger, keeper, workers, token } = await withheld()
      await slashWithheld(stranger, inAnothers)
      const positions = await Promise.all(
        workers.map(({ account }) => getPosition(keeper, { topic, worker: account! })),
      )
      const creditors = [stranger.account!, await getSink(keeper)]
      const claims = await Promise.all(
        creditors.map((account) => getClaimable(keeper, { account })),
      )
      const { pool } = await getTopic(keeper, { topic })
      const amounts = [...positions.map(({ stake }) => stake), ...claims, pool]
      const held = await token.read.balanceOf!([keeper.network])
      expect(amounts.reduce((sum, amount) => sum + amount)).to.equal(held)
    })

    it('says what was heard, and what was paid for before', async () => {
      const { inAnothers: key, stranger, workers } = await withheld()
      await slashWithheld(stranger, key)
      const again = await slashWithheld(stranger, key)
      expect(again).to.include({ amount: 0n, bounty: 0n })

      const worker = workers[1]!.account!
      const heard = await refusalOf(slashWithheld(stranger, { ...key, worker }))
      expect(heard).to.include({ name: 'NotWithheld' })
    })
  })

  describe('given a worker that withheld a list of its own', () => {
    it('needs nothing but its name', async () => {
      const { inItsOwn, stranger, budget } = await withheld()
      expect((await slashWithheld(stranger, inItsOwn)).amount).to.equal(budget / 2n)
    })
  })

  describe('given two workers slashed in one transaction', () => {
    it('tells apart what each lost', async () => {
      const { inAnothers, commitments, stranger, workers, budget } = await withheld()
      const other = await sealAndSign(workers[1]!, { ...inAnothers, i: 2 })
      const signed = [commitments[1]!, other.commitment] as const
      const worker = workers[1]!.account!
      const prepared = [
        prepareSlashWithheld(stranger, inAnothers),
        prepareSlashEquivocation(stranger, { ...inAnothers, worker, signed }),
      ]
      const { receipt } = await multicall(stranger, { calls: prepared.map(({ data }) => data) })
      const amounts = prepared.map(({ resultOf }) => resultOf(receipt).amount)
      expect(amounts).to.deep.equal([budget / 2n, budget])
    })
  })

  describe('given a worker that signed two predictions', () => {
    it('takes all it may risk, a tenth of it for the caller', async () => {
      const { key, stranger, signed, budget } = await twofaced()
      const { amount, bounty } = await slashEquivocation(stranger, { ...key, signed })
      expect(amount).to.equal(budget)
      expect(bounty).to.equal(budget / 10n)
      expect((await getPosition(stranger, key)).stake).to.equal(STAKE - budget)
    })

    it('refuses one prediction given twice', async () => {
      const { key, stranger, signed } = await twofaced()
      const twice = [signed[0], signed[0]] as const
      const error = await refusalOf(slashEquivocation(stranger, { ...key, signed: twice }))
      expect(error).to.include({ name: 'NotEquivocal' })
    })
  })
})
