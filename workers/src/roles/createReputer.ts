import { getAbiItem } from 'viem'
import type { Address, Hex } from 'viem'
import {
  accountOf,
  encodeCommit,
  getCommitments,
  getPosition,
  getRevealed,
  getRound,
  getTopic,
  getTurn,
  preparePublish,
  prepareResolveAndSettle,
  prepareReveal,
  prepareSettle,
  prepareVoidRound,
  slashWithheld,
  topicNetworkAbi,
  windowOf,
} from '@auspex/sdk'
import type {
  AuspexClient,
  Phase,
  Prepared,
  RoundKey,
  RoundStatus,
  Topic,
  TopicId,
} from '@auspex/sdk'
import type { Desk, Offer } from '../http/desk.ts'
import type { Log } from '../runtime/log.ts'
import { silent } from '../runtime/silent.ts'
import { postOf } from './post.ts'
import { look, tick } from './reputer.ts'
import type { Agenda, ReputerDeps, ReputerStep, ReputerTurn } from './reputer.ts'
import type { TruthAdapter } from './truths/truthAdapter.ts'

export type ReputerOptions = {
  /** The reputer's own: its account commits, reveals and collects the tips. */
  client: AuspexClient
  topic: TopicId
  desk: Desk
  truth: TruthAdapter
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps?: bigint
  /** Seconds that what is due may wait for a batch of the same topic, so that both leave as one transaction. */
  patience?: bigint
  /** Several reputers take turns: who is not on turn waits so many seconds for each place it is behind. */
  shift?: { place: bigint; of: bigint; seconds: bigint }
  /** Collects tips; asked for when rounds have become final. Never where it is left out. */
  claim?: () => Promise<void>
  /** Who never opens what it had this reputer commit is denounced for a bounty of this amount on; never where it is left out. */
  slashFrom?: bigint
  log?: Log
}

export type Reputer = {
  address: Address
  topic: TopicId
  /** Finds out what is left to do, for whoever sends it together with what is due in other topics. */
  look: () => Promise<Agenda>
  /** Does what is left to do. One call at a time. */
  tick: () => Promise<(RoundKey & ReputerStep)[]>
}

/** What is remembered of a round between ticks; all of it can be found on the chain again. */
type Watched = {
  /** No log of the round is older. */
  fromBlock: bigint
  list?: readonly Hex[]
  /** Workers whose predictions the chain has, when it was last asked for them. */
  revealed: ReadonlySet<string>
  /** Workers that the chain passed over. */
  passedOver: Set<Address>
  /** The first block by which the round was seen to be published. */
  publishedBy?: bigint
  /** The phase in which something was last seen to be due, and the chain time when it first was. */
  due?: { phase: ReputerTurn['phase']; since: bigint }
  /** Whether it was looked who never opened what it had committed. */
  isDenounced?: boolean
}

/** Blocks after which what was seen on the chain is not taken back. */
const DEPTH = 64n

/** Of what a worker may risk in a round half is slashed for silence, and a tenth of that is the bounty; basis points. */
const BOUNTY_BPS = 500n
const BPS = 10_000n

const openedEvent = getAbiItem({ abi: topicNetworkAbi, name: 'RoundOpened' })
const acting: readonly Phase[] = ['commit', 'reveal', 'live', 'due']

