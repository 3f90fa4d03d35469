import type { Account, Chain, PublicClient, Transport, WalletClient } from 'viem'
import { activate } from '../actions/activate.ts'
import { approve } from '../actions/approve.ts'
import { disputeAssertion, settleAssertion } from '../actions/assertions.ts'
import { claim } from '../actions/claim.ts'
import { createFallbackFeed, createFeed, createGuardedFeed } from '../actions/createFeed.ts'
import { createTopic } from '../actions/createTopic.ts'
import { deposit } from '../actions/deposit.ts'
import { clearDispute, getDisputeMarks, markDispute } from '../actions/disputeMarks.ts'
import {
  challengeTruth,
  concludeDispute,
  registerJuror,
  unregisterJuror,
  withdrawJuror,
  claimJuror,
  commitVote,
  revealVote,
  closeCase,
} from '../actions/disputes.ts'
import { fund } from '../actions/fund.ts'
import {
  publishModel,
  bondModel,
  commitInputs,
  challengeModel,
  requestInputs,
  discloseInputs,
  concludeRequest,
  leaveBond,
  withdrawBond,
  claimBond,
  recordTruth,
} from '../actions/models.ts'
import { multicall } from '../actions/multicall.ts'
import { prepareUpdate } from '../actions/prepareUpdate.ts'
import { publish, revealAndPublish } from '../actions/publish.ts'
import {
  claimReputer,
  commitReport,
  revealReport,
  takeReputerSeat,
  tallyReports,
  unstakeReputer,
  withdrawReputer,
} from '../actions/reputers.ts'
import { recordForecast } from '../actions/recordForecast.ts'
import { resolve } from '../actions/resolve.ts'
import { resolveAndSettle } from '../actions/resolveAndSettle.ts'
import { reveal } from '../actions/reveal.ts'
import { revealSigned } from '../actions/revealSigned.ts'
import { revoke } from '../actions/revoke.ts'
import { rotate } from '../actions/rotate.ts'
import { commit, signCommitment, signConsent } from '../actions/commit.ts'
import { settle } from '../actions/settle.ts'
import { slashEquivocation } from '../actions/slashEquivocation.ts'
import { slashWithheld } from '../actions/slashWithheld.ts'
import { takeSeat } from '../actions/takeSeat.ts'
import { unfold } from '../actions/unfold.ts'
import { unstake } from '../actions/unstake.ts'
import { voidRound } from '../actions/voidRound.ts'
import { withdraw } from '../actions/withdraw.ts'
import { getAllowance, getSink, getToken, getClaimable } from '../reads/getToken.ts'
import { getDescription, getTopic, getTurn } from '../reads/getTopic.ts'
import { getTopicRecord } from '../reads/getTopicRecord.ts'
import { getAssertion } from '../reads/assertions.ts'
import {
  getDisputeTerms,
  getDispute,
  getCase,
  getVotes,
  getVoteSeat,
  getJuror,
  getFreeJurorSeat,
  getJurorClaimable,
} from '../reads/disputes.ts'
import { getDefinition } from '../reads/getDefinition.ts'
import { getFeed } from '../reads/getFeed.ts'
import { getForecasts } from '../reads/getForecasts.ts'
import { getGains } from '../reads/getGains.ts'
import { getMedianForecast, getRecordedForecast } from '../reads/getHistory.ts'
import { getFreeSeat, getPosition, getPositions, getRank, getSeat } from '../reads/getPosition.ts'
import {
  getDomain,
  getOutcome,
  getResolution,
  getRevealed,
  getRound,
  getSealLists,
  getSeals,
} from '../reads/getRound.ts'
import { getFeedProof, getTruth } from '../reads/getTruth.ts'
import { getTruthProof } from '../reads/getTruthProof.ts'
import {
  getModel,
  evaluateModel,
  getBondTerms,
  getModelBond,
  getModelBreach,
  getInputRequest,
  getModelPromise,
  getBondClaimable,
  getRecordedTruth,
  getEvidence,
} from '../reads/models.ts'
import { readForecast } from '../reads/readForecast.ts'
import { recoverOpening } from '../reads/recoverOpening.ts'
import {
  getFreeReputerSeat,
  getPanel,
  getReport,
  getReporter,
  getReputer,
  getReputerClaimable,
  getReputerSeat,
} from '../reads/reputers.ts'
import { watchForecasts, watchRounds } from '../reads/watch.ts'
import {
  getTimeToCommit,
  getTimeToPublish,
  getTimeToResolve,
  getTimeToReveal,
} from '../time/getTimeTo.ts'
import { waitToCommit, waitToPublish, waitToResolve, waitToReveal } from '../time/waitTo.ts'
import { createAuspex } from './createAuspex.ts'
import type { AuspexClient, AuspexOptions } from './createAuspex.ts'

