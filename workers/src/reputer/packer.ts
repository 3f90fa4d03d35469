import { isAddressEqual } from 'viem'
import {
  accountOf,
  findSeal,
  getSealLists,
  predictionsOf,
  prepareCommit,
  preparePublish,
  prepareResolveAndSettle,
  prepareReveal,
  prepareRevealAndPublish,
  prepareRevealSigned,
  prepareSettle,
  prepareVoidRound,
  unpackSeal,
} from '@auspex/sdk'
import type { AuspexClient, Opening, Prepared, Recorded, SealList, TopicId } from '@auspex/sdk'
import type { Desk, Offer } from '../http/desk.ts'
import { seatsIn } from './roundBook.ts'
import type { Remembered, RoundBook } from './roundBook.ts'
import type { Batch, ReputerDeps, ReputerTurn } from './reputerTurn.ts'

/*
 * From what workers handed in, and from what the chain has of it already, to calls that are ready to be sent.
 */

export type Packer = Pick<ReputerDeps, 'findUncommitted' | 'findUnrevealed' | 'prepare'>

/** The packer of one topic. What its calls brought about is noted in the book as soon as they are mined. */
export function createPacker({
  client,
  topic,
  desk,
  book,
}: {
  client: AuspexClient
  topic: TopicId
  desk: Desk
  book: RoundBook
}): Packer {
  async function findUncommitted(turn: ReputerTurn): Promise<Offer[]> {
    const memory = book.recall(turn)
    if (memory?.isCommitted) return []

    const lists = await getSealLists(book.readerOf(turn), turn)
    const isCommitted = lists.some((list) => isAddressEqual(list.committer, accountOf(client)))
    if (memory) memory.isCommitted = isCommitted
    const seals = lists.flatMap((list) => list.seals)
    const offers = isCommitted ? [] : await desk.closeList(turn)
    return offers.filter((offer) => findSeal({ seals, ...offer }) === undefined)
  }

  async function findUnrevealed(turn: ReputerTurn, offers: Offer[]): Promise<Batch[]> {
    if (turn.isSealing) {
      return batchesOf({ lists: await book.listsOf(turn), offers, closed: turn.closed })
    }
    const done = await book.revealedIn(turn)
    const passedOver = book.recall(turn)?.passedOver
    const left = offers.filter(({ worker }) => !done.has(worker) && !passedOver?.has(worker))
    return left.length === 0 ? [] : [{ offers: left, seats: 0n }]
  }

  async function prepareBatch(
    turn: ReputerTurn,
    { offers, list }: Batch,
  ): Promise<Prepared<number>> {
    const { round } = turn
    const batch = { topic, round, openings: openingsOf(offers) }
    const { data, resultOf } = list
      ? await prepareReveal(book.readerOf(turn), { ...batch, ...list })
      : prepareRevealSigned(client, batch)
    const memory = doubt(turn)

    return {
      data,
      resultOf: (receipt) => {
        const { workers } = resultOf(receipt)
        const counted = new Set(workers.map((worker) => worker.toLowerCase()))
        const passedOver = offers.filter(({ worker }) => !counted.has(worker))
        for (const { worker } of passedOver) memory?.passedOver.add(worker)
        if (memory) memory.seats = seatsIn(memory.lists)
        return workers.length
      },
    }
  }

  /** Until a reveal is mined the lists are in doubt: the chain may have taken back what it showed. */
  function doubt(turn: ReputerTurn): Remembered | undefined {
    const memory = book.recall(turn)
    if (memory) memory.seats = 0n
    return memory
  }

  /** What a round's reveals record follows from its seals, so that it can be published in the same transaction. */
  function recordedBy({ round, closed }: ReputerTurn, { offers, list }: Batch): Recorded {
    const { chainId, network } = client
    const place = { chainId, network, topic, round, closed }
    return predictionsOf({ ...place, seals: list?.seals ?? [], openings: openingsOf(offers) })
  }

  return {
    findUncommitted,
    findUnrevealed,
    prepare: {
      commit: async (turn, offers) => {
        const { round } = turn
        const { data, resultOf } = prepareCommit(client, { topic, round, commitments: offers })
        return {
          data,
          resultOf: (receipt) => {
            const memory = book.recall(turn)
            if (memory) memory.isCommitted = true
            return resultOf(receipt).seals.length
          },
        }
      },
      reveal: prepareBatch,
      revealAndPublish: (turn, { offers, list }) => {
        const { seals } = list!
        const { round } = turn
        doubt(turn)
        const openings = openingsOf(offers)
        return prepareRevealAndPublish(book.readerOf(turn), { topic, round, seals, openings })
      },
      publish: (turn, batches = []) => {
        const upcoming = batches.map((batch) => recordedBy(turn, batch))
        return preparePublish(book.readerOf(turn), { topic, round: turn.round, upcoming })
      },
      resolveAndSettle: (turn, proof) =>
        prepareResolveAndSettle(book.readerOf(turn), { topic, round: turn.round, proof }),
      settle: (turn) => prepareSettle(book.readerOf(turn), { topic, round: turn.round }),
      voidRound: async ({ round }) => prepareVoidRound({ topic, round }),
    },
  }
}

/** Openings by the list that holds their seal, whoever committed it; without those whose seat is closed. */
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

function openingsOf(offers: readonly Offer[]): Opening[] {
  return offers.flatMap(({ opening }) => opening ?? [])
}
