/* The one door of the package: everything public is named here. */

export { createAuspex, accountOf } from './client/createAuspex.ts'
export type {
  AuspexClient,
  AuspexOptions,
  Send,
  SignTypedData,
  Transaction,
} from './client/createAuspex.ts'
export { auspexActions } from './client/auspexActions.ts'
export type { BoundActions } from './client/auspexActions.ts'
export { createAuspexFromEthers } from './client/createAuspexFromEthers.ts'
export type { EthersOptions, EthersSigner } from './client/createAuspexFromEthers.ts'
export { defineDeployment, deployments } from './client/deployments.ts'
export type { Deployment } from './client/deployments.ts'
export { withApproval } from './contract/withApproval.ts'
export type { Approval } from './contract/withApproval.ts'
export { createLogReader, readLogs } from './contract/logs.ts'
export type { EventLog, LogQuery, LogReader, EventKey, LogRange } from './contract/logs.ts'
export { logsFromReceipts } from './contract/logsFromReceipts.ts'
export { AuspexError, decodeError, explain } from './contract/errors.ts'
export { errorGuides } from './contract/errorGuide.ts'
export type { ErrorGuide } from './contract/errorGuide.ts'
export type { ErrorName } from './contract/sentences.ts'
export { sendPrepared, encodeMulticall } from './contract/calls.ts'
export type { Prepared } from './contract/calls.ts'

/* WORDS: what is said and kept */

export { defaultsFor, questionKinds } from './words/defaultsFor.ts'
export type { DefaultTerms, QuestionKind } from './words/defaultsFor.ts'
export { domainKinds, phases, truthStatuses } from './words/topic.ts'
export type {
  DomainKind,
  Phase,
  Times,
  Topic,
  TopicId,
  TopicParams,
  TruthStatus,
} from './words/topic.ts'
export type { Position, WorkerKey } from './words/position.ts'
export { listings, roundStatuses } from './words/round.ts'
export type { Listing, Round, RoundDomain, RoundKey, RoundStatus } from './words/round.ts'
export type {
  ArrangedReveal,
  BackedOpening,
  Batch,
  Recorded,
  Revealed,
  UnpackedPrediction,
  CapsuleParams,
  SaltParams,
} from './words/prediction.ts'
export { commitmentOf, findSeal, isSignedCommitment, unpackSeal } from './words/seal.ts'
export type { Opening, Prediction, Seal, UnpackedSeal } from './words/seal.ts'
export {
  capsulesIn,
  encapsulate,
  openCapsule,
  packPrediction,
  saltOf,
  arrangeReveal,
  predictionsOf,
  submissionsOf,
  unpackPrediction,
  wordsOf,
} from './words/prediction.ts'
export { packOutcome, unpackOutcome } from './words/outcome.ts'
export type { Outcome, PackedOutcome, Resolution } from './words/outcome.ts'
export { roundsIn, statedPredictions } from './words/record.ts'
export type {
  RecordedPrediction,
  RecordedRound,
  RecordedStep,
  StatedPredictions,
  StatedRow,
  TopicRecord,
} from './words/record.ts'
export { policyToSolidity, reasons } from './words/policy.ts'
export type { FeedPolicy, Reason } from './words/policy.ts'
export {
  csvOf,
  datasetSchema,
  datasetTables,
  recordFromText,
  recordToText,
} from './words/dataset.ts'
export type { DatasetColumn } from './words/dataset.ts'
export { recordOf, recordedEvents } from './words/recordOf.ts'
export type { RecordedEvent, RecordedEventName } from './words/recordOf.ts'
export { breachProofs, inputKinds, modelIdOf, provenBy } from './words/model.ts'
export type { BondKey, BreachProof, InputKind, ModelId } from './words/model.ts'
export { feedStatuses } from './words/forecast.ts'
export type { FeedStatus, Forecast, Interval } from './words/forecast.ts'
export {
  commitmentTypedData,
  compactSignature,
  consentTypedData,
  domainHashOf,
  typedDataDomain,
} from './maths/commitments.ts'
export type { CompactSignature, Consent, Place, SignedCommitment } from './maths/commitments.ts'
export { reportCommitmentOf, voteCommitmentOf } from './maths/reports.ts'

/* ACTIONS: one verb a file */

export * from './actions/activate.ts'
export * from './actions/approve.ts'
export * from './actions/assertions.ts'
export * from './actions/claim.ts'
export * from './actions/commit.ts'
export * from './actions/createFeed.ts'
export * from './actions/createTopic.ts'
export * from './actions/deposit.ts'
export * from './actions/disputeMarks.ts'
export * from './actions/disputes.ts'
export * from './actions/fund.ts'
export * from './actions/models.ts'
export * from './actions/multicall.ts'
export * from './actions/prepareUpdate.ts'
export {
  encodePublish,
  encodeRevealAndPublish,
  preparePublish,
  prepareRevealAndPublish,
  publish,
  revealAndPublish,
} from './actions/publish.ts'
export type { Published, PublishParams, RevealAndPublishParams } from './actions/publish.ts'
export * from './actions/recordForecast.ts'
export * from './actions/reputers.ts'
export * from './actions/resolve.ts'
export * from './actions/resolveAndSettle.ts'
export { encodeReveal, prepareReveal, reveal } from './actions/reveal.ts'
export type { RevealedBatch, RevealParams } from './actions/reveal.ts'
export * from './actions/revealSigned.ts'
export * from './actions/revoke.ts'
export * from './actions/rotate.ts'
export * from './actions/settle.ts'
export * from './actions/slashEquivocation.ts'
export * from './actions/slashWithheld.ts'
export * from './actions/takeSeat.ts'
export { encodeUnfold, prepareUnfold, unfold } from './actions/unfold.ts'
export * from './actions/unstake.ts'
export * from './actions/voidRound.ts'
export * from './actions/withdraw.ts'

/* READS: one question a file */

export { assertionStatuses, getAssertion } from './reads/assertions.ts'
export type { Assertion, AssertionStatus } from './reads/assertions.ts'
export * from './reads/disputes.ts'
export * from './reads/getDefinition.ts'
export * from './reads/getFeed.ts'
export * from './reads/getForecasts.ts'
export * from './reads/getGains.ts'
export * from './reads/getHistory.ts'
export * from './reads/getPosition.ts'
export {
  getDomain,
  getOutcome,
  getResolution,
  getRevealed,
  getRound,
  isFullyRevealed,
  getSealLists,
  getSeals,
} from './reads/getRound.ts'
export type { SealList } from './reads/getRound.ts'
export * from './reads/getToken.ts'
export * from './reads/getTopicRecord.ts'
export { getDescription, getTopic, getTurn, learningOf } from './reads/getTopic.ts'
export type { Turn } from './reads/getTopic.ts'
export * from './reads/getTruth.ts'
export * from './reads/getTruthProof.ts'
export { answerOf, timesOf } from './maths/question.ts'
export type { Question, SampledQuestion } from './maths/question.ts'
export * from './reads/models.ts'
export * from './reads/readForecast.ts'
export * from './reads/recoverOpening.ts'
export * from './reads/reputers.ts'
export * from './reads/watch.ts'

/* TIME: how long until, and wait until */

export {
  getTimeToCommit,
  getTimeToPublish,
  getTimeToResolve,
  getTimeToReveal,
} from './time/getTimeTo.ts'
export { windowOf } from './maths/schedule.ts'
export type { ActivePhase, Window } from './maths/schedule.ts'
export { waitToCommit, waitToPublish, waitToResolve, waitToReveal } from './time/waitTo.ts'
