import { formatEther, formatUnits, getAddress } from 'viem'
import type { Address, Hex, PublicClient } from 'viem'
import {
  accountOf,
  commit,
  encapsulate,
  getPosition,
  getRound,
  getSealLists,
  getTopic,
  getTurn,
  isSignedCommitment,
  logsFromReceipts,
  readForecast,
  recoverOpening,
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
  Topic,
  TopicId,
} from '@auspex/sdk'
import { fromFixed18 } from '@auspex/sdk/maths'
import type { Endpoint } from '../http/endpoint.ts'
import type { Entry, Journal } from '../journal/journal.ts'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'
import type { Predict } from './predictWith.ts'
import { createListening } from './listening.ts'
import { tick } from './worker.ts'
import type { Predicted, WorkerDeps, WorkerStep, WorkerTurn } from './workerTurn.ts'

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
  /** Fewer rounds' worth of coin than this, and nothing new is committed (see coinFor); one reveal's where left out. */
  stopRounds?: number
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
  const { reputers = [], patienceBps = 7000n, stopRounds = 1 } = options
  const worker = getAddress(accountOf(client))
  const scope = { chainId: client.chainId, contract: client.network, account: worker }
  const positions = new Map<bigint, Position>()
  const lists = new Map<bigint, { list: SealList; via: AuspexClient }>()
  const takers = new Map<bigint, Endpoint>()
  const listening = createListening({ client, worker, journal, reputers })
  let terms: Topic | undefined

  async function readTerms(): Promise<Topic> {
    terms ??= await getTopic(client, { topic })
    return terms
  }

  async function readTurns(): Promise<WorkerTurn[]> {
    const times = await readTerms()
    const { round: last, time, phase } = await getTurn(client, { topic, times })
    if (isNew(journal, times, time)) await listening.begin()
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
      length: lengthOf(times),
      isSealing,
      isSeated: position.from <= round && round < position.until,
      isAwaited: isSealing && hasSpoken,
      isRevealed: !isSealing && hasSpoken,
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
    takers.delete(round)
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

  function placeOf({ round }: WorkerTurn) {
    const { chainId, network } = client
    return { chainId, network, topic, round, worker, saltKey }
  }

  async function sealPrediction(turn: WorkerTurn, prediction: Prediction): Promise<Entry> {
    const { commitment, opening } = await seal({ ...placeOf(turn), ...prediction })
    const signature = await signCommitment(client, { topic, round: turn.round, commitment })
    return { ...prediction, salt: opening.salt, commitment, ...signature }
  }

  /** Who sits in a seat is the only one whose commitments are taken in for it. */
  async function findList(turn: WorkerTurn): Promise<SealList | undefined> {
    const { round, phase, openedAt, opensAt } = turn
    const known = lists.get(round)
    if (known) return known.list

    const { seat } = await positionIn(round)
    let reason = 'no log of the round'
    const listed = await findListOf(client, { topic, round, seat }).catch((error: Error) => {
      reason = error.message.split('\n')[0]!
      return undefined
    })
    if (listed) return keepList(round, listed, client)

    // An endpoint that shows no log of a round that the chain has opened is not believed: receipts are asked for.
    const { status } = await getRound(client, { topic, round })
    if (status === 'none' || phase === 'commit') return undefined
    const via = logsFromReceipts(client, { from: openedAt, to: opensAt })
    const found = await findListOf(via, { topic, round, seat })
    if (!found) return undefined
    log.warn({ topic, round, reason }, 'logs.missing')
    return keepList(round, found, via)
  }

  async function confirmList(turn: WorkerTurn): Promise<SealList | undefined> {
    const { round, openedAt, time } = turn
    const { seat } = await positionIn(round)
    const via = logsFromReceipts(client, { from: openedAt, to: time + 1n })
    const found = await findListOf(via, { topic, round, seat })
    return found && keepList(round, found, via)
  }

  function keepList(round: bigint, list: SealList, via: AuspexClient): SealList {
    lists.set(round, { list, via })
    return list
  }

  async function recover(turn: WorkerTurn): Promise<Entry | undefined> {
    const { round } = turn
    const { via = client } = lists.get(round) ?? {}
    const opening = await recoverOpening(via, { topic, round, worker, saltKey })
    return opening && sealPrediction(turn, opening)
  }

  async function revealAlone({ round }: WorkerTurn, entry: Entry, list: SealList): Promise<void> {
    const openings = [openingOf(entry)]
    const { via = client } = lists.get(round) ?? {}
    // Where the chain took back what it showed, it is asked again the next time.
    lists.delete(round)
    await reveal(via, { topic, round, openings, ...list })
    lists.set(round, { list, via })
  }

  async function lackOfCoin(): Promise<string | undefined> {
    const { lastSeat } = await readTerms()
    const coin = await coinFor(client.public, {
      address: worker,
      seats: lastSeat + 1n,
      sendsAlone: reputers.length === 0,
    })
    if (coin === undefined || coin.roundsLeft >= stopRounds) return undefined
    return `${worker} has coin for ${coin.roundsLeft} rounds, and a commitment must be opened whatever happens: send it ${formatEther(coin.cost)} or more`
  }

  function openingOf({ value, confidence, salt }: Entry): Opening {
    return { worker, value, confidence, salt }
  }

  function capsuleOf(turn: WorkerTurn, { value, confidence, commitment }: Entry): Promise<Hex> {
    return encapsulate({ ...placeOf(turn), value, confidence, commitment })
  }

  const deps: WorkerDeps = {
    worker,
    readTurns,
    predict: async (turn) => predictAt(turn, { client, predict, terms: await readTerms() }),
    seal: sealPrediction,
    capsuleOf,
    journal: {
      since: journal.since,
      get: ({ round }) => journal.get({ ...scope, topic, round }),
      put: ({ round }, entry) => journal.put({ ...scope, topic, round }, entry),
    },
    findList,
    confirmList,
    recover,
    lackOfCoin,
    isOwn: ({ round }, signed) => {
      const { chainId, network } = client
      return isSignedCommitment({ ...signed, chainId, network, topic, round, worker })
    },
    reputers,
    takers,
    hearsOlder: listening.hearsOlder,
    isHeard: listening.isHeard,
    commit: async (turn, entry) => {
      const { commitment } = entry
      const capsule = await capsuleOf(turn, entry)
      await commit(client, { topic, round: turn.round, commitments: [{ commitment, capsule }] })
    },
    reveal: revealAlone,
    revealSigned: async ({ round }, entry) => {
      await revealSigned(client, { topic, round, openings: [openingOf(entry)] })
    },
    patienceBps,
    givenUp: new Set(),
    said: new Set(),
    askedAt: new Map(),
    // Two young journals of one key hardly ever wait equally long.
    courtesyBps: 1500n + BigInt(Math.floor(Math.random() * 2500)),
    log,
  }
  return { address: worker, tick: () => tick(deps) }
}

