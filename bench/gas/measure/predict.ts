import { accountOf, commitmentOf, encapsulate, saltOf, signCommitment } from '@auspex/sdk'
import type { AuspexClient, CommitParams, Opening } from '@auspex/sdk'
import { zeroHash } from 'viem'
import { draw } from '../../lib/random.ts'
import { keyOf } from '../chain.ts'
import type { Scene } from './openTopic.ts'

const ONE = 10n ** 18n
/** Half of full confidence at least; in basis points, as full confidence is. */
const LEAST_CONFIDENCE = 5_000n
const NO_SALT = zeroHash.slice(0, 34) as `0x${string}`

/** What a worker hands in: its commitment, signed where a reputer sends it, and what opens it. */
export type Said = { signed: CommitParams['commitments'][number]; opening: Opening }

/** What the i-th worker says in a round: some value between 98 and 102, sealed, and signed where a reputer sends it. */
export async function predict({
  scene: { topic, mode },
  client,
  round,
  i,
}: {
  scene: Scene
  client: AuspexClient
  round: bigint
  i: number
}): Promise<Said> {
  const { chainId, network } = client
  const worker = accountOf(client)
  const place = { chainId, network, topic, round, worker }
  const label = `${i} in round ${round}`

  const value = 98n * ONE + draw({ label: `value of ${label}`, limit: 4n * ONE })
  const confidence = LEAST_CONFIDENCE + draw({ label: `confidence of ${label}`, limit: 5_001n })
  const saltKey = keyOf(`salts of ${i}`)
  const salt = mode === 'signedOnly' ? NO_SALT : await saltOf({ ...place, saltKey })
  const opening = { worker, value, confidence, salt }
  const commitment = commitmentOf({ ...place, ...opening })
  const capsule = await encapsulate({ ...place, saltKey, value, confidence, commitment })
  if (mode === 'direct') return { signed: { commitment, capsule }, opening }

  const signature = await signCommitment(client, { topic, round, commitment })
  return { signed: { commitment, capsule, ...signature }, opening: { ...opening, ...signature } }
}
