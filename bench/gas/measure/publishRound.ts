import { commit } from '../../../sdk/src/actions/commit.ts'
import { publish } from '../../../sdk/src/actions/publish.ts'
import { reveal } from '../../../sdk/src/actions/reveal.ts'
import * as Schedule from '../../../sdk/src/math/schedule.ts'
import { getRevealed } from '../../../sdk/src/reads/getRevealed.ts'
import type { SealedPrediction } from '../../../sdk/src/sealing/seal.ts'
import type { Outcome, Revealed } from '../../../sdk/src/types.ts'
import { at } from '../../lib/at.ts'
import type { Cost } from '../chain/Measured.ts'
import { predict } from './predict.ts'
import type { Scene } from './Scene.ts'

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
  const sealed = await Promise.all(workers.map((client, i) => predict({ scene, client, round, i })))

  await chain.goTo(Schedule.openTime(params, round))
  const committed = await measure(() => commitAll({ scene, round, sealed }))
  if (scene.mode !== 'signedOnly') await chain.goTo(Schedule.revealTime(params, round))
  const opened = await measure(() => revealAll({ scene, round, sealed }))
  const revealed = await getRevealed(keeper, key)

  await chain.goTo(Schedule.publishTime(params, round))
  const published = await measure(() => publish(keeper, { ...key, revealed }))
  if (published.result.status === 'void') throw new Error(`Round ${round} is void`)

  return {
    round,
    revealed,
    outcome: published.result.outcome,
    cost: { commit: committed.cost, reveal: opened.cost, publish: published.cost },
  }
}

type Sealed = { scene: Scene; round: bigint; sealed: readonly SealedPrediction[] }

async function commitAll({ scene, round, sealed }: Sealed): Promise<void> {
  const { chain, topic, mode } = scene
  const commitments = sealed.map(({ commitment }) => commitment)

  if (mode === 'signedOnly') return
  if (mode === 'batched') {
    await commit(chain.keeper, { topic, round, commitments })
    return
  }
  for (const [i, client] of chain.workers.entries()) {
    await commit(client, { topic, round, commitments: [at(commitments, i)] })
  }
}

async function revealAll({ scene, round, sealed }: Sealed): Promise<void> {
  const { chain, topic, mode } = scene
  const commitments = sealed.map(({ commitment }) => commitment)
  const openings = sealed.map(({ opening }) => opening)

  if (mode === 'signedOnly') {
    await reveal(chain.keeper, { topic, round, openings })
    return
  }
  if (mode === 'batched') {
    await reveal(chain.keeper, { topic, round, commitments, openings })
    return
  }
  for (const [i, client] of chain.workers.entries()) {
    const own = { commitments: [at(commitments, i)], openings: [at(openings, i)] }
    await reveal(client, { topic, round, ...own })
  }
}
