import { multicall } from '@auspex/sdk'
import { at } from '../../lib/checks.ts'
import { startChain } from '../chain.ts'
import type { Cost, Hardfork } from '../chain.ts'
import { callsOf } from './callsOf.ts'
import type { Call, Told } from './callsOf.ts'
import { openTopic } from './openTopic.ts'
import type { BatchedMode, JoinedRhythm, Scene } from './openTopic.ts'
import type { PhaseName, RoundCost } from './RoundCost.ts'
import { timetable } from './timetable.ts'

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
      const parts = await shareOut({ scene, calls })
      for (const [i, part] of parts.entries()) cost[at(calls, i).phase] = part
      await send({ scene, calls })
    }
    return cost
  } finally {
    await chain.stop()
  }
}

/** What each call adds to a transaction of all, found by sending one more each time. */
export async function shareOut({
  scene,
  calls,
}: {
  scene: Scene
  calls: readonly Call[]
}): Promise<Cost[]> {
  const cost: Cost[] = []
  let before = NOTHING
  for (const i of calls.keys()) {
    const sent = calls.slice(0, i + 1)
    const after = await scene.chain.rehearse(() => send({ scene, calls: sent, of: calls.length }))
    cost.push({ gas: after.gas - before.gas, calldata: after.calldata - before.calldata })
    before = after
  }
  return cost
}

/** A call that is alone in its transaction is not wrapped, as a reputer's is not. */
export async function send({
  scene: { chain },
  calls,
  of = calls.length,
}: {
  scene: Scene
  calls: readonly Call[]
  of?: number
}): Promise<void> {
  const { keeper } = chain
  const datas = calls.map(({ call }) => call.data)
  const { receipt } =
    of > 1
      ? await multicall(keeper, { calls: datas })
      : { receipt: await keeper.send({ to: keeper.network, data: at(datas, 0) }) }
  for (const { phase, call } of calls) {
    requireWhole({ phase, told: call.resultOf(receipt), workers: chain.workers.length })
  }
}

/** A worker that was passed over, or a round that is void, would make a round look cheap. */
function requireWhole({
  phase,
  told: { status, seals, predictions },
  workers,
}: {
  phase: PhaseName
  told: Told
  workers: number
}): void {
  const isOfAll = [seals, predictions].every(
    (list) => list === undefined || list.length === workers,
  )
  if (status === 'void' || !isOfAll) throw new Error(`Not everybody was heard in ${phase}`)
}
