import { accountOf, seal, signCommitment } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import type { Entry } from '@auspex/workers'
import { keyOf } from '../../../devnet/startChain.ts'
import { draw } from '../../lib/random.ts'
import type { Scene } from '../topics/openTopics.ts'
import { progressOf } from './progress.ts'

const ONE = 10n ** 18n
/** Half of full confidence at least; in basis points, as full confidence is. */
const LEAST_CONFIDENCE = 5_000n

/** A worker's word in a round, sealed, signed and in its journal. */
export type Word = { topic: TopicId; client: AuspexClient; entry: Entry }

/** What every worker says in a round of every topic: some value between 98 and 102. */
export async function predictAll({
  scene,
  round,
  seats = scene.seats,
}: {
  scene: Scene
  round: bigint
  /** Of how many seats the workers speak. */
  seats?: number
}): Promise<Word[]> {
  const { topics, world } = scene
  const told = progressOf({ what: 'topics sealed', of: topics.length, tell: world.tell })
  const words: Word[] = []
  for (const [done, topic] of topics.entries()) {
    told(done)
    const ofTopic = world.workers.slice(0, seats).map(async (client) => {
      return { topic, client, entry: await predict({ scene, client, topic, round }) }
    })
    words.push(...(await Promise.all(ofTopic)))
  }
  return words
}

async function predict({
  scene,
  client,
  topic,
  round,
}: {
  scene: Scene
  client: AuspexClient
  topic: TopicId
  round: bigint
}): Promise<Entry> {
  const { chainId, network } = client
  const worker = accountOf(client)
  const label = `${worker} in round ${round} of ${topic}`
  const value = 98n * ONE + draw({ label: `value of ${label}`, limit: 4n * ONE })
  const confidence = LEAST_CONFIDENCE + draw({ label: `confidence of ${label}`, limit: 5_001n })

  const place = {
    chainId,
    network,
    topic,
    round,
    worker,
    saltKey: keyOf(`bench scale salts of ${worker}`),
  }
  const { commitment, opening } = await seal({ ...place, value, confidence })
  const signature = await signCommitment(client, { topic, round, commitment })
  const entry = { value, confidence, salt: opening.salt, commitment, ...signature }

  // As a worker does: on disk before anything about it leaves the machine.
  const scope = { chainId, contract: network, account: worker }
  const kept = await scene.world.journal.put({ ...scope, topic, round }, entry)
  if (kept.status === 'conflict') throw new Error(`Something else was said before: ${label}`)
  return entry
}