function lengthOf({ cadence, commitWindow }: Times): bigint {
  return cadence > commitWindow ? cadence : commitWindow
}

/** Whether a journal may still have to listen for others of its key (see holdBack). */
function isNew({ since }: Journal, times: Times, time: bigint): boolean {
  return since > 0n && time < since + 3n * lengthOf(times)
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

/** Asks for a prediction; what the topic could never count is not said. */
export async function predictAt(
  { topic, openedAt }: Pick<WorkerTurn, 'topic' | 'openedAt'>,
  { client, predict, terms }: Pick<WorkerOptions, 'client' | 'predict'> & { terms: Topic },
): Promise<Predicted> {
  const forecast = await readForecast(client, { topic })
  const isKnown = forecast.status !== 'void' && forecast.publishedAt <= openedAt
  const published = isKnown ? fromFixed18(forecast.value) : undefined
  const predicted = await predict({ now: Number(openedAt), published })
  if (predicted.status !== 'predicted') return predicted

  const { value } = predicted.prediction
  const { min, max } = terms
  if (value >= min && value <= max) return predicted
  const range = `${formatUnits(min, 18)} to ${formatUnits(max, 18)}`
  const reason = `the model says ${formatUnits(value, 18)}, and the topic goes from ${range}`
  return { status: 'abstained', reason, isFinal: true }
}

/** What a round may take of a worker that sends by itself, units of gas; a reveal brings its whole list along. */
const GAS_OF_COMMIT = 130_000n
const GAS_OF_REVEAL = 180_000n
const GAS_OF_SEAT = 1_000n

export type Coin = {
  /** Wei. */
  balance: bigint
  /** The most that one round may cost at the fees of now, wei. */
  cost: bigint
  /** How many such rounds the balance does for. */
  roundsLeft: number
}

/** How far an account's coin goes; undefined where the chain does not answer, which says nothing about the coin. */
export async function coinFor(
  chain: PublicClient,
  {
    address,
    seats,
    sendsAlone,
  }: {
    address: Address
    seats: bigint
    /** Whether it commits by itself too. */ sendsAlone: boolean
  },
): Promise<Coin | undefined> {
  const asked = await Promise.all([
    chain.getBalance({ address }),
    chain.estimateFeesPerGas(),
  ]).catch(() => undefined)
  if (asked === undefined) return undefined

  const [balance, { maxFeePerGas }] = asked
  const gas = (sendsAlone ? GAS_OF_COMMIT : 0n) + GAS_OF_REVEAL + GAS_OF_SEAT * seats
  const cost = gas * maxFeePerGas
  return { balance, cost, roundsLeft: cost === 0n ? Infinity : Number(balance / cost) }
}