const verbs = {
  activate,
  approve,
  claim,
  commit,
  createFeed,
  createGuardedFeed,
  createFallbackFeed,
  createTopic,
  deposit,
  fund,
  multicall,
  prepareUpdate,
  publish,
  recordForecast,
  takeReputerSeat,
  commitReport,
  revealReport,
  tallyReports,
  unstakeReputer,
  withdrawReputer,
  claimReputer,
  challengeTruth,
  concludeDispute,
  registerJuror,
  unregisterJuror,
  withdrawJuror,
  claimJuror,
  commitVote,
  revealVote,
  closeCase,
  disputeAssertion,
  settleAssertion,
  markDispute,
  clearDispute,
  publishModel,
  bondModel,
  commitInputs,
  challengeModel,
  requestInputs,
  discloseInputs,
  concludeRequest,
  leaveBond,
  withdrawBond,
  claimBond,
  recordTruth,
  resolve,
  resolveAndSettle,
  reveal,
  revealAndPublish,
  revealSigned,
  revoke,
  rotate,
  settle,
  signCommitment,
  signConsent,
  slashEquivocation,
  slashWithheld,
  takeSeat,
  unfold,
  unstake,
  voidRound,
  withdraw,
  getAllowance,
  getClaimable,
  getDefinition,
  getDescription,
  getDomain,
  getFeed,
  getFeedProof,
  getForecasts,
  getFreeSeat,
  getGains,
  getMedianForecast,
  getRecordedForecast,
  getOutcome,
  getPosition,
  getPositions,
  getRank,
  getResolution,
  getRevealed,
  getRound,
  getSealLists,
  getSeals,
  getSeat,
  getSink,
  getToken,
  getTopic,
  getTopicRecord,
  getTruth,
  getTruthProof,
  readForecast,
  recoverOpening,
  getPanel,
  getReputer,
  getReputerSeat,
  getFreeReputerSeat,
  getReporter,
  getReport,
  getReputerClaimable,
  getDisputeTerms,
  getDispute,
  getCase,
  getVotes,
  getVoteSeat,
  getJuror,
  getFreeJurorSeat,
  getJurorClaimable,
  getAssertion,
  getDisputeMarks,
  getModel,
  evaluateModel,
  getBondTerms,
  getModelBond,
  getModelBreach,
  getInputRequest,
  getModelPromise,
  getBondClaimable,
  getRecordedTruth,
  getEvidence,
  watchForecasts,
  watchRounds,
  getTimeToCommit,
  getTimeToPublish,
  getTimeToResolve,
  getTimeToReveal,
  getTurn,
  waitToCommit,
  waitToPublish,
  waitToResolve,
  waitToReveal,
}

type Verbs = typeof verbs

/** Every action and read of the SDK with its client bound. What is watched returns at once the function that ends it. */
export type BoundActions = {
  [name in keyof Verbs]: Verbs[name] extends (
    client: AuspexClient,
    ...params: infer params
  ) => infer result
    ? (...params: params) => result
    : never
}

type ViemClient = PublicClient &
  Partial<WalletClient<Transport, Chain | undefined, Account | undefined>>

/**
 * For viem's `.extend`: puts all actions and reads under `auspex` on a client of yours. A client that can sign and send
 * gives actions that send; another one only reads.
 *
 * @example
 * ```ts
 * import { auspexActions } from '@auspex/sdk'
 * import type { TopicId } from '@auspex/sdk'
 * import { createPublicClient, http } from 'viem'
 *
 * declare const topic: TopicId
 * const client = createPublicClient({ transport: http('http://127.0.0.1:8545') }).extend(
 *   auspexActions({ network: '0x5FbDB2315678afecb367f032d93F642f64180aa3' }),
 * )
 * const { value } = await client.auspex.readForecast({ topic })
 * ```
 */
export function auspexActions(options: Omit<AuspexOptions, 'publicClient' | 'walletClient'>) {
  return (client: unknown): { auspex: BoundActions } => {
    const viem = client as ViemClient
    const canSign = viem.account !== undefined && viem.sendTransaction !== undefined
    let opened: Promise<AuspexClient> | undefined
    const open = () =>
      (opened ??= createAuspex({
        ...options,
        publicClient: viem,
        ...(canSign && {
          walletClient: viem as WalletClient<Transport, Chain | undefined, Account>,
        }),
      }))

    return { auspex: bindAll(open) }
  }
}

/** The client asks the chain for its id once, at the first use. */
function bindAll(open: () => Promise<AuspexClient>): BoundActions {
  const bound = Object.entries(verbs).map(([name, verb]) => {
    const call = verb as (client: AuspexClient, ...params: unknown[]) => unknown
    const isWatch = name.startsWith('watch')
    return [
      name,
      isWatch
        ? (...params: unknown[]) => watchOnce(open, call, params)
        : async (...params: unknown[]) => call(await open(), ...params),
    ]
  })
  return Object.fromEntries(bound) as BoundActions
}

function watchOnce(
  open: () => Promise<AuspexClient>,
  call: (client: AuspexClient, ...params: unknown[]) => unknown,
  params: unknown[],
): () => void {
  let isOver = false
  let unwatch = () => {}
  const [{ onError }] = params as [{ onError?: (error: Error) => void }]
  open().then(
    (client) => {
      if (!isOver) unwatch = call(client, ...params) as () => void
    },
    (error: Error) => onError?.(error),
  )
  return () => {
    isOver = true
    unwatch()
  }
}
