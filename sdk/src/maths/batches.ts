import { encodePacked, keccak256, slice, zeroHash } from 'viem'
import type { Address, Hex } from 'viem'
import type { Batch, Revealed } from '../words/prediction.ts'
import { chain } from './commitments.ts'
import type { Seal } from '../words/seal.ts'

/* Twin of contracts/memory/Batches.sol: what the calls of `reveal` recorded, as a chain of hashes. */

const NONE_SUCH = slice(zeroHash, 0, 20)

/** The batches of a round as `publish` takes them. */
export function batchesOf({ workers, counts }: Pick<Revealed, 'workers' | 'counts'>): Batch[] {
  return cut(workers, counts).map((batch) => ({
    count: BigInt(batch.length),
    workers: hashOfWorkers(batch),
  }))
}

/**
 * The chain over a whole round from a first digest on, as the round keeps it; from zero on, as its outcome does. Zero where
 * the batches are not all of the lists.
 */
export function digestOf(first: Hex, { predictions, workers, counts }: Revealed): Hex {
  const total = counts.reduce((sum, count) => sum + Number(count), 0)
  if (total !== predictions.length || total !== workers.length) return NONE_SUCH

  const batches = batchesOf({ workers, counts })
  return cut(predictions, counts).reduce(
    (digest, batch, i) => chain(digest, hashOfPredictions(batch), batches[i]!.workers),
    first,
  )
}

/** A list in pieces of so many entries each. */
function cut<Entry>(list: readonly Entry[], counts: readonly bigint[]): (readonly Entry[])[] {
  let from = 0
  return counts.map((count) => list.slice(from, (from += Number(count))))
}

function hashOfPredictions(predictions: readonly bigint[]): Hex {
  return keccak256(encodePacked(['uint256[]'], [predictions]))
}

/** Each entry fills a word, as in packed arrays. */
function hashOfWorkers(workers: readonly Address[]): Hex {
  return keccak256(encodePacked(['address[]'], [workers]))
}

/* Twin of Seals in contracts/memory/Lists.sol. */

/** The hash a list of seals is kept as, 29 bytes. */
export function hashOf(seals: readonly Seal[]): Hex {
  return slice(keccak256(encodePacked(['uint256[]'], [seals])), 0, 29)
}
