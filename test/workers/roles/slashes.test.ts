import { expect } from 'chai'
import { getAddress } from 'viem'
import {
  activate,
  deposit,
  getClaimable,
  getPosition,
  getSeat,
  takeSeat,
} from '../../../sdk/src/index.ts'
import type { AuspexClient } from '../../../sdk/src/index.ts'
import { loadFixture, ONE, STAKE, stakedWith } from '../../helpers/network.ts'
import { reputerOf, workerOf } from './nodes.ts'

const round = 0n
/** Money can be put to work at once, so that a seat can change hands within a window. */
const staked = () => stakedWith({ activationDelay: 1n })

type Options = {
  slashFrom?: bigint
  /** Whether a reputer that was handed nothing does the slashing. */
  isByOther?: boolean
  isOpeningLost?: boolean
  /** What happens once all is committed. */
  meanwhile?: (base: Awaited<ReturnType<typeof staked>>) => Promise<unknown>
}

/** A round in which the first worker hands in what it sealed, and never opens it. */
async function withheld(options: Options) {
  const { isOpeningLost = false, isByOther = false, meanwhile, slashFrom } = options
  const base = await loadFixture(staked)
  const { topic, keeper, stranger, workers, truth, goTo } = base
  const place = { topic, feed: truth.address }
  const wanted = slashFrom === undefined ? {} : { slashFrom }
  const trusted = reputerOf({ ...place, client: keeper, ...(isByOther ? {} : wanted) })
  const other = reputerOf({ ...place, client: stranger, ...(isByOther ? wanted : {}) })
  const { reputer, endpoint } = trusted
  const nodes = workers.map((client) =>
    workerOf({
      client,
      topic,
      reputers: [endpoint],
      predict: async () => ({
        status: 'predicted',
        prediction: { value: 101n * ONE, confidence: 5000n },
      }),
    }),
  )
  await goTo('openTime', round)
  for (const node of nodes) await node.tick()
  await reputer.tick()
  await meanwhile?.(base)
  await goTo('revealTime', round)
  for (const node of nodes.slice(1)) await node.tick()
  await reputer.tick()
  if (isOpeningLost) await nodes[0]!.tick()
  await goTo('publishTime', round)
  for (let looks = 0; looks < 3; looks++) {
    await reputer.tick()
    await other.reputer.tick()
  }

  const stakes = await Promise.all(
    workers.map(async ({ account }) => {
      return (await getPosition(keeper, { topic, worker: account! })).stake
    }),
  )
  const bountyOf = ({ account }: AuspexClient) => getClaimable(keeper, { account: account! })
  return { ...base, stakes, bounty: await bountyOf(isByOther ? stranger : keeper) }
}

describe('nodes: a reputer and who withholds', () => {
  it('has the silent slashed, once, and nobody else', async () => {
    const { stakes, bounty, params } = await withheld({ slashFrom: 1n })
    const budget = (STAKE * params.riskBps) / 10_000n
    expect(stakes[0]).to.equal(STAKE - budget / 2n)
    expect(bounty).to.equal(budget / 20n)
    for (const stake of stakes.slice(1)) expect(stake).to.equal(STAKE)
  })

  it('has them slashed where another reputer committed them', async () => {
    const { stakes, bounty, params } = await withheld({ slashFrom: 1n, isByOther: true })
    const budget = (STAKE * params.riskBps) / 10_000n
    expect(stakes[0]).to.equal(STAKE - budget / 2n)
    expect(bounty).to.equal(budget / 20n)
  })

  it('finds them where they have lost their seat meanwhile', async () => {
    const { stakes, topic, keeper, stranger, params } = await withheld({
      slashFrom: 1n,
      isByOther: true,
      meanwhile: async ({ topic, stranger }) => {
        const worker = stranger.account!
        await deposit(stranger, { topic, amount: 3n * STAKE })
        await activate(stranger, { topic, worker })
        await takeSeat(stranger, { topic, worker, seat: 0n })
      },
    })
    expect(await getSeat(keeper, { topic, seat: 0n })).to.equal(getAddress(stranger.account!))
    const budget = (STAKE * params.riskBps) / 10_000n
    expect(stakes[0]).to.equal(STAKE - budget / 2n)
  })

  it('slashes nobody where it is not told to', async () => {
    const { stakes, bounty } = await withheld({})
    expect(stakes[0]).to.equal(STAKE)
    expect(bounty).to.equal(0n)
  })

  it('slashes nobody for less than is worth it', async () => {
    expect((await withheld({ slashFrom: STAKE })).stakes[0]).to.equal(STAKE)
  })

  it('slashes nobody whose opening came and was not sent', async () => {
    const { stakes } = await withheld({ slashFrom: 1n, isOpeningLost: true })
    expect(stakes[0]).to.equal(STAKE)
  })
})
