import { expect } from 'chai'
import { getClaimable } from '../../../sdk/src/index.ts'
import type { Send } from '../../../sdk/src/index.ts'
import { claimTips } from '../../../workers/src/reputer/claimTips.ts'
import { loadFixture, settledTwice } from '../../helpers/network.ts'

/** A keeper that has done two whole rounds, the second of which tips, and its transactions counted. */
async function tipped() {
  const { keeper } = await loadFixture(settledTwice)
  const account = keeper.account!
  const sent: string[] = []
  const send: Send = (transaction) => {
    sent.push(transaction.to)
    return keeper.send(transaction)
  }
  const claimable = () => getClaimable(keeper, { account })
  return { client: { ...keeper, send }, sent, claimable, amount: await claimable() }
}

describe('claiming tips', () => {
  it('collects once what several topics ask for at the same time', async () => {
    const { client, sent, claimable, amount } = await tipped()
    expect(amount > 0n).to.equal(true)
    const claim = claimTips({ client, from: amount })
    await Promise.all([claim(), claim(), claim()])
    expect(sent).to.have.length(1)
    expect(await claimable()).to.equal(0n)
  })

  it('leaves them until they have come to the amount', async () => {
    const { client, sent, amount } = await tipped()
    await claimTips({ client, from: amount + 1n })()
    expect(sent).to.deep.equal([])
  })

  it('collects nothing where there is nothing', async () => {
    const { client, sent } = await tipped()
    const claim = claimTips({ client, from: 0n })
    await claim()
    await claim()
    expect(sent).to.have.length(1)
  })

  it('says so where it is refused, and holds nobody up', async () => {
    const { client } = await tipped()
    const told: string[] = []
    const log = {
      debug() {},
      info() {},
      error() {},
      warn: (_: object, what: string) => told.push(what),
    }
    const refusing = { ...client, send: () => Promise.reject(new Error('no')) }
    await claimTips({ client: refusing, from: 0n, log: log as never })()
    expect(told).to.deep.equal(['tips.unclaimed'])
  })
})
