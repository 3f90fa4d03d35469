import { formatEther } from 'viem'
import type { AbiParameterToPrimitiveType } from 'viem'
import type { errorsAbi } from '../abis/errorsAbi.ts'
import { phases, truthStatuses } from '../words/topic.ts'
import { inputKinds } from '../words/model.ts'
import { roundStatuses } from '../words/round.ts'

type AnyError = (typeof errorsAbi)[number]

/** Names of the custom errors that Auspex, its truth sources, its feeds and its token can refuse with. */
export type ErrorName = AnyError['name']

export type ErrorArgs<name extends ErrorName> = {
  [
    input in Extract<AnyError, { name: name }>['inputs'][number] as NonNullable<input['name']>
  ]: AbiParameterToPrimitiveType<input>
}

/** What each refusal means and what to do about it. */
export const sentences: { [name in ErrorName]: (args: ErrorArgs<name>) => string } = {
  // Topics
  UnknownTopic: ({ topic }) =>
    `There is no topic ${topic} in this network. Check the id and that the client points at the network and chain it was created on.`,
  CalledDirectly: ({ desk }) =>
    `${desk} is only code that the network runs, and keeps nothing. Call the network's own address instead.`,
  TopicExists: ({ topic }) =>
    `A topic with exactly these terms exists already as ${topic}. Use it, or change a term: the description or the start will do.`,
  OutOfBounds: ({ term, actual, least, most }) =>
    `The term "${term}" is ${actual}, but must be between ${least} and ${bound(most)}. Change it and create the topic again.`,
  UnsoundDomain: ({ min, max, center }) =>
    `A domain from ${min} to ${max} around ${center} holds no values. Choose min below max, and the center between them.`,
  TruthIsPriceFeed: ({ truth }) =>
    `${truth} answers latestRoundData like a price feed, which does not prove what it answered at a past time. Deploy FeedTruth for it, with its heartbeat, and give that contract's address as the truth.`,
  NotATruthSource: ({ truth }) =>
    `${truth} does not answer isTruthSource as a truth source does: it is an account without code, or a contract of another kind. Deploy a truth source (FeedTruth for a price feed, ReputerTruth for a panel of reporters) and give its address.`,
  UnknownInterval: ({ bps }) =>
    `An interval of ${bps} basis points is not on offer. Choose 8000, 9000 or 9500.`,

  // Stake
  ZeroAmount: () => 'The amount is zero, which would change nothing. Give a positive amount.',
  NotOwner: ({ caller, owner }) =>
    `Only ${owner}, which owns this position, may do that, and ${caller} asked. Send it from the owner; the zero address means that nobody has deposited yet.`,
  ConsentEnded: ({ now_, deadline }) =>
    `The signer's consent could be used until ${time(deadline)}, and chain time is ${time(now_)}. Let it sign a new one (signConsent).`,
  NoConsent: ({ signer, owner }) =>
    `${signer} has not agreed that ${owner} stakes behind it in this topic, or has had another owner since. Let the signer sign the consent (signConsent) for this owner, topic, network and chain; one that was owned before can only stake for itself.`,
  BelowMinStake: ({ stake, minStake }) =>
    `A stake of ${stake} is below the topic's minimum of ${minStake}. Deposit more, and activate the deposit once its delay has passed.`,
  NotActive: ({ now_, activeAt }) =>
    `This money can be moved from ${time(activeAt)} on, and chain time is ${time(now_)}. Wait ${activeAt - now_} seconds and try again.`,
  NothingPending: ({ worker }) =>
    `${worker} has no deposit that waits for activation. It was activated before, or never made: deposit first.`,
  AlreadySeated: ({ worker, reputer }) =>
    `${worker ?? reputer} has a seat here already. Nothing needs to be done.`,
  UnknownSeat: ({ seat, lastSeat }) =>
    `There is no seat ${seat}: seats are numbered 0 to ${lastSeat}. Choose one of them.`,
  RankTooLow: ({ rank, required }) =>
    `The seat is taken, and a rank of ${rank} does not beat the ${required} it takes. Choose a free seat or a weaker occupant, or deposit more.`,
  InsufficientStake: ({ stake, required }) =>
    `Only ${stake} is staked, less than the ${required} it takes. Nobody can ask back more than is staked, and a seat takes three times what is leaving; deposits count once activated.`,
  NothingLeaving: ({ worker }) =>
    `${worker} has asked nothing back. Call unstake first, then withdraw after the delay.`,
  RoundsOpen: ({ round }) =>
    `This position still answers for round ${round}: the round was open at the request, or is the last of the seat it had, or the first of the seat it took last. Wait until its target time has passed, settle or void it where it is published (anyone may), then try again.`,
  SignerTaken: ({ signer }) =>
    `${signer} has a position in this topic already. Rotate to a signer that has none.`,
  NotRevoked: ({ signer }) =>
    `${signer} still may predict. Revoke it first, then rotate when its open rounds are final.`,

  // Rounds
  WrongPhase: ({ actual, required }) =>
    `The round is in its ${phases[actual]} phase, and this takes the ${phases[required]} phase. ${whenInstead(actual, required)}`,
  RoundOutOfBounds: ({ round, most }) =>
    `Round ${round} is beyond the last one a topic can have, ${most}. Check the round's number; a topic that ran out needs a successor.`,
  WrongStatus: ({ actual, required }) =>
    `The round is ${roundStatuses[actual]}, and this takes one that is ${roundStatuses[required]}. ${statusAdvice(actual, required)}`,
  RingFull: ({ round, unsettled }) =>
    `Round ${round} would take the place of round ${unsettled}, which is not final. Resolve and settle round ${unsettled}, or void it after its truth deadline; anyone may.`,
  AlreadyCommitted: ({ committer, round }) =>
    `${committer} has committed for round (or case) ${round} already, and that counts once. Wait for the next one, or commit from another account.`,
  NothingCommitted: ({ reputer, round }) =>
    reputer === undefined
      ? 'None of these commitments counts: each is not signed by a worker with a seat in this round, or its worker has committed before. Check the signatures (isSignedCommitment), the seats (getPosition), and what is committed (getSealLists).'
      : `${reputer} has no sealed report or vote on round (or case) ${round} to open. It never committed one, or has opened it already.`,
  FoldedList: ({ round }) =>
    `Round ${round} still holds its first list folded, and no list can be opened in parts before that one is unfolded. Call unfold first, in the same transaction; the SDK's reveal does.`,
  NotSole: ({ round }) =>
    `Round ${round} has more lists than its first, or that one is unfolded, so it cannot be revealed and published at once. Use reveal for each list, then publish.`,
  WrongList: ({ committer, round }) =>
    `These openings and seals are not the list that ${committer} committed for round ${round}. Take the list and its committer from the chain (getSealLists; the first is the zero address’s) and the exact value, confidence and salt that were sealed.`,
  SealedTopic: ({ topic }) =>
    `Predictions of topic ${topic} are sealed before they are revealed, and these were not. Commit them in the commit window, then reveal them.`,
  BadSignature: ({ worker }) =>
    `The signature is not ${worker}'s over its commitment. Let the worker sign commitmentTypedData for this topic, round, network and chain, with the key of that address.`,
  ConfidenceOutOfBounds: ({ confidence }) =>
    `A confidence of ${confidence} basis points is not possible. Give 1 to 10000.`,
  NothingRevealed: () =>
    'None of these predictions counts: each is revealed already, wagers nothing, or is of a worker without a seat in this round. Check getRevealed and getPosition; if all are revealed, nothing needs to be done.',
  WrongBatches: ({ actual, required }) =>
    `The predictions hash to ${actual}, and the round holds ${required}. Give all that was revealed in the round, in its order and its batches (getRevealed), with the domain the round opened with.`,
  WrongOutcome: ({ actual, required }) =>
    `The outcome or resolution hashes to ${actual}, and the round holds ${required}. Take them from the chain (getOutcome, getResolution).`,
  WrongMedian: ({ hint }) =>
    `${formatEther(hint)} is not the lower wager-weighted median of the values. Leave the hints out, and publish finds them itself.`,
  WrongDeviation: ({ hint }) =>
    `${formatEther(hint)} is not the lower wager-weighted median of the distances to the anchor. Leave the hints out, and publish finds them itself.`,
  TruthUnknown: ({ status }) =>
    `The truth source answers "${truthStatuses[status]}", so there is nothing to resolve with yet. Give the proof it needs, or try again later.`,
  UnequalLists: () =>
    'Lists that belong together differ in length. Give as many entries in one as in the other.',

  // Slashing
  Outage: ({ revealed, committed }) =>
    `Only ${revealed} predictions were revealed, less than a third of the ${committed} that were committed, and less than a third of the money behind them: that was an outage and no choice. Nobody is slashed for it.`,
  NotWithheld: ({ worker, round }) =>
    `${worker} committed nothing to round ${round} or revealed it, so it withheld nothing. Nothing needs to be done.`,
  NotEquivocal: ({ commitment }) =>
    `Both signatures are over the same commitment, ${commitment}, which is no contradiction. Give two that differ.`,

  // Money
  NothingToClaim: ({ account }) =>
    `${account} has nothing to claim. Tips come from publishing and settling rounds of topics with a funded pool, bounties from slashing.`,
  WrongTransfer: ({ received, required }) =>
    `The token moved ${received} instead of ${required}. It takes a fee or changes balances by itself, which this network does not work with: use another token.`,
  TooMuchHeld: ({ held, most }) =>
    `The network would hold ${held}, more than the ${most} its sums are safe for. Deposit less.`,
  SafeERC20FailedOperation: ({ token }) =>
    `The token ${token} refused the transfer. Check balance and allowance, and that the address is an ERC-20 token.`,
  ERC20InsufficientAllowance: ({ spender, allowance, needed }) =>
    `${spender} may take ${allowance} of the token, and ${needed} is needed. Approve the amount first, or leave approving to fund and deposit.`,
  ERC20InsufficientBalance: ({ sender, balance, needed }) =>
    `${sender} holds ${balance} of the token, and ${needed} is needed. Get more of it, or use a smaller amount.`,
  ERC20InvalidApprover: ({ approver }) =>
    `${approver} cannot approve anything. Send from an ordinary account.`,
  ERC20InvalidReceiver: ({ receiver }) =>
    `The token cannot be sent to ${receiver}. Check the address.`,
  ERC20InvalidSender: ({ sender }) =>
    `The token cannot be sent from ${sender}. Send from an ordinary account.`,
  ERC20InvalidSpender: ({ spender }) =>
    `${spender} cannot be approved as a spender. Check the address of the network.`,

  // Models
  PartOutOfBounds: ({ size, least, most }) =>
    `A part of a model has ${size} bytes, but must have ${least} to ${most}. Cut the model into smaller parts, or leave that to publishModel.`,
  PartsOutOfBounds: ({ count, least, most }) =>
    `A model of ${count} parts was given, and it takes ${least} to ${most}. Use a smaller model, or larger parts.`,
  UnknownPart: ({ part }) =>
    `${part} is not a part that this store wrote, so that what stands there may change. Write the part with this store, or leave that to publishModel.`,
  UnknownModel: ({ model }) =>
    `There is no model ${model} in this store. Publish it first (publishModel), or check the id: it is the hash of the model's bytes.`,
  ModelOutOfBounds: ({ term, actual, least, most }) =>
    `The model's ${term} is ${actual}, but must be between ${least} and ${bound(most)}. Encode the model again (encodeDense), with smaller layers if it is too large.`,
  WrongInputs: ({ actual, required }) =>
    `The model takes ${required} inputs, and ${actual} were given. Give just as many.`,
  TruthReplaced: ({ round, younger }) =>
    `The place of round ${round} holds the truth of round ${younger}, which is younger. Nothing can be done: old truths are not kept.`,
  TruthNotRecorded: ({ topic, round }) =>
    `The truth of round ${round} of topic ${topic} is not recorded, or no longer kept. Record it (recordTruth); a round without a truth is never recorded.`,
  BondOutOfBounds: ({ term, actual, least, most }) =>
    `The bond's ${term} is ${actual}, but must be between ${least} and ${bound(most)}. Change it and try again.`,
  AlreadyBonded: ({ worker }) =>
    `${worker} has a bond in this topic already. Leave and withdraw it first (leaveBond, withdrawBond).`,
  WrongInputKind: ({ actual, required }) =>
    `The inputs of this bond are ${inputKinds[actual] ?? 'others'}, and this is for bonds whose inputs are ${inputKinds[required] ?? 'others'}. Past truths need no commitment and no request; other inputs have to be given.`,
  OutsideTime: ({ time: now, from, until }) =>
    `This counts from ${from < NEVER ? time(from) : 'a moment that is not set yet'}${until < NEVER ? ` to ${time(until)}` : ' on'}, and chain time is ${time(now)}. ${now < from ? 'Wait for it; a bond can be withdrawn some time after leaveBond.' : 'It is too late for this one.'}`,
  InputsCommitted: ({ worker, round }) =>
    `${worker} has committed to inputs of round ${round} already. The first commitment counts: nothing can be changed.`,
  NothingToShow: ({ round, status }) =>
    `Nothing can be shown of round ${round}: it is ${roundStatuses[status] ?? 'unknown'}. Wait until it is published; a void round, or one whose place a later round took, cannot be challenged.`,
  WrongPlace: ({ place, worker }) =>
    `${worker} is not at place ${place} of what was revealed in this round. Leave finding it to challengeModel; a worker that revealed nothing cannot be challenged.`,
  OtherInputs: ({ actual, required }) =>
    `The inputs and salt hash to ${actual}, and the worker committed to ${required}. Give those that were sealed; where that is zero, nothing was.`,
  AsPromised: ({ value }) =>
    `The model answers just what the worker predicted, ${value}. There is nothing to challenge: the worker kept its promise.`,
  AlreadyRequested: ({ worker, round }) =>
    `The inputs of ${worker} in round ${round} were asked for before. Look at that request (getInputRequest).`,
  NotRequested: ({ worker, round }) =>
    `Nobody waits for the inputs of ${worker} in round ${round}. Nothing needs to be done.`,
  RequestsOpen: ({ worker, count }) =>
    `${count} requests for inputs of ${worker} wait for an answer. Answer them (discloseInputs), or conclude those that are over (concludeRequest).`,

  // Truth sources
  ZeroAddress: ({ term }) =>
    `The term "${term}" is the zero address. Give the address of an account or contract.`,
  WindowsTooLong: ({ actual, truthWindow }) =>
    `Reporting takes ${actual} seconds, and the topic waits ${truthWindow} for its truth. Use a topic with a longer truth window, or a truth source with shorter windows.`,
  StakeTooLow: ({ stake, required }) =>
    `The seat is taken, and a stake of ${stake} does not beat the ${required} it takes. Choose a free seat, or stake more.`,
  NotSeated: ({ worker, round }) =>
    `${worker} has no seat for round (or case) ${round}, so it cannot take part in it. Look at what its seat is for.`,
  OutsideWindow: ({ time: now, from, until }) =>
    `This counts from ${time(from)}${until < NEVER ? ` to ${time(until)}` : ' on'}, and chain time is ${time(now)}. ${now < from ? `Wait ${from - now} seconds.` : 'It is too late for this one.'}`,
  WrongOpening: ({ actual, required }) =>
    `The report opens as ${actual}, and ${required} was sealed. Give the value and salt that were sealed.`,
  AlreadyTallied: ({ round }) =>
    `Round ${round} is tallied already, or case ${round} closed. Nothing needs to be done: a round can be resolved.`,
  NobodySeated: ({ round }) =>
    `No reputer had a seat when round ${round} opened, so it is void without a tally. Resolve it.`,
  NotStaked: ({ reputer }) =>
    `${reputer} has no stake here as a reputer or juror. Take a seat first.`,
  AlreadyLeaving: ({ reputer }) =>
    `${reputer} is leaving already: it has unstaked, was displaced, was slashed too far, or has left its bond. Withdraw what is left after the delay.`,
  NotLeaving: ({ reputer }) =>
    `${reputer} is not leaving: it has neither unstaked nor been displaced. Unstake first, then withdraw after the delay.`,
  TooEarly: ({ time: now, leavesAt }) =>
    `The stake can leave from ${time(leavesAt)} on, and chain time is ${time(now)}. Wait ${leavesAt - now} seconds and try again.`,
  NoChallengeWindow: () =>
    'Answers that cannot wait cannot be challenged. Give a challenge window of at least a minute, or deploy ReputerTruth.',
  WrongToken: ({ actual, required }) =>
    `The arbiter takes its fee in ${actual}, and reputers stake ${required}. Use an arbiter of the same token.`,
  NothingToChallenge: ({ round }) =>
    `Round ${round} has no tallied value to challenge: it is not tallied yet, is void, or a later round took its place.`,
  AlreadyChallenged: ({ round }) =>
    `The value of round ${round} was challenged already, and that happens once. Wait for the arbiter's ruling.`,
  SameValue: ({ claimed, reported }) =>
    `A claim of ${formatEther(claimed)} lies within the tolerance of the ${formatEther(reported)} that was reported. There is nothing to dispute.`,
  NotChallenged: ({ round }) =>
    `Round ${round} has no open challenge. It was never challenged, or its challenge is concluded.`,
  RulingPending: ({ round }) =>
    `The arbiter has not ruled on round ${round} yet. Wait until its case is over.`,
  StringsInsufficientHexLength: ({ value, length }) =>
    `The number ${value} does not fit ${length} bytes of hex digits. That is a fault of the contract: report it.`,
  NotTheOracle: ({ caller, oracle }) =>
    `${caller} reports on an assertion, and only the oracle ${oracle} may. Settle the assertion at the oracle instead.`,
  NotDisputed: ({ topic, round }) =>
    `The truth of round ${round} of topic ${topic} is not under challenge now. Mark it only while its truth source answers Disputed.`,
  StillDisputed: ({ topic, round }) =>
    `The truth of round ${round} of topic ${topic} is still under challenge. Clear it when the arbiter has ruled.`,
  WrongVote: ({ actual, required }) =>
    `The vote opens as ${actual}, and ${required} was sealed. Give the value and salt that were sealed.`,
  TooManyDecimals: ({ decimals, most }) =>
    `The feed has ${decimals} decimals, and at most ${most} can be read. Choose another feed.`,
  ZeroHeartbeat: () =>
    'A heartbeat of zero would make every answer stale. Give the seconds within which the feed promises an answer.',
  FeedWithoutHistory: ({ feed, latest }) =>
    `The feed ${feed} does not keep its past rounds under ids that count without gaps (its latest is ${latest}): it has fewer than two answers, or answers ids that are always the same, or times. Nothing could be proven of it. Choose a feed with a history; one that has just begun a new phase has it after its second answer.`,
  UnevenWindow: ({ window, samples }) =>
    `A window of ${window} seconds cannot be sampled at ${samples} equal intervals. Give 1 to 256 samples, and a window that is a whole number of seconds for each.`,
  ZeroSize: () =>
    'A move of nothing has always happened. Give the share of its start that the price has to move by.',
  NoContract: ({ account }) =>
    `There is no contract at ${account} on this chain. Give the address of one, on the chain that you deploy to.`,
  AlreadyRecorded: ({ targetTime }) =>
    `The update for ${time(targetTime)} is recorded already. Nothing needs to be done: resolve the round.`,
  FeeTooLow: ({ paid, fee }) =>
    `${paid} wei were sent, and the price service asks for ${fee}. Send at least that; what is too much comes back.`,
  FieldNotPresentInBlockHeader: () =>
    "The chain's block headers have no base fee, so nothing can be proven of it. Choose another truth source.",
  RLPInvalidEncoding: () =>
    'The chain hashes its block headers in another form than Ethereum, so nothing can be proven of them. Choose another truth source.',
  TooFewObservations: ({ actual, required }) =>
    `The pool keeps ${actual} observations, and the window with the time to prove it takes ${required}. Call the pool's increaseObservationCardinalityNext(${required}) and wait until it has filled them, or choose a shorter window.`,
  OutOfGas: () =>
    'The call had too little gas to read the feed for certain. Send it again with a higher gas limit.',

  // Consumers
  ForecastVoid: () =>
    'Nothing was ever published in this topic, so there is no forecast to read. Use a topic that has rounds, or wait for the first.',
  ForecastDisputed: ({ round }) =>
    `The truth of round ${round} is under challenge, so the forecast is not relied on. Wait until the dispute is over, or read with a fallback.`,
  ForecastStale: ({ targetTime, time: now }) =>
    `The forecast was of ${time(targetTime)}, and chain time is ${time(now)}: it is no longer ahead. Wait for the next round, or read with a fallback.`,
  ForecastThin: ({ round }) =>
    `The latest round drew too few workers or wagers, and the value is still round ${round}'s. Wait for a round that is published, or read with a fallback.`,
  ForecastTooOld: ({ age, maxAge }) =>
    `The forecast is ${age} seconds old, and the policy takes at most ${maxAge}. Wait for the next round, or allow more in the policy.`,
  TooFewContributors: ({ actual, required }) =>
    `${actual} workers are behind the forecast, and the policy asks for ${required}. Wait for a round with more, or ask for fewer in the policy.`,
  TooFewWagers: ({ actual, required }) =>
    `${actual} is at risk behind the forecast, and the policy asks for ${required}. Wait for a round with more, or ask for less in the policy.`,
  IntervalTooWide: ({ width, maxWidth }) =>
    `The interval is ${formatEther(width)} wide, and the policy takes at most ${formatEther(maxWidth)}. Wait for a surer round, or allow more in the policy.`,
  ValueOutOfRange: ({ value, minValue, maxValue }) =>
    `The forecast is ${formatEther(value)}, and the policy accepts ${formatEther(minValue)} to ${formatEther(maxValue)}. Read with a fallback, or widen the range in the policy.`,
  ForecastUnreadable: ({ feed }) =>
    `The feed ${feed} did not answer with a forecast. Read with a fallback, and check that this address is a topic network.`,
  BelowOneUnit: ({ value, decimals }) =>
    `The forecast is ${formatEther(value)}, less than one unit of the feed's ${decimals} decimals, so that its answer would be zero. Read it in 18 decimals with \`forecast()\`.`,
  NothingPublished: ({ topic }) =>
    `Topic ${topic} has published no round yet. Record or read it after its first publication.`,
  TooFewRounds: ({ topic, published, count }) =>
    `A median of ${count} rounds was asked for, and topic ${topic} has published ${published}. Ask for fewer rounds, or wait until enough are published.`,
  NotRecorded: ({ topic, roundId }) =>
    `Round ${roundId} of topic ${topic} was not recorded while it was the latest. Ask for fewer rounds, or wait until enough have been recorded in a row.`,
  WrongCount: ({ count, most }) =>
    `A median of ${count} rounds was asked for. Ask for 1 to ${most}.`,
  RoundOutOfRange: ({ roundId, value, minValue, maxValue }) =>
    `Round ${roundId} said ${formatEther(value)}, and the policy accepts ${formatEther(minValue)} to ${formatEther(maxValue)}. Use a fallback until that round has passed, or widen the range in the policy.`,
  NotAFeed: ({ feed }) =>
    `There is no contract at ${feed} on this chain. Give the address of the topic network, or of a feed, on the chain that you deploy to.`,
  SequencerDown: () =>
    "The chain's sequencer is down, so nothing read on it is relied on. Wait until it is back and the policy's grace has passed.",
  SequencerJustUp: ({ upFor, grace }) =>
    `The chain's sequencer came back ${upFor} seconds ago, and the policy waits ${grace}. Try again in ${grace - upFor} seconds.`,
  UnsoundTerms: () =>
    'These lending terms make no sense together. Keep the least loan-to-value at or below the most, the most below 100 %, and step, pause and calm above zero.',
  DecimalsDiffer: ({ collateral, asset }) =>
    `The collateral has ${collateral} decimals and the asset ${asset}, so that one unit of each is not worth the same. Give two tokens of the same decimals.`,
  TooMuch: ({ amount, most }) =>
    `${amount} is more than the ${most} there is. Ask for at most that.`,
  // Of a loan, and of a model's bond.
  NotCovered: ({ debt, limit, worker, round }) =>
    worker !== undefined
      ? `No bond of ${worker} covers round ${round} of this topic: it has none, bonded later, or has left. Look at getModelBond.`
      : `A debt of ${debt} would exceed the ${limit} that the collateral covers at the present loan-to-value. Borrow less, supply more, or repay first.`,

  // What the contracts are built from
  CheckpointUnorderedInsertion: () =>
    'A seat would change in a round before its last change, which no call can cause. Check that the contract is a ReputerTruth.',
  CloneArgumentsTooLong: () =>
    'The feed could not be deployed, its fixed arguments being too long. Check that the factory is the right contract.',
  Create2EmptyBytecode: () =>
    'The feed could not be deployed, there being no code to deploy. Check that the factory is the right contract.',
  FailedDeployment: () =>
    'The feed could not be deployed; as a rule it exists already. Ask the factory for its address.',
  InsufficientBalance: ({ balance, needed }) =>
    `The contract holds ${balance}, and ${needed} is needed. Send less, or fund it first.`,
  AddressEmptyCode: ({ target }) =>
    `There is no contract at ${target}. Check the address and the chain.`,
  FailedCall: () =>
    'A call inside the transaction failed without a reason, out of gas as a rule. Send it again with a higher gas limit.',
}

/** Beyond any date: a window without an end. */
const NEVER = 2n ** 39n

const order = ['none', 'open', 'published', 'resolved', 'settled'] as const

function statusAdvice(actual: number, required: number): string {
  const is = roundStatuses[actual]
  const takes = roundStatuses[required]
  if (is === 'void') return 'A void round is final: nothing is left to do.'
  if (is === 'disputed') return 'Wait until the dispute is over.'
  if (is === 'none')
    return 'Nobody has predicted in it, or a later round took its place in the ring.'
  if (order.indexOf(is as 'open') > order.indexOf(takes as 'open')) {
    return 'Somebody did this already: nothing is left to do.'
  }
  return takes === 'published' ? 'Publish it first.' : 'Resolve it first.'
}

function whenInstead(actual: number, required: number): string {
  if (phases[actual] === 'reveal' && phases[required] === 'live') {
    return 'Wait for it (waitToPublish); a round is published before it once all that was committed is revealed.'
  }
  if (actual < required)
    return 'Wait for it (waitToCommit, waitToReveal, waitToPublish, waitToResolve).'
  return 'It is too late for this round: take a later one.'
}

function time(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString()
}

function bound(most: bigint): string {
  return most === 2n ** 256n - 1n ? 'any larger number' : String(most)
}
