import { expect } from 'chai'
import {
  AuspexError,
  claim,
  commit,
  getClaimable,
  getCommitments,
  getPosition,
  getSink,
  getTopic,
  publish,
  reveal,
  slashEquivocation,
  slashWithheld,
} from '../../sdk/src/index.ts'
import type { Listed, SignedCommitment } from '../../sdk/src/index.ts'
import { STAKE, committed, loadFixture, published, sealAndSign } from '../helpers/network.ts'

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

/** As `committed`, the first worker having its own list besides, and nobody opening its prediction. */
async function withheld() {
  const base = await loadFixture(committed)
  const { topic, round, keeper, workers, commitments, openings, goTo, params } = base
  const silent = workers[0]!
  await commit(silent, { topic, round, commitments: [commitments[0]!] })
  await goTo('revealTime', round)
  await reveal(keeper, { topic, round, commitments, openings: openings.slice(1) })
  await goTo('publishTime', round)
  const told = await publish(keeper, { topic, round })
  if (told.status !== 'published') throw new Error('The round is void')
  const { rewards } = told.outcome

  const { r, vs } = openings[0]!
  const committer = keeper.account!
  const list = (await getCommitments(base.stranger, { topic, round, committer }))!
  const listed = { committer, commitments: list, commitment: commitments[0]!, r, vs } as Listed
  const budget = (STAKE * params.riskBps) / BPS
  return { ...base, key: { topic, round, worker: silent.account! }, listed, rewards, budget }
}

/** As `published`, with two commitments that one worker signed. */
async function twofaced() {
  const base = await loadFixture(published)
  const { topic, round, workers, commitments, openings, params } = base
  const worker = workers[1]!
  const other = await sealAndSign(worker, { topic, round, i: 2 })
  const signedOf = (
    commitment: SignedCommitment['commitment'],
    { r, vs }: (typeof openings)[number],
  ) => ({ commitment, r, vs }) as SignedCommitment
  const signed = [
    signedOf(commitments[1]!, openings[1]!),
    signedOf(other.commitment, other.opening),
  ] as const
  const budget = (STAKE * params.riskBps) / BPS
  return { ...base, key: { topic, round, worker: worker.account! }, signed, budget }
}

describe('slashing through the SDK', () => {
  describe('given a worker that withheld what a reputer committed for it', () => {
    it('takes half of what it may risk, a tenth of it for the caller', async () => {
      const { key, stranger, listed, budget } = await withheld()
      const { amount, bounty } = await slashWithheld(stranger, { ...key, listed })
      expect(amount).to.equal(budget / 2n)
      expect(bounty).to.equal(amount / 10n)
      expect((await getPosition(stranger, key)).stake).to.equal(STAKE - amount)
      expect((await claim(stranger)).amount).to.equal(bounty)
      expect(await getClaimable(stranger, { account: await getSink(stranger) })).to.equal(
        amount - bounty,
      )
    })

    it('leaves every token accounted for, the sink’s too', async () => {
      const { key, topic, stranger, keeper, workers, listed, rewards, token } = await withheld()
      await slashWithheld(stranger, { ...key, listed })
      const positions = await Promise.all(
        workers.map(({ account }) => getPosition(keeper, { topic, worker: account! })),
      )
      const creditors = [stranger.account!, await getSink(keeper)]
      const claims = await Promise.all(
        creditors.map((account) => getClaimable(keeper, { account })),
      )
      const { pool } = await getTopic(keeper, { topic })
      const amounts = [...positions.map(({ stake }) => stake), ...claims, pool, rewards]
      const held = await token.read.balanceOf!([keeper.network])
      expect(amounts.reduce((sum, amount) => sum + amount)).to.equal(held)
    })

    it('refuses a commitment that is not in the list before it asks the chain', async () => {
      const { key, stranger, listed } = await withheld()
      const commitment = `0x${'ab'.repeat(20)}` as const
      const error = await refusalOf(
        slashWithheld(stranger, { ...key, listed: { ...listed, commitment } }),
      )
      expect(error).to.include({ name: 'WrongList' })
    })

    it('says what was heard, and what was paid for before', async () => {
      const { key, stranger, workers, listed } = await withheld()
      await slashWithheld(stranger, { ...key, listed })
      const again = await refusalOf(slashWithheld(stranger, { ...key, listed }))
      expect(again.message).to.match(/once a round/)

      const commitment = listed.commitments[1]!
      const { opening } = await sealAndSign(workers[1]!, { ...key, i: 1 })
      const { r, vs } = opening as SignedCommitment & typeof opening
      const heard = await refusalOf(
        slashWithheld(stranger, {
          ...key,
          worker: workers[1]!.account!,
          listed: { ...listed, commitment, r, vs },
        }),
      )
      expect(heard).to.include({ name: 'NotWithheld' })
    })
  })

  describe('given a worker that withheld a list of its own', () => {
    it('needs nothing but its name', async () => {
      const { key, stranger, budget } = await withheld()
      expect((await slashWithheld(stranger, key)).amount).to.equal(budget / 2n)
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
