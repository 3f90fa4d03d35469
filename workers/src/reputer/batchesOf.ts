import { findSeal, unpackSeal } from '@auspex/sdk'
import type { SealList } from '@auspex/sdk'
import type { Offer } from '../http/desk.ts'
import type { Batch } from './reputerTurn.ts'

/** Openings by the list that has their seal, whoever committed it; without those whose seat is closed. */
export function batchesOf({
  lists,
  offers,
  closed,
}: {
  lists: readonly SealList[]
  offers: readonly Offer[]
  /** One bit a seat. */
  closed: bigint
}): Batch[] {
  const places = lists.flatMap((list) => list.seals.map((seal) => ({ list, seal })))
  const seals = places.map(({ seal }) => seal)
  const batches = new Map(lists.map((list) => [list, { list, offers: [] as Offer[], seats: 0n }]))
  for (const offer of offers) {
    const place = findSeal({ seals, ...offer })
    if (place === undefined) continue

    const { list, seal } = places[place]!
    const seat = 1n << unpackSeal(seal).seat
    if ((closed & seat) !== 0n) continue

    const batch = batches.get(list)!
    batch.offers.push(offer)
    batch.seats |= seat
  }
  return [...batches.values()].filter(({ offers }) => offers.length > 0)
}