/** A reputer of one topic: the same wiring for the command line, the demo and tests. */
export function createReputer(options: ReputerOptions): Reputer {
  const { client, topic, desk, truth, shift, claim, slashFrom, log = silent } = options
  const { batchAfterBps = 5000n, patience = 0n } = options
  const committer = accountOf(client)
  const watched = new Map<bigint, Watched>()
  let state: Topic | undefined
  let seenBlock: bigint | undefined
  let nextRound = 0n
  let isClaimDue = true

  async function readTurns(): Promise<ReputerTurn[]> {
    state ??= await getTopic(client, { topic })
    const { round: last, time, phase } = await getTurn(client, { topic, times: state })
    if (phase === 'pending') return []

    await watchFrom(state, last)
    const turns: ReputerTurn[] = []
    for (const round of [...watched.keys()].sort((a, b) => (a < b ? -1 : 1))) {
      const turn = await readTurn(state, round, time)
      if (isFinal(turn)) drop(round, state)
      if (!isFinal(turn)) turns.push(turn)
    }
    return turns
  }

  /** Rounds that opened since the last look, and at the first look those an earlier life left unfinished. */
  async function watchFrom(topicState: Topic, last: bigint): Promise<void> {
    const block = await client.public.getBlockNumber({ cacheTime: 0 })
    const fromBlock = seenBlock ?? client.fromBlock
    const oldest = last - topicState.ringSize + 1n
    const rounds = seenBlock === undefined ? await findOpened(topicState) : []
    for (let round = nextRound > oldest ? nextRound : oldest; round <= last; round++)
      rounds.push(round)
    for (const round of rounds) {
      if (round >= 0n && !watched.has(round))
        watched.set(round, { fromBlock, revealed: new Set(), passedOver: new Set() })
    }
    nextRound = last + 1n
    seenBlock = block
  }

  async function findOpened({ ringSize }: Topic): Promise<bigint[]> {
    const logs = await client.public.getLogs({
      address: client.network,
      event: openedEvent,
      args: { topic },
      fromBlock: client.fromBlock,
      strict: true,
    })
    // The last one in each place of the ring; what stood there before is final.
    return [...new Map(logs.map(({ args }) => [args.round % ringSize, args.round])).values()]
  }

  async function readTurn(times: Topic, round: bigint, time: bigint): Promise<ReputerTurn> {
    const windows = acting.map((phase) => windowOf({ times, round, phase: phase as 'due', time }))
    const open = windows.findIndex(({ status }) => status === 'open')
    const due = windows.at(-1)!
    const { opensAt, closesAt } = windows[open] ?? { opensAt: due.closesAt, closesAt: due.closesAt }
    const phase = (acting[open] ?? 'expired') as ReputerTurn['phase']
    const { status, count } = await readState(round, phase)
    const isSealing = times.commitWindow > 0n
    const targetTime = due.opensAt
    return { topic, round, phase, status, time, opensAt, closesAt, targetTime, isSealing, count }
  }

  /** Until its target a published round has nothing to tell, and most of a round's time is of that kind. */
  async function readState(
    round: bigint,
    phase: ReputerTurn['phase'],
  ): Promise<{ status: RoundStatus; count: bigint }> {
    if (phase === 'commit') return notYet
    const memory = watched.get(round)
    const { publishedBy } = memory ?? {}
    const isSure = publishedBy !== undefined && seenBlock! >= publishedBy + DEPTH
    if (phase === 'live' && isSure) return published

    const state = await getRound(client, { topic, round })
    if (memory && state.status === 'published') memory.publishedBy ??= seenBlock!
    if (memory && state.status !== 'published') delete memory.publishedBy
    return state
  }

  /** Offers of rounds whose place in the ring has gone to another serve nobody any more. */
  function drop(round: bigint, { ringSize }: Topic): void {
    watched.delete(round)
    isClaimDue = true
    if (round > ringSize) desk.forget({ topic, round: round - ringSize })
  }

  /** Reads of a round need not look further back than the round. */
  function since({ round }: RoundKey): AuspexClient {
    return { ...client, fromBlock: watched.get(round)?.fromBlock ?? client.fromBlock }
  }

  async function listOf(turn: ReputerTurn): Promise<readonly Hex[] | undefined> {
    const memory = watched.get(turn.round)
    const { round } = turn
    const list = memory?.list ?? (await getCommitments(since(turn), { topic, round, committer }))
    if (memory && list) memory.list = list
    return list
  }

  async function findUnrevealed(turn: ReputerTurn, offers: Offer[]): Promise<Offer[]> {
    const list = turn.isSealing ? await listOf(turn) : undefined
    if (turn.isSealing && list === undefined) return []

    const done = await revealedIn(turn)
    const passedOver = watched.get(turn.round)?.passedOver
    return offers.filter(
      ({ worker, commitment }) =>
        !done.has(worker) && !passedOver?.has(worker) && (list?.includes(commitment) ?? true),
    )
  }

  /** Asked for again only where the chain counts another number of them. */
  async function revealedIn(turn: ReputerTurn): Promise<ReadonlySet<string>> {
    const memory = watched.get(turn.round)
    if (memory && BigInt(memory.revealed.size) === turn.count) return memory.revealed

    const { workers } = await getRevealed(since(turn), turn)
    const revealed = new Set(workers.map((worker) => worker.toLowerCase()))
    if (memory) memory.revealed = revealed
    return revealed
  }

  async function prepareBatch(turn: ReputerTurn, offers: Offer[]): Promise<Prepared<number>> {
    const { round } = turn
    const openings = offers.flatMap(({ opening }) => opening ?? [])
    const commitments = turn.isSealing ? await listOf(turn) : undefined
    const batch = { topic, round, openings, ...(commitments && { commitments }) }
    const { data, resultOf } = prepareReveal(client, batch)

    return {
      data,
      resultOf: (receipt) => {
        const { workers } = resultOf(receipt)
        const counted = new Set(workers.map((worker) => worker.toLowerCase()))
        for (const { worker } of offers) {
          if (!counted.has(worker)) watched.get(round)?.passedOver.add(worker)
        }
        return workers.length
      },
    }
  }

  function dueSince({ round, phase, time }: ReputerTurn): bigint {
    const memory = watched.get(round)
    if (memory && memory.due?.phase !== phase) memory.due = { phase, since: time }
    return memory?.due?.since ?? time
  }

  /** A worker whose opening came here and missed the window is this reputer's fault, and is left alone. */
  async function denounce(turn: ReputerTurn): Promise<void> {
    const memory = watched.get(turn.round)
    const isHeard = turn.status === 'published' && turn.isSealing
    if (slashFrom === undefined || !memory || memory.isDenounced || !isHeard) return

    const commitments = await listOf(turn)
    const revealed = await revealedIn(turn)
    memory.isDenounced = true
    for (const offer of commitments === undefined ? [] : desk.offersOf(turn)) {
      const isSilent = !offer.opening && !revealed.has(offer.worker)
      if (isSilent && commitments!.includes(offer.commitment)) {
        await slash(turn, offer, commitments!)
      }
    }
  }

  async function slash(
    { round }: ReputerTurn,
    { worker, commitment, r, vs }: Offer,
    commitments: readonly Hex[],
  ): Promise<void> {
    const { stake } = await getPosition(client, { topic, worker })
    if ((((stake * state!.riskBps) / BPS) * BOUNTY_BPS) / BPS < slashFrom!) return

    const listed = { committer, commitments, commitment, r, vs }
    await slashWithheld(client, { topic, round, worker, listed }).then(
      ({ amount, bounty }) => log.info({ topic, round, worker, amount, bounty }, 'worker.slashed'),
      (error: Error) => log.info({ topic, round, worker, reason: error.name }, 'worker.spared'),
    )
  }

  async function claimWhereDue(): Promise<void> {
    if (!isClaimDue) return
    isClaimDue = false
    await claim?.()
  }

  const deps: ReputerDeps = {
    readTurns,
    desk: {
      offersOf: (key) => desk.offersOf(key),
      closeList: (turn) => desk.closeList(turn),
    },
    isCommitted: async (turn) => (await listOf(turn)) !== undefined,
    findUnrevealed,
    prepare: {
      commit: async ({ round }, commitments) => ({
        data: encodeCommit({ topic, round, commitments }),
        resultOf: () => {
          const memory = watched.get(round)
          if (memory) memory.list = commitments
        },
      }),
      reveal: prepareBatch,
      publish: (turn) => preparePublish(since(turn), { topic, round: turn.round }),
      resolveAndSettle: (turn, proof) =>
        prepareResolveAndSettle(since(turn), { topic, round: turn.round, proof }),
      settle: (turn) => prepareSettle(since(turn), { topic, round: turn.round }),
      voidRound: (turn) => prepareVoidRound(since(turn), { topic, round: turn.round }),
    },
    post: postOf(client, log),
    attend: () => truth.attend(),
    bringTruth: (turn) => truth.bring(turn),
    claim: claimWhereDue,
    denounce: (turn) =>
      denounce(turn).catch((error: Error) => {
        log.warn({ topic, round: turn.round, reason: error.message }, 'workers.unchecked')
      }),
    batchAfterBps,
    patience,
    dueSince,
    yieldFor: ({ round }) => {
      if (shift === undefined) return 0n
      const behind = (shift.place - (round % shift.of) + shift.of) % shift.of
      return behind * shift.seconds
    },
    log,
  }
  return { address: committer, topic, look: () => look(deps), tick: () => tick(deps) }
}

const notYet = { status: 'none', count: 0n } as const
const published = { status: 'published', count: 0n } as const

/** A round that nobody published in time has moved nothing and never will. */
function isFinal({ status, time, targetTime }: ReputerTurn): boolean {
  if (status === 'settled' || status === 'void') return true
  return (status === 'none' || status === 'open') && time >= targetTime
}
