import { getAddress } from 'viem'
import type { Address, Hex } from 'viem'
import {
  accountOf,
  commit,
  getPosition,
  getRound,
  getSealLists,
  getTopic,
  getTurn,
  isSignedCommitment,
  readForecast,
  reveal,
  revealSigned,
  seal,
  signCommitment,
  unpackSeal,
  windowOf,
} from '@auspex/sdk'
import type {
  AuspexClient,
  Opening,
  Position,
  Prediction,
  RoundKey,
  SealList,
  Times,
  TopicId,
} from '@auspex/sdk'
import type { Endpoint } from '../http/endpoint.ts'
import type { Entry, Journal } from '../journal/journal.ts'
import { fromFixed18 } from '../models/fromFixed18.ts'
import type { Log } from '../runtime/log.ts'
import { silent } from '../runtime/silent.ts'
import type { Predict } from './predictWith.ts'
import { tick } from './worker.ts'
import type { Predicted, WorkerDeps, WorkerStep, WorkerTurn } from './worker.ts'

export type WorkerOptions = {
  /** The worker's own: its account is the signer that predicts. */
  client: AuspexClient
  topic: TopicId
  /** The secret that salts are derived from (see saltKeyOf). */
  saltKey: Hex
  predict: Predict
  journal: Journal
  /** Reputers to hand predictions to, the preferred one first. None: the worker sends all itself. */
  reputers?: readonly Endpoint[]
  /** Share of a window that is left to reputers before the worker helps itself, basis points. */
  patienceBps?: bigint
  log?: Log
}

export type Worker = {
  address: Address
  /** Does what is left to do. One call at a time. */
  tick: () => Promise<(RoundKey & WorkerStep)[]>
}

