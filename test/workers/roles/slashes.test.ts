import { expect } from 'chai'
import { getClaimable, getPosition } from '../../../sdk/src/index.ts'
import { loadFixture, ONE, STAKE, staked } from '../../helpers/network.ts'
import { reputerOf, workerOf } from './nodes.ts'

const round = 0n

/** A round in which the first worker hands in what it sealed, and never opens it. */
async function withheld(options: { slashFrom?: bigint; isOpeningLost?: boolean }) {
  const { isOpeningLost = false, ...wanted } = options
  const base = await loadFixture(staked)
  const { topic, keeper, workers, truth, goTo } = base
  const place = { client: keeper, topic, feed: truth.address }
  const { reputer, endpoint } = reputerOf({ ...place, ...wanted })
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
  await goTo('revealTime', round)
  for (const node of nodes.slice(1)) await node.tick()
  await reputer.tick()
  if (isOpeningLost) await nodes[0]!.tick()
  await goTo('publishTime', round)
  await reputer.tick()
  await reputer.tick()
  await reputer.tick()

  const stakes = await Promise.all(
    workers.map(async ({ account }) => {
      return (await getPosition(keeper, { topic, worker: account! })).stake
    }),
  )
  const bounty = await getClaimable(keeper, { account: keeper.account! })
  return { ...base, stakes, bounty }
}

describe('nodes: a reputer and who withholds', () => {
  it('has the silent slashed, once, and nobody else', async () => {
    const { stakes, bounty, params } = await withheld({ slashFrom: 1n })
    const budget = (STAKE * params.riskBps) / 10_000n
    expect(stakes[0]).to.equal(STAKE - budget / 2n)
    expect(bounty).to.equal(budget / 20n)
    for (const stake of stakes.slice(1)) expect(stake).to.equal(STAKE)
  })

  it('denounces nobody where it is not told to', async () => {
    const { stakes, bounty } = await withheld({})
    expect(stakes[0]).to.equal(STAKE)
    expect(bounty).to.equal(0n)
  })

  it('denounces nobody for less than is worth it', async () => {
    expect((await withheld({ slashFrom: STAKE })).stakes[0]).to.equal(STAKE)
  })

  it('denounces nobody whose opening came and was not sent', async () => {
    const { stakes } = await withheld({ slashFrom: 1n, isOpeningLost: true })
    expect(stakes[0]).to.equal(STAKE)
  })
})
