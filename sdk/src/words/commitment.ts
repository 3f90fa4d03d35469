import type { Hex, Address } from 'viem'
import * as Commitments from '../maths/commitments.ts'
import { boundOf, isSigned } from '../maths/commitments.ts'
import { packStatement } from './statement.ts'
import type { Opening } from './statement.ts'
import { domainHashOf } from './typedData.ts'
import type { Place, CompactSignature } from './typedData.ts'
import type { RoundKey } from './round.ts'
import type { Seal } from './seal.ts'

/** The sealed form of a prediction, twenty bytes: it opens nowhere else and for nobody else. */
export function commitmentOf({
  chainId,
  network,
  topic,
  round,
  worker,
  ...stated
}: Place & RoundKey & Opening): Hex {
  const domain = domainHashOf({ chainId, network })
  const ofRound = Commitments.roundHash(domain, topic, round)
  return Commitments.commitmentOf(ofRound, worker, packStatement(stated))
}

/** The place of a worker's commitment in a list of seals; undefined if it was not taken in. */
export function findSeal({
  seals,
  worker,
  commitment,
}: {
  seals: readonly Seal[]
  worker: Address
  commitment: Hex
}): number | undefined {
  const bound = BigInt(boundOf(commitment, worker))
  const place = seals.findIndex((seal) => seal >> 96n === bound)
  return place < 0 ? undefined : place
}

/** Whether a worker signed its commitment, as the network will check it. */
export async function isSignedCommitment({
  chainId,
  network,
  topic,
  round,
  commitment,
  ...signed
}: Place & RoundKey & { commitment: Hex; worker: Address } & CompactSignature): Promise<boolean> {
  return isSigned(domainHashOf({ chainId, network }), topic, round, commitment, signed)
}
