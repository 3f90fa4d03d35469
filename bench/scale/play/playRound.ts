import { setTimeout as sleep } from 'node:timers/promises'
import * as Schedule from '@auspex/sdk/maths'
import type { Node } from '../node/startNode.ts'
import type { Scene } from '../topics/openTopics.ts'
import { expectAll } from './expectAll.ts'
import { handInCommitments, handInOpenings } from './handIn.ts'
import { predictAll } from './predictAll.ts'
import { tellWhile } from './progress.ts'
import type { RoundCost } from './RoundCost.ts'
import { measure, sum } from './Spent.ts'
import { tellTruth } from './tellTruth.ts'

/** A desk looks at the chain's clock only so often; leaps must wait for it. */
const DESK_CLOCK_MS = 300

/** More than the reputer waits for, in a time that blocks of twelve seconds fill. */
const MANY_BLOCKS = 102n

type Play = {
  scene: Scene
  node: Node
  round: bigint
  /** Of how many seats the workers speak; of all where it is left out. */
  seats?: number
}

/** Plays one round of every topic of a scene, from the predictions to settled stakes. */
export async function playRound(play: Play): Promise<RoundCost> {
  const published = await publishRound(play)
  await tellTruth(play)
  const settle = await tickAll({ ...play, status: 'settled' })

  return { ...published, phases: { ...published.phases, settle } }
}

/** Plays as far as the aggregates on the feeds; the truth is still to come. */
export async function publishRound(
  play: Play,
): Promise<Omit<RoundCost, 'phases'> & { phases: Omit<RoundCost['phases'], 'settle'> }> {
  const { scene, node, round, seats = scene.seats } = play
  const { chain } = scene.world
  const { params } = scene
  const enter = async (time: bigint) => {
    await chain.moveTo(time)
    await sleep(DESK_CLOCK_MS)
  }

  await enter(Schedule.openTime(params, round))
  const { spent: seal, result: words } = await measure(chain, () =>
    predictAll({ scene, round, seats }),
  )
  const { spent: handed } = await measure(chain, () =>
    handInCommitments({ scene, node, words, round }),
  )
  const commit = await tickAll({ ...play, status: 'committed' })
  const idleCommit = await tickAll({ ...play, status: 'idle' })

  await enter(Schedule.revealTime(params, round))
  const { spent: opened } = await measure(chain, () =>
    handInOpenings({ scene, node, words, round }),
  )
  // Once all that was sealed is revealed, the aggregate goes out in the same transaction.
  const publish = await tickAll({ ...play, status: 'published' })

  await chain.moveTo(Schedule.publishTime(params, round))
  // By the first look after some blocks the reputer knows that nobody takes the round back.
  await tickAll({ ...play, status: 'idle' })
  await chain.pass(Schedule.publishTime(params, round) + 2n * MANY_BLOCKS, 2n)
  const idleLive = await tickAll({ ...play, status: 'idle' })

  return {
    seal,
    handIn: sum([handed, opened]),
    phases: { commit, publish },
    idle: { commit: idleCommit, live: idleLive },
  }
}

async function tickAll({ scene, node, status }: Play & { status: string }) {
  const { world, topics } = scene
  const what = `topics ${topics.length} to be ${status}`
  const { spent, result } = await tellWhile(world, {
    what,
    work: () => measure(world.chain, () => node.tick()),
  })
  expectAll({ ticked: result, status, topics: topics.length })
  return spent
}
