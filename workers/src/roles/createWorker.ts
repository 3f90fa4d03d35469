import { getAddress, isAddressEqual } from 'viem'
import type { Address, Hex } from 'viem'
import {
  accountOf,
  commit,
  getCommitments,
  getPosition,
  getRound,
  getTopic,
  getTurn,
  isSignedCommitment,
  readForecast,
  reveal,
  seal,
  signCommitment,
  windowOf,
} from '@auspex/sdk'
import type {
  AuspexClient,
  Opening,
  Position,
  Prediction,
  RoundKey,
  Times,
  TopicId,
} from '@auspex/sdk'
import type { Endpoint } from '../http/endpoint.ts'
import type { Entry, Journal } from '../journal/journal.ts'
import { fromFixed18 } from '../models/fromFixed18.ts'
import type { Log } from '../runtime/log.ts'
import { silent } from '../runtime/silent.ts'
import { findList } from './findList.ts'
import type { Predict } from './predictWith.ts'
import { tick } from './worker.ts'
import type { CommittedList, Predicted, WorkerDeps, WorkerStep, WorkerTurn } from './worker.ts'

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
  const known = new Set<Address>([worker])
  const positions = new Map<bigint, Position>()
  let times: Times | undefined
  let began: bigint | undefined

  async function readTurns(): Promise<WorkerTurn[]> {
    times ??= await getTopic(client, { topic })
    const { round: last, time, phase } = await getTurn(client, { topic, times })
    began ??= time
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
    const position = await positionIn(round)
    return {
      topic,
      round,
      phase: isCommit ? 'commit' : 'reveal',
      time,
      opensAt,
      closesAt,
      openedAt: committing.opensAt,
      wasOpen: committing.opensAt < began!,
      isSealing: times.commitWindow > 0n,
      isSeated: position.from <= round && round < position.until,
      isRevealed: !isCommit && (await isRevealed(round, position)),
    }
  }

  /** Seats change from one round to the next, never within one. */
  async function positionIn(round: bigint): Promise<Position> {
    const position = positions.get(round) ?? (await getPosition(client, { topic, worker }))
    for (const old of positions.keys()) if (old + 256n < round) positions.delete(old)
    positions.set(round, position)
    return position
  }

  async function isRevealed(round: bigint, { seat }: Position): Promise<boolean> {
    const { revealed } = await getRound(client, { topic, round })
    return ((revealed >> seat) & 1n) === 1n
  }

  async function sealPrediction({ round }: WorkerTurn, prediction: Prediction): Promise<Entry> {
    const { chainId, network } = client
    const place = { chainId, network, topic, round, worker, saltKey }
    const { commitment, opening } = await seal({ ...place, ...prediction })
    const signature = await signCommitment(client, { topic, round, commitment })
    return { ...prediction, salt: opening.salt, commitment, ...signature }
  }

  async function revealAlone(
    { round }: WorkerTurn,
    { value, confidence, salt, r, vs }: Entry,
    list: CommittedList | undefined,
  ): Promise<void> {
    const signature = r && vs && { r, vs }
    const openings: Opening[] = [{ worker, value, confidence, salt, ...signature }]
    await reveal(client, { topic, round, openings, ...list })
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
    findList: ({ round }, commitment) =>
      findList(client, { topic, round, commitment, known: [...known] }),
    findOwnList: ({ round }) => getCommitments(client, { topic, round, committer: worker }),
    isOwn: ({ round }, signed) => {
      const { chainId, network } = client
      return isSignedCommitment({ ...signed, chainId, network, topic, round, worker })
    },
    reputers: reputers.map((each) => remembering(each, known)),
    commit: async ({ round }, { commitment }) => {
      await commit(client, { topic, round, commitments: [commitment] })
    },
    reveal: revealAlone,
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

async function predictAt(
  { topic, openedAt }: WorkerTurn,
  { client, predict }: Pick<WorkerOptions, 'client' | 'predict'>,
): Promise<Predicted> {
  const forecast = await readForecast(client, { topic })
  const isKnown = forecast.status !== 'void' && forecast.publishedAt <= openedAt
  const published = isKnown ? fromFixed18(forecast.value) : undefined
  return predict({ now: Number(openedAt), published })
}

/** Remembers whose list a reputer said a commitment will be in, which spares looking into those of strangers. */
function remembering(reputer: Endpoint, known: Set<Address>): Endpoint {
  return {
    ...reputer,
    takeCommitment: async (offer) => {
      const answer = await reputer.takeCommitment(offer)
      if (
        answer.status === 'accepted' &&
        ![...known].some((each) => isAddressEqual(each, answer.committer))
      ) {
        known.add(answer.committer)
      }
      return answer
    },
  }
}
