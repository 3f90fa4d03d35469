import { expect } from 'chai'
import { createPublicClient, custom, toHex } from 'viem'
import { fewAtOnce } from '../../../workers/src/runtime/fewAtOnce.ts'

describe('a way to a chain that is asked for few things at once', () => {
  const clientOf = (request: (call: { params?: unknown }) => Promise<unknown>, most: number) => {
    const transport = fewAtOnce(custom({ request }, { retryCount: 0 }), { most })
    return createPublicClient({ transport })
  }

  it('lets the others wait', async () => {
    let [asked, most] = [0, 0]
    const client = clientOf(async ({ params }) => {
      asked += 1
      most = Math.max(most, asked)
      await new Promise((resolve) => setTimeout(resolve, 1))
      asked -= 1
      return (params as unknown[])[0]
    }, 4)
    const addresses = Array.from({ length: 20 }, (_, i) => toHex(i, { size: 20 }))
    const balances = await Promise.all(addresses.map((address) => client.getBalance({ address })))
    expect(balances).to.deep.equal(addresses.map(BigInt))
    expect(most).to.equal(4)
  })

  it('passes on what went wrong, and goes on', async () => {
    const client = clientOf(() => Promise.reject(new Error('gone')), 1)
    for (let i = 0; i < 2; i++) {
      const failure = await client.getChainId().catch((error: Error) => error)
      expect(failure).to.have.property('details', 'gone')
    }
  })
})
