import { startChain } from '../chain.ts'
import type { Cost, Hardfork } from '../chain.ts'
import { callsOf } from './callsOf.ts'
import { send, shareOut } from './measureJoined.ts'
import { openTopic, WINDOW } from './openTopic.ts'
import { phases } from './RoundCost.ts'
import type { RoundCost } from './RoundCost.ts'
import type { Item, Load } from './timetable.ts'

/** Rounds that are settled in one transaction: `settleEvery: 4` in a reputer's configuration. */
const EVERY = 4n
/** By then every slot of the ring of eight was used. */
const WARM_AFTER = 12n
const RING = 8n
const DAY = 86_400n
const MOMENT = WINDOW / 4n
const NOTHING: Cost = { gas: 0, calldata: 0 }

/**
 * What a sealed round costs where a reputer settles four of a topic in one transaction, with the commit of the next: a
 * worker's slots are warm in it from the second settlement on, but the commits of the other three rounds find them cold. The
 * mean of four rounds.
 */
export async function measureFours({
  hardfork,
  workers,
}: {
  hardfork: Hardfork
  workers: number
}): Promise<RoundCost> {
  const chain = await startChain({ hardfork, workers })
  try {
    const terms = { ringSize: RING, riskBps: 200n, truthWindow: 9n * DAY }
    const scene = await openTopic({ chain, mode: 'batched', rhythm: 'usual', terms })
    const game = { scene, said: new Map() }
    const cost = { commit: NOTHING, reveal: NOTHING, publish: NOTHING, settle: NOTHING }
    for (let round = 0n; round < WARM_AFTER + EVERY; round += 1n) {
      for (const load of loadsOf(round)) {
        const calls = await callsOf({ game, load, round })
        const parts = round < WARM_AFTER ? [] : await shareOut({ scene, calls })
        for (const [i, part] of parts.entries()) {
          const { phase } = calls[i]!
          cost[phase] = sum(cost[phase], part)
        }
        await send({ scene, calls })
      }
    }
    return Object.fromEntries(phases.map((phase) => [phase, mean(cost[phase])])) as RoundCost
  } finally {
    await chain.stop()
  }
}

function loadsOf(round: bigint): Load[] {
  const settled = round > 0n && round % EVERY === 0n ? [4n, 3n, 2n, 1n] : []
  const items: Item[] = [
    ...settled.map((ago): Item => ({ phase: 'settle', ago })),
    { phase: 'commit', ago: 0n },
  ]
  return [
    { after: MOMENT, items },
    { after: WINDOW + MOMENT, items: [{ phase: 'publish', ago: 0n }] },
  ]
}

function sum(a: Cost, b: Cost): Cost {
  return { gas: a.gas + b.gas, calldata: a.calldata + b.calldata }
}

function mean({ gas, calldata }: Cost): Cost {
  return { gas: Math.round(gas / Number(EVERY)), calldata: Math.round(calldata / Number(EVERY)) }
}
