import {
  accountOf,
  activate,
  claim,
  createTopic,
  deposit,
  fund,
  takeSeat,
  unstake,
  withdraw,
} from '@auspex/sdk'
import { at } from '../../lib/checks.ts'
import { startChain } from '../chain.ts'
import type { Cost, Hardfork } from '../chain.ts'
import { termsOf } from './openTopic.ts'
import { publishRound } from './publishRound.ts'
import { settleRound } from './settleRound.ts'

const ONE = 10n ** 18n
const POOL = 100_000n * ONE
const STAKE = 1_000n * ONE
const START_IN = 100_000n

export type VerbName =
  'createTopic' | 'fund' | 'deposit' | 'activate' | 'takeSeat' | 'unstake' | 'withdraw' | 'claim'

/** What the rest of a topic's life costs, in the order in which a lone worker lives it: each verb for the first time. */
export async function measureVerbs({
  hardfork,
}: {
  hardfork: Hardfork
}): Promise<Record<VerbName, Cost>> {
  const chain = await startChain({ hardfork, workers: 1 })
  const { keeper, measure, truth } = chain
  const client = at(chain.workers, 0)
  const worker = accountOf(client)
  try {
    const start = chain.now() + START_IN
    const params = termsOf({ truth, start, mode: 'batched', rhythm: 'apart' })
    const created = await measure(() => createTopic(keeper, params))
    const { topic } = created.result
    const key = { topic, worker }
    const funded = await measure(() => fund(keeper, { topic, amount: POOL, approval: 'never' }))
    const deposited = await measure(() =>
      deposit(client, { topic, amount: STAKE, approval: 'never' }),
    )
    await chain.goTo(chain.now() + params.activationDelay)
    const activated = await measure(() => activate(client, key))
    const seated = await measure(() => takeSeat(client, { ...key, seat: 0n }))

    const scene = { chain, topic, params, mode: 'batched' as const }
    // Keepers are tipped from what the pool plays, which it does once it knows a truth.
    for (const round of [0n, 1n]) {
      const published = await publishRound({ scene, round })
      await settleRound({ scene, published })
    }

    const asked = await measure(() => unstake(client, { ...key, amount: STAKE / 2n }))
    await chain.goTo(chain.now() + params.unstakeDelay)
    const withdrawn = await measure(() => withdraw(client, key))
    const claimed = await measure(() => claim(keeper))

    return {
      createTopic: created.cost,
      fund: funded.cost,
      deposit: deposited.cost,
      activate: activated.cost,
      takeSeat: seated.cost,
      unstake: asked.cost,
      withdraw: withdrawn.cost,
      claim: claimed.cost,
    }
  } finally {
    await chain.stop()
  }
}
