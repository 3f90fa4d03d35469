import type { Hex } from 'viem'
import * as Commitments from '../maths/commitments.ts'
import { packStatement } from '../statement.ts'
import { domainHashOf } from '../typedData.ts'
import type { Place } from '../typedData.ts'
import type { Opening, RoundKey } from '../types.ts'

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
