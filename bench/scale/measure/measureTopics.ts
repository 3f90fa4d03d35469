import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { at } from '../../lib/checks.ts'
import type { Weight } from '../node/messages.ts'
import type { RoundCost } from '../play/RoundCost.ts'
import { openTopics } from '../topics/openTopics.ts'
import type { Scene } from '../topics/openTopics.ts'
import type { World } from '../topics/openWorld.ts'
import { checkGrowth } from './checkGrowth.ts'
import type { Growth } from './checkGrowth.ts'
import { reputerCost } from './costs.ts'
import { measureCatchUp } from './measureCatchUp.ts'
import type { CatchUp } from './measureCatchUp.ts'
import { playScene, sizesUpTo } from './playScene.ts'

const TOLERANCE = 0.03

type TopicsSize = {
  topics: number
  rounds: readonly RoundCost[]
  /** Of the reputer: before the first round, and after each. */
  weights: readonly Weight[]
  /** Bytes after the last round: the reputer's desk, and what the journal of all workers grew by. */
  desk: number
  journal: number
}

export type TopicsResult = {
  sizes: readonly TopicsSize[]
  growth: Growth
  /** After the rounds of the largest size. */
  catchUp: CatchUp
}

/** Ten times the topics each time, all of a size living at once; the largest is left alone for an hour at the end. */
export async function measureTopics({
  world,
  topics: largest,
  seats,
  rounds,
}: {
  world: World
  topics: number
  seats: number
  rounds: number
}): Promise<TopicsResult> {
  const sizes: TopicsSize[] = []
  let catchUp: CatchUp | undefined
  for (const topics of sizesUpTo({ largest, times: 10, count: 4 })) {
    const scene = await openTopics({ world, count: topics, seats })
    const name = `reputer of ${topics} topics`
    const before = journalSize(world)
    const played = await playScene({ scene, name, rounds })
    const { node, ...figures } = played
    sizes.push({
      ...{ topics, ...figures },
      desk: sizeOfDatabase({ file: join(world.folder, name, 'desk.db') }),
      journal: journalSize(world) - before,
    })

    if (topics === largest) catchUp = await measureCatchUp({ scene, name, node, round: rounds })
    if (topics !== largest) await node.stop()
  }

  const values = sizes.map((size) => gasOfLast(size))
  return { sizes, growth: checkGrowth({ values, tolerance: TOLERANCE }), catchUp: catchUp! }
}

function journalSize({ folder }: Scene['world']): number {
  return sizeOfDatabase({ file: join(folder, 'journal.db') })
}

/** Gas of a topic's round, in the last round that was played. */
function gasOfLast({ topics, rounds }: TopicsSize): number {
  return reputerCost(at(rounds, rounds.length - 1)).gas / topics
}

/** Bytes of the reputer's heap for a topic more: between the two largest sizes, or from nothing where there is one. */
export function heapPerTopic(sizes: readonly TopicsSize[]): number {
  const largest = at(sizes, sizes.length - 1)
  const smaller = sizes[sizes.length - 2]
  if (smaller === undefined)
    return (lastHeap(largest) - at(largest.weights, 0).heap) / largest.topics
  return (lastHeap(largest) - lastHeap(smaller)) / (largest.topics - smaller.topics)
}

function lastHeap({ weights }: TopicsSize): number {
  return at(weights, weights.length - 1).heap
}

/** Bytes of an SQLite file after everything in its write-ahead log was brought into it. */
function sizeOfDatabase({ file }: { file: string }): number {
  const database = new DatabaseSync(file, { timeout: 5000 })
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return statSync(file).size
}
