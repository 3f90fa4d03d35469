import type { Hex } from 'viem'
import { encodeCommit } from '../../../sdk/src/actions/commit.ts'
import { multicall } from '../../../sdk/src/actions/multicall.ts'
import { preparePublish } from '../../../sdk/src/actions/publish.ts'
import { prepareResolveAndSettle } from '../../../sdk/src/actions/resolveAndSettle.ts'
import { prepareReveal } from '../../../sdk/src/actions/reveal.ts'
import { prepareRevealSigned } from '../../../sdk/src/actions/revealSigned.ts'
import { accountOf } from '../../../sdk/src/client.ts'
import type { AuspexClient } from '../../../sdk/src/client.ts'
import * as Schedule from '../../../sdk/src/math/schedule.ts'
import { getSeals } from '../../../sdk/src/reads/getSeals.ts'
import { predictionsOf } from '../../../sdk/src/sealing/predictionsOf.ts'
import type { Opening } from '../../../sdk/src/types.ts'
import { at } from '../../lib/at.ts'
import type { Hardfork } from '../chain/hardforks.ts'
import type { Cost } from '../chain/Measured.ts'
import { startChain } from '../chain/startChain.ts'
import type { BatchedMode } from './Mode.ts'
import { openTopic } from './openTopic.ts'
import { predict } from './predict.ts'
import type { Said } from './predict.ts'
import type { JoinedRhythm } from './Rhythm.ts'
import type { PhaseName, RoundCost } from './RoundCost.ts'
import type { Scene } from './Scene.ts'
import { timetable } from './timetable.ts'
import type { Load } from './timetable.ts'
import { truthOf } from './truthOf.ts'

type Call = { phase: PhaseName; data: Hex }
type Game = { scene: Scene; said: Map<bigint, readonly Said[]> }

/** By then every slot of the ring was used once, and the topic trusts its own errors. */
const WARM_AFTER = 11n
const NOTHING: Cost = { gas: 0, calldata: 0 }

/**
 * What a round costs in the long run where phases share transactions, as the timetable of a rhythm says. Each phase is
 * told by what it adds to its transaction; the first bears the base.
 */
export async function measureJoined({
  hardfork,
  mode,
  rhythm,
  workers,
}: {
  hardfork: Hardfork
  mode: BatchedMode
  rhythm: JoinedRhythm
  workers: number
}): Promise<RoundCost> {
  const chain = await startChain({ hardfork, workers })
  try {
    const scene = await openTopic({ chain, mode, rhythm })
    const game = { scene, said: new Map() }
    const loads = timetable({ mode, rhythm })
    for (let round = 0n; round < WARM_AFTER; round += 1n) {
      for (const load of loads) await send({ scene, calls: await callsOf({ game, load, round }) })
    }

    const cost = { commit: NOTHING, reveal: NOTHING, publish: NOTHING, settle: NOTHING }
    for (const load of loads) {
      const calls = await callsOf({ game, load, round: WARM_AFTER })
      Object.assign(cost, await shareOut({ scene, calls }))
      await send({ scene, calls })
    }
    return cost
  } finally {
    await chain.stop()
  }
}

/** What is due at its time after a round opened. */
async function callsOf({
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
    calls.push({ phase, data: await prepare[phase](game, round) })
  }
  return calls
}

function sayAll(scene: Scene, round: bigint): Promise<Said[]> {
  const say = (client: AuspexClient, i: number) => predict({ scene, client, round, i })
  return Promise.all(scene.chain.workers.map(say))
}

/* PHASES */

const prepare: Record<PhaseName, (game: Game, round: bigint) => Promise<Hex>> = {
  async commit({ scene: { topic }, said }, round) {
    const commitments = said.get(round)!.map(({ signed }) => signed)
    return encodeCommit({ topic, round, commitments })
  },

  async reveal(game, round) {
    const { keeper } = game.scene.chain
    const { topic, mode } = game.scene
    const openings = openingsOf(game, round)
    if (mode === 'signedOnly') return prepareRevealSigned(keeper, { topic, round, openings }).data

    const seals = await sealsOf(game, round)
    return prepareReveal(keeper, { topic, round, seals, openings }).data
  },

  /** What is revealed in the same transaction follows from the seals and the openings. */
  async publish(game, round) {
    const { topic, mode, chain } = game.scene
    const { keeper } = chain
    const key = { topic, round }
    if (mode === 'signedOnly') return (await preparePublish(keeper, key)).data

    const { chainId, network } = keeper
    const seals = await sealsOf(game, round)
    const openings = openingsOf(game, round)
    const upcoming = [predictionsOf({ chainId, network, ...key, seals, openings })]
    return (await preparePublish(keeper, { ...key, upcoming })).data
  },

  async settle({ scene: { chain, topic, params } }, round) {
    const target = Schedule.targetTime(params, round)
    const proof = await chain.tell({ value: truthOf(round), at: target })
    return (await prepareResolveAndSettle(chain.keeper, { topic, round, proof })).data
  },
}

function openingsOf({ said }: Game, round: bigint): Opening[] {
  return said.get(round)!.map(({ opening }) => opening)
}

async function sealsOf({ scene: { chain, topic } }: Game, round: bigint) {
  const committer = accountOf(chain.keeper)
  const seals = await getSeals(chain.keeper, { topic, round, committer })
  if (seals === undefined) throw new Error(`Nothing was committed in round ${round}`)
  return seals
}

/* TRANSACTIONS */

/** What each call adds to a transaction of all, found by sending one more each time. */
async function shareOut({
  scene,
  calls,
}: {
  scene: Scene
  calls: readonly Call[]
}): Promise<Partial<RoundCost>> {
  const cost: Partial<RoundCost> = {}
  let before = NOTHING
  for (const [i, { phase }] of calls.entries()) {
    const sent = calls.slice(0, i + 1)
    const after = await scene.chain.rehearse(() => send({ scene, calls: sent, of: calls.length }))
    cost[phase] = { gas: after.gas - before.gas, calldata: after.calldata - before.calldata }
    before = after
  }
  return cost
}

/** A call that is alone in its transaction is not wrapped, as a reputer's is not. */
async function send({
  scene: { chain },
  calls,
  of = calls.length,
}: {
  scene: Scene
  calls: readonly Call[]
  of?: number
}): Promise<void> {
  const { keeper } = chain
  const datas = calls.map(({ data }) => data)
  if (of > 1) await multicall(keeper, { calls: datas })
  else await keeper.send({ to: keeper.network, data: at(datas, 0) })
}
