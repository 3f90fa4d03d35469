import { accountOf } from '@auspex/sdk'
import { connectReputer } from '@auspex/workers'
import type { Answer, Endpoint } from '@auspex/workers'
import type { Node } from '../node/startNode.ts'
import type { Scene } from '../topics/openTopics.ts'
import type { Word } from './predictAll.ts'
import { progressOf } from './progress.ts'

/** Requests under way at one time. */
const AT_ONCE = 64

type HandIn = { scene: Scene; node: Node; words: readonly Word[]; round: bigint }

/** Workers hand their signed commitments to the reputer, over loopback. */
export async function handInCommitments({ round, ...to }: HandIn): Promise<void> {
  await handAll(to, (endpoint, { topic, client, entry }) => {
    const { commitment, r, vs } = entry
    const worker = accountOf(client)
    return endpoint.takeCommitment({ topic, round, worker, commitment, r: r!, vs: vs! })
  })
}

/** Workers hand in what opens their commitments. */
export async function handInOpenings({ round, ...to }: HandIn): Promise<void> {
  await handAll(to, (endpoint, { topic, client, entry }) => {
    const { value, confidence, salt } = entry
    const worker = accountOf(client)
    return endpoint.takeOpening({ topic, round, worker, value, confidence, salt })
  })
}

async function handAll(
  { scene, node, words }: Omit<HandIn, 'round'>,
  hand: (endpoint: Endpoint, word: Word) => Promise<Answer>,
): Promise<void> {
  const endpoint = connectReputer({ url: node.url, timeoutMs: 60_000 })
  const left = words.entries()
  const told = progressOf({ what: 'handed in', of: words.length, tell: scene.world.tell })

  const handSome = async () => {
    for (const [done, word] of left) {
      told(done)
      const answer = await hand(endpoint, word)
      if (answer.status !== 'accepted')
        throw new Error(`The desk ${answer.status}: ${answer.reason}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, handSome))
}
