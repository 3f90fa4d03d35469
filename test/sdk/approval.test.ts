import { expect } from 'chai'
import { approve, deposit, fund, getAllowance } from '../../sdk/src/index.ts'
import type { AuspexClient } from '../../sdk/src/index.ts'
import { deployOn, openTopic, startAnvil } from '../helpers/anvil.ts'

const ONE = 10n ** 18n

describe('an allowance', function () {
  this.timeout(60_000)

  for (const tokenName of [undefined, 'StrictToken'] as const) {
    describe(tokenName ? 'of a token that changes it only from or to zero' : 'of a token', () => {
      let anvil: Awaited<ReturnType<typeof startAnvil>>
      let client: AuspexClient
      let topic: `0x${string}`

      before(async function () {
        anvil = await startAnvil()
        if (anvil === undefined) this.skip()
        const deployed = await deployOn(anvil, tokenName ? { tokenName } : {})
        ;({ topic } = await openTopic(anvil, deployed))
        client = await deployed.clientOf(1)
      })
      after(() => anvil?.stop())

      const allowance = () => getAllowance(client, { account: client.account! })

      it('is taken back where the call that it was for is refused', async () => {
        const nowhere = `0x${'ab'.repeat(32)}` as const
        const failure = await fund(client, { topic: nowhere, amount: 5n * ONE }).catch(
          (error: Error) => error,
        )
        expect((failure as Error).name).to.equal('UnknownTopic')
        expect(await allowance()).to.equal(0n)
      })

      it('is raised where too little of it is left from before', async () => {
        await approve(client, { amount: 3n })
        await deposit(client, { topic, amount: 10n * ONE })
        expect(await allowance()).to.equal(0n)
      })

      it('is not asked for where there is enough', async () => {
        if ((await allowance()) > 0n) await approve(client, { amount: 0n })
        await approve(client, { amount: 100n * ONE })
        await fund(client, { topic, amount: 30n * ONE })
        expect(await allowance()).to.equal(70n * ONE)
      })
    })
  }
})
