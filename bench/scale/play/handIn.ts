import { accountOf } from '../../../sdk/src/client.ts'
import { connectReputer } from '../../../workers/src/http/connectReputer.ts'
import type { Answer, Endpoint } from '../../../workers/src/http/endpoint.ts'
import type { Node } from '../node/startNode.ts'
import type { Word } from './predictAll.ts'

/** Requests under way at one time. */
const AT_ONCE = 16

type HandIn = { node: Node; words: readonly Word[]; round: bigint }

/** Workers hand their signed commitments to the reputer, over loopback. */
export async function handInCommitments({ node, words, round }: HandIn): Promise<void> {
  await handAll({ node, words }, (endpoint, { topic, client, entry }) => {
    const { commitment, r, vs } = entry
    const worker = accountOf(client)
    return endpoint.takeCommitment({ topic, round, worker, commitment, r: r!, vs: vs! })
  })
}

/** Workers hand in what opens their commitments. */
export async function handInOpenings({ node, words, round }: HandIn): Promise<void> {
  await handAll({ node, words }, (endpoint, { topic, client, entry }) => {
    const { value, confidence, salt } = entry
    const worker = accountOf(client)
    return endpoint.takeOpening({ topic, round, worker, value, confidence, salt })
  })
}

async function handAll(
  { node, words }: Pick<HandIn, 'node' | 'words'>,
  hand: (endpoint: Endpoint, word: Word) => Promise<Answer>,
): Promise<void> {
  const endpoint = connectReputer({ url: node.url, timeoutMs: 60_000 })
  const left = words.values()

  const handSome = async () => {
    for (const word of left) {
      const answer = await hand(endpoint, word)
      if (answer.status !== 'accepted')
        throw new Error(`The desk ${answer.status}: ${answer.reason}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, handSome))
}