/** A worker of one topic: the same wiring for the command line, the demo and tests. */
export function createWorker(options: WorkerOptions): Worker {
  const { client, topic, saltKey, journal, predict, log = silent } = options
  const { reputers = [], patienceBps = 7000n } = options
  const worker = getAddress(accountOf(client))
  const scope = { chainId: client.chainId, contract: client.network, account: worker }
  const positions = new Map<bigint, Position>()
  const lists = new Map<bigint, SealList>()
  let times: Times | undefined

  async function readTurns(): Promise<WorkerTurn[]> {
    times ??= await getTopic(client, { topic })
    const { round: last, time, phase } = await getTurn(client, { topic, times })
    if (phase === 'pending') return []

    const turns: WorkerTurn[] = []
    for (let round = firstRound(times, time); round <= last; round++) {
      turns.push(await readTurn(times, round, time))
    }
    return turns
  }

  async function readTurn(times: Times, round: bigint, time: bigint): Promise<WorkerTurn> {
    const committing = windowOf({ times, round, phase: 'commit', time })
    const isCommit = committing.status === 'open'
    const { opensAt, closesAt } = isCommit
      ? committing
      : windowOf({ times, round, phase: 'reveal', time })
    const isSealing = times.commitWindow > 0n
    const position = await positionIn(round)
    const hasSpoken = isOfTerm(position, round) && (await isMarked(round, position, { isSealing }))
    return {
      topic,
      round,
      phase: isCommit ? 'commit' : 'reveal',
      time,
      opensAt,
      closesAt,
      openedAt: committing.opensAt,
      isSealing,
      isSeated: position.from <= round && round < position.until,
      isAwaited: isSealing && hasSpoken,
      isHeard: !isSealing && hasSpoken,
    }
  }

  /** Seats change from one round to the next, never within one. */
  async function positionIn(round: bigint): Promise<Position> {
    const position = positions.get(round) ?? (await getPosition(client, { topic, worker }))
    for (const old of positions.keys()) if (old + 256n < round) forget(old)
    positions.set(round, position)
    return position
  }

  function forget(round: bigint): void {
    positions.delete(round)
    lists.delete(round)
  }

  /** A seat's bit is cleared while an opening is awaited; where nothing is sealed it is set when one has come. */
  async function isMarked(
    round: bigint,
    { seat }: Position,
    { isSealing }: Pick<WorkerTurn, 'isSealing'>,
  ): Promise<boolean> {
    const { status, closed } = await getRound(client, { topic, round })
    const isClosed = ((closed >> seat) & 1n) === 1n
    return status !== 'none' && isClosed !== isSealing
  }

  async function sealPrediction({ round }: WorkerTurn, prediction: Prediction): Promise<Entry> {
    const { chainId, network } = client
    const place = { chainId, network, topic, round, worker, saltKey }
    const { commitment, opening } = await seal({ ...place, ...prediction })
    const signature = await signCommitment(client, { topic, round, commitment })
    return { ...prediction, salt: opening.salt, commitment, ...signature }
  }

  /** Who sits in a seat is the only one whose commitments are taken in for it. */
  async function findList({ round }: WorkerTurn): Promise<SealList | undefined> {
    const { seat } = await positionIn(round)
    const found = lists.get(round) ?? (await findListOf(client, { topic, round, seat }))
    if (found) lists.set(round, found)
    return found
  }

  async function revealAlone({ round }: WorkerTurn, entry: Entry, list: SealList): Promise<void> {
    const openings = [openingOf(entry)]
    // Where the chain took back what it showed, it is asked again the next time.
    lists.delete(round)
    await reveal(client, { topic, round, openings, ...list })
    lists.set(round, list)
  }

  function openingOf({ value, confidence, salt }: Entry): Opening {
    return { worker, value, confidence, salt }
  }

  const deps: WorkerDeps = {
    worker,
    readTurns,
    predict: (turn) => predictAt(turn, { client, predict }),
    seal: sealPrediction,
    journal: {
      since: journal.since,
      get: ({ round }) => journal.get({ ...scope, topic, round }),
      put: ({ round }, entry) => journal.put({ ...scope, topic, round }, entry),
    },
    findList,
    isOwn: ({ round }, signed) => {
      const { chainId, network } = client
      return isSignedCommitment({ ...signed, chainId, network, topic, round, worker })
    },
    reputers,
    commit: async ({ round }, { commitment }) => {
      await commit(client, { topic, round, commitments: [{ commitment }] })
    },
    reveal: revealAlone,
    revealSigned: async ({ round }, entry) => {
      await revealSigned(client, { topic, round, openings: [openingOf(entry)] })
    },
    patienceBps,
    givenUp: new Set(),
    log,
  }
  return { address: worker, tick: () => tick(deps) }
}

/** The oldest round that can still be revealed. More than one are open where windows are longer than the cadence. */
function firstRound({ start, cadence, commitWindow, revealWindow }: Times, time: bigint): bigint {
  const ended = time - start - commitWindow - revealWindow
  return ended < 0n ? 0n : ended / cadence + 1n
}

/** Whether a round is of a worker's term in its seat; who was revoked since then still has it in what was open. */
function isOfTerm({ from, until, revokedAt }: Position, round: bigint): boolean {
  return from <= round && round < (until === 0n ? revokedAt : until)
}

async function findListOf(
  client: AuspexClient,
  { topic, round, seat }: RoundKey & { seat: bigint },
): Promise<SealList | undefined> {
  const lists = await getSealLists(client, { topic, round })
  return lists.find(({ seals }) => seals.some((seal) => unpackSeal(seal).seat === seat))
}

async function predictAt(
  { topic, openedAt }: WorkerTurn,
  { client, predict }: Pick<WorkerOptions, 'client' | 'predict'>,
): Promise<Predicted> {
  const forecast = await readForecast(client, { topic })
  const isKnown = forecast.status !== 'void' && forecast.publishedAt <= openedAt
  const published = isKnown ? fromFixed18(forecast.value) : undefined
  return predict({ now: Number(openedAt), published })
}
