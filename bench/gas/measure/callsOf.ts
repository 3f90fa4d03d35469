import {
  getSealLists,
  prepareCommit,
  preparePublish,
  prepareResolveAndSettle,
  prepareRevealAndPublish,
  prepareRevealSigned,
} from '@auspex/sdk'
import type { AuspexClient, Opening, Prepared } from '@auspex/sdk'
import * as Schedule from '@auspex/sdk/maths'
import type { Scene } from './openTopic.ts'
import { predict } from './predict.ts'
import type { Said } from './predict.ts'
import type { PhaseName } from './RoundCost.ts'
import { truthOf } from './settleRound.ts'
import type { Load } from './timetable.ts'

/** As much of what came of a phase as tells whether it was whole. */
export type Told = {
  status?: string
  seals?: readonly unknown[]
  predictions?: readonly unknown[]
}
export type Call = { phase: PhaseName; call: Prepared<Told> }
type Game = { scene: Scene; said: Map<bigint, readonly Said[]> }

/** What is due at its time after a round opened. */
export async function callsOf({
  game,
  load: { after, items },
  round: youngest,
}: {
  game: Game
  load: Load
  round: bigint
}): Promise<Call[]> {
  const { chain, params } = game.scene
  const due = items
    .map(({ phase, ago }) => ({ phase, round: youngest - ago }))
    .filter(({ round }) => round >= 0n)
  if (!game.said.has(youngest)) game.said.set(youngest, await sayAll(game.scene, youngest))

  await chain.goTo(Schedule.openTime(params, youngest) + after)
  const calls: Call[] = []
  for (const { phase, round } of due) {
    calls.push({ phase, call: await prepare[phase](game, round) })
  }
  return calls
}

function sayAll(scene: Scene, round: bigint): Promise<Said[]> {
  const say = (client: AuspexClient, i: number) => predict({ scene, client, round, i })
  return Promise.all(scene.chain.workers.map(say))
}

/* PHASES */

const prepare: Record<PhaseName, (game: Game, round: bigint) => Promise<Prepared<Told>>> = {
  async commit({ scene: { chain, topic }, said }, round) {
    const commitments = said.get(round)!.map(({ signed }) => signed)
    return prepareCommit(chain.keeper, { topic, round, commitments })
  },

  /** Of signed-only topics: what is sealed is revealed as it is published. */
  async reveal(game, round) {
    const { topic, chain } = game.scene
    return prepareRevealSigned(chain.keeper, { topic, round, openings: openingsOf(game, round) })
  },

  async publish(game, round) {
    const { topic, mode, chain } = game.scene
    const key = { topic, round }
    if (mode === 'signedOnly') return preparePublish(chain.keeper, key)

    const seals = await sealsOf(game, round)
    const openings = openingsOf(game, round)
    return prepareRevealAndPublish(chain.keeper, { ...key, seals, openings })
  },

  async settle({ scene: { chain, topic, params } }, round) {
    const target = Schedule.targetTime(params, round)
    const proof = await chain.tell({ value: truthOf(round), at: target })
    return prepareResolveAndSettle(chain.keeper, { topic, round, proof })
  },
}

function openingsOf({ said }: Game, round: bigint): Opening[] {
  return said.get(round)!.map(({ opening }) => opening)
}

async function sealsOf({ scene: { chain, topic } }: Game, round: bigint) {
  const [list] = await getSealLists(chain.keeper, { topic, round })
  if (list === undefined) throw new Error(`Nothing was committed in round ${round}`)
  return list.seals
}
