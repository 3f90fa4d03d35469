import { commit, getRevealed, publish, reveal, revealSigned } from '@auspex/sdk'
import type { Outcome, Revealed, SealList } from '@auspex/sdk'
import * as Schedule from '@auspex/sdk/maths'
import { at } from '../../lib/checks.ts'
import type { Cost } from '../chain.ts'
import type { Scene } from './openTopic.ts'
import { predict } from './predict.ts'
import type { Said } from './predict.ts'

export type PublishedRound = {
  round: bigint
  outcome: Outcome
  revealed: Revealed
  cost: Record<'commit' | 'reveal' | 'publish', Cost>
}

/** Plays a round until its aggregate is on the feed. */
export async function publishRound({
  scene,
  round,
}: {
  scene: Scene
  round: bigint
}): Promise<PublishedRound> {
  const { chain, topic, params } = scene
  const { keeper, workers, measure } = chain
  const key = { topic, round }
  const said = await Promise.all(workers.map((client, i) => predict({ scene, client, round, i })))

  await chain.goTo(Schedule.openTime(params, round))
  const committed = await measure(() => commitAll({ scene, round, said }))
  if (scene.mode !== 'signedOnly') await chain.goTo(Schedule.revealTime(params, round))
  const lists = committed.result
  const opened = await measure(() => revealAll({ scene, round, said, lists }))
  const revealed = await getRevealed(keeper, key)

  await chain.goTo(Schedule.publishTime(params, round))
  const published = await measure(() => publish(keeper, { ...key, revealed }))
  if (published.result.status !== 'published') throw new Error(`Round ${round} is void`)

  return {
    round,
    revealed,
    outcome: published.result.outcome,
    cost: { commit: committed.cost, reveal: opened.cost, publish: published.cost },
  }
}

type Spoken = { scene: Scene; round: bigint; said: readonly Said[] }

/** Gives the lists that were taken in, in their order. */
async function commitAll({ scene, round, said }: Spoken): Promise<SealList[]> {
  const { chain, topic, mode } = scene
  const commitments = said.map(({ signed }) => signed)

  if (mode === 'signedOnly') return []
  if (mode === 'batched') {
    return [await commit(chain.keeper, { topic, round, commitments })]
  }
  const lists = []
  for (const [i, client] of chain.workers.entries()) {
    lists.push(await commit(client, { topic, round, commitments: [at(commitments, i)] }))
  }
  return lists
}

async function revealAll({
  scene,
  round,
  said,
  lists,
}: Spoken & { lists: readonly SealList[] }): Promise<void> {
  const { chain, topic, mode } = scene
  const openings = said.map(({ opening }) => opening)

  if (mode === 'signedOnly') {
    await revealSigned(chain.keeper, { topic, round, openings })
    return
  }
  if (mode === 'batched') {
    await reveal(chain.keeper, { topic, round, ...at(lists, 0), openings })
    return
  }
  for (const [i, client] of chain.workers.entries()) {
    await reveal(client, { topic, round, ...at(lists, i), openings: [at(openings, i)] })
  }
}
