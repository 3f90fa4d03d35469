import type { Address } from 'viem'
import { accountOf } from '@auspex/sdk'
import type { AuspexClient, RoundKey, TopicId } from '@auspex/sdk'
import type { Desk } from '../http/desk.ts'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'
import { denounce } from './denounce.ts'
import { postOf } from './deliver.ts'
import { createPacker } from './packer.ts'
import { look, tick } from './reputer.ts'
import { trades as all } from './reputerTurn.ts'
import type {
  Agenda,
  ReputerDeps,
  ReputerStep,
  ReputerTurn,
  Trade,
  TruthAdapter,
} from './reputerTurn.ts'
import { createRoundBook } from './roundBook.ts'

export type ReputerOptions = {
  /** The reputer's own: its account sends, and collects what that is paid with. */
  client: AuspexClient
  topic: TopicId
  /** What it does; all where it is left out. */
  trades?: readonly Trade[]
  /** Where its collector takes offers. */
  desk: Desk
  truth: TruthAdapter
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps?: bigint
  /** Seconds that what is due may wait for a batch of the same topic, so that both leave as one transaction. */
  patience?: bigint
  /** Rounds that are settled in one transaction, where the time for truths and the ring allow it; 1 waits for none. */
  settleEvery?: number
  /** Several reputers take turns: it waits so many seconds for each place that it is behind. */
  shift?: { place: bigint; of: bigint; seconds: bigint }
  /** Collects tips; asked for when rounds have become final. Never where it is left out. */
  claim?: () => Promise<void>
  /**
   * The least bounty, token base units, for which a worker is slashed that never opened its commitment; never where it is
   * left out. Workers whose opening came to this reputer's own desk are spared.
   */
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

/** A reputer of one topic: the same wiring for the command line, the demo and tests. */
export function createReputer(options: ReputerOptions): Reputer {
  const { client, topic, desk, truth, shift, claim, slashFrom, log = silent } = options
  const { batchAfterBps = 5000n, patience = 0n, settleEvery = 1 } = options
  let isClaimDue = true
  const book = createRoundBook({ client, topic, onFinal, log })

  /** Offers of rounds whose place in the ring has gone to another serve nobody any longer. */
  function onFinal(round: bigint, { ringSize }: { ringSize: bigint }): void {
    isClaimDue = true
    if (round > ringSize) desk.forget({ topic, round: round - ringSize })
  }

  async function claimWhereDue(): Promise<void> {
    if (!isClaimDue) return
    isClaimDue = false
    await claim?.()
  }

  /** A worker whose opening came to this desk and missed the window is this reputer's fault, and is left alone. */
  async function denounceOnce(turn: ReputerTurn): Promise<void> {
    const { round, closed, status, phase, isSealing } = turn
    const memory = book.recall(turn)
    const isOver = phase === 'live' || phase === 'due'
    const isAwaited = isSealing && isOver && (status === 'open' || status === 'published')
    if (slashFrom === undefined || !memory || memory.isDenounced || !isAwaited) return

    memory.isDenounced = true
    const spared = desk.offersOf(turn).flatMap(({ worker, opening }) => (opening ? worker : []))
    const { riskBps } = book.terms()
    await denounce(client, { topic, round, closed, riskBps, from: slashFrom, spared, log })
  }

  const deps: ReputerDeps = {
    trades: new Set(options.trades ?? all),
    readTurns: book.readTurns,
    offersOf: (key) => desk.offersOf(key),
    ...createPacker({ client, topic, desk, book }),
    post: postOf(client, log),
    attend: async () => (await truth.attend?.()) ?? [],
    bringTruth: (turn) => truth.bring(turn),
    claim: claimWhereDue,
    denounce: (turn) =>
      denounceOnce(turn).catch((error: Error) => {
        log.warn({ topic, round: turn.round, reason: error.message }, 'workers.unchecked')
      }),
    batchAfterBps,
    patience,
    settleEvery,
    ringSize: () => book.terms().ringSize,
    underWay: new Set(),
    dueSince: book.dueSince,
    yieldFor: ({ round }) => {
      if (shift === undefined) return 0n
      const behind = (shift.place - (round % shift.of) + shift.of) % shift.of
      return behind * shift.seconds
    },
    log,
  }
  return { address: accountOf(client), topic, look: () => look(deps), tick: () => tick(deps) }
}
