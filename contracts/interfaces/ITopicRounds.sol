// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Prediction, Revealed} from "../types/Prediction.sol";
import {Hints} from "../types/Learning.sol";
import {Outcome} from "../types/Outcome.sol";
import {Phase, Resolution, RoundStatus} from "../types/Round.sol";
import {Opening, Seal, SignedCommitment, SignedOpening} from "../types/Seal.sol";
import {TopicId} from "../types/Topic.sol";
import {TruthStatus} from "./ITruthSource.sol";

/// @title A round's life, from the first commitment to the last payout.
/// @notice The verbs that a usual round takes. Their code stands in TopicNetwork itself. Those that few rounds need (`unfold`,
/// `reveal` in parts, `voidRound`) are documented in ITopicDesk; they are called at the network's address too.
/// @dev Values are 1e18 fixed point, amounts are in base units of the network's token, times are unix seconds.
interface ITopicRounds {
    /* ERRORS, by verb, in the order they are checked, including those of the desk's verbs of a round; errors about hints are
    in Aggregation */

    /// @notice There is no topic of this id. Thrown by every verb that names a topic.
    /// @param topic the id that no topic has
    error UnknownTopic(TopicId topic);

    /// @notice The round is in another phase than the verb needs. `publish` names Live, but takes a fully revealed round in
    /// Reveal too; the slashes name Live, but are open in Due too.
    /// @param actual the phase by the block's time
    /// @param required the phase in which the verb can be called
    error WrongPhase(Phase actual, Phase required);

    /// @notice A round's number is kept in 24 bits. Thrown by the verbs that look at a round's phase.
    /// @param most the last number, 2^24 - 2
    error RoundOutOfBounds(uint256 round, uint256 most);

    /// @notice The round has not come as far as the verb needs; `actual` is None where the ring holds another round in its place.
    /// @param actual how far the round has come
    /// @param required how far it must have come, and no further
    error WrongStatus(RoundStatus actual, RoundStatus required);

    /// @notice `round` cannot open, because `unsettled`, a ring older or more, can still move money. Thrown by the verb that
    /// would open the round: `commit` or `revealSigned`.
    error RingFull(uint256 round, uint256 unsettled);

    /// @notice The committer has a list in this round. Thrown by `commit`.
    error AlreadyCommitted(address committer, uint256 round);

    /// @notice No commitment of the list could be taken in. Thrown by `commit`.
    error NothingCommitted();

    /// @notice The round's first list has no slot of its own yet. Thrown by `reveal`; call `unfold` first.
    error FoldedList(uint256 round);

    /// @notice The round has several lists, or its only one was unfolded. Thrown by `revealAndPublish`; use `reveal` and
    /// `publish`.
    error NotSole(uint256 round);

    /// @notice The seals or openings do not hash to the list that was committed. Thrown by `unfold`, `reveal` and
    /// `revealAndPublish`.
    error WrongList(address committer, uint256 round);

    /// @notice The topic has a commit window: predictions are sealed. Thrown by `revealSigned`.
    error SealedTopic(TopicId topic);

    /// @notice A confidence is in basis points, from 1 to 10000. Thrown by the verbs that open predictions.
    error ConfidenceOutOfBounds(uint256 confidence);

    /// @notice The signature is not the worker's. Thrown by `revealSigned` and `slashEquivocation`.
    error BadSignature(address worker);

    /// @notice Every prediction of the call was revealed before, or could not take part. Thrown by `reveal` and `revealSigned`.
    error NothingRevealed();

    /// @notice Predictions, batches or workers are not those that were revealed. Thrown by `publish`, `settle` and
    /// `resolveAndSettle`.
    /// @param actual hash of what was given
    /// @param required hash that the round or its outcome keeps
    error WrongBatches(bytes20 actual, bytes20 required);

    /// @notice The outcome is not the published one, or the resolution not the resolved one. Thrown by `resolve`, `settle` and
    /// `resolveAndSettle`.
    /// @param actual hash of what was given
    /// @param required hash that the round keeps
    error WrongOutcome(bytes20 actual, bytes20 required);

    /// @notice The truth source has no final answer yet, or not by this proof. Thrown by `resolve` and `resolveAndSettle`.
    /// @param status what the source answered: Unknown or Disputed
    error TruthUnknown(TruthStatus status);

    /* EVENTS */

    /// @notice A round was opened, by its first commitment or, where nothing is sealed, by its first reveal.
    /// @param center the reference when it opened, 1e18 fixed point; the round's domain lies around it
    /// @param sigma the reference's rolling error then, 1e18 fixed point; the domain's width follows from it
    event RoundOpened(TopicId indexed topic, uint256 indexed round, int104 center, uint104 sigma);

    /// @notice A list of commitments was taken in.
    /// @param committer whose list it is; address zero for the round's first list, whoever committed it
    /// @param seals the commitments taken in, each with its worker's seat, budget and record
    event PredictionsCommitted(TopicId indexed topic, uint256 indexed round, address indexed committer, Seal[] seals);

    /// @notice A batch of predictions was revealed.
    /// @param committer whose list they are from; address zero for the first list; the caller where nothing is sealed
    /// @param predictions value, wager and record, one word each; without those too small to wager anything
    /// @param workers whose they are, in the same order
    event PredictionsRevealed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed committer,
        Prediction[] predictions,
        address[] workers
    );

    /// @notice A round's aggregate was computed. It is on the feed too, unless a younger round's is.
    /// @param outcome ten words, needed again by `resolve` and `settle`
    event RoundPublished(TopicId indexed topic, uint256 indexed round, Outcome outcome);

    /// @notice The truth of a round is known, and the topic has learnt from it.
    /// @param resolution the truth and the round's gradient, needed again by `settle`
    event RoundResolved(TopicId indexed topic, uint256 indexed round, Resolution resolution);

    /// @notice A round was settled: every wager of it is paid out.
    /// @param settler the caller, who shares the tip with the publisher
    /// @param tip what both keepers may claim together, token base units
    /// @param poolChange what the pool gained by the round, token base units; negative where it paid
    event RoundSettled(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed settler,
        uint256 tip,
        int256 poolChange
    );

    /// @notice A round became void: too few workers or wagers, or no truth. No stake moves and nothing is learnt by it.
    event RoundVoided(TopicId indexed topic, uint256 indexed round);

    /* COMMIT */

    /// @notice Seals predictions: the caller's own, or those of many workers, each with its signature. A worker's first
    /// commitment in a round binds it. The first list of all opens the round, and is kept as address zero's; after it every
    /// caller has one list a round.
    /// @dev Refuses with UnknownTopic, RoundOutOfBounds, WrongPhase, RingFull, AlreadyCommitted, NothingCommitted. A commitment
    /// that no seated worker signed, that has nothing to risk, or that is not its worker's first, is skipped, so that nobody
    /// can spoil a list from outside.
    /// @param topic the topic's id
    /// @param round the round's number; round 0 opens at the topic's `start`
    /// @param commitments `bytes20(keccak256(abi.encode(roundHash, worker, statement)))` each (see Commitments), signed
    function commit(TopicId topic, uint256 round, SignedCommitment[] calldata commitments) external;

    /// @notice Takes predictions in signed-only topics, where nothing is sealed: the caller's own, or those of many workers,
    /// each with its signature. The first of all opens the round.
    /// @dev Refuses with UnknownTopic, SealedTopic, RoundOutOfBounds, WrongPhase, RingFull, BadSignature, ConfidenceOutOfBounds,
    /// NothingRevealed. A worker that has no seat, or is already revealed in this round, is skipped.
    function revealSigned(TopicId topic, uint256 round, SignedOpening[] calldata openings) external;

    /* PUBLISH, RESOLVE, SETTLE */

    /// @notice Combines the revealed predictions into the aggregate and its interval and puts them on the feed: when the
    /// reveal window is over, or as soon as every commitment is revealed. A round with too few workers or wagers becomes void,
    /// and the feed keeps its last value.
    /// @dev Refuses with UnknownTopic, WrongStatus, WrongPhase, WrongBatches, or over the hints (Aggregation). Returns without
    /// effect where the round is published or void.
    /// @param center as emitted by RoundOpened
    /// @param sigma as emitted by RoundOpened
    /// @param predictions all of the round, in the order they were revealed
    /// @param batches how many predictions each reveal recorded, and whose
    /// @param hints the lower weighted medians, which are checked, not trusted
    function publish(
        TopicId topic,
        uint256 round,
        int104 center,
        uint104 sigma,
        Prediction[] calldata predictions,
        Batch[] calldata batches,
        Hints calldata hints
    ) external;

    /// @notice Opens all of the only list that was committed and publishes the round at once: the work of `unfold`, `reveal`
    /// and `publish` in one call, for less gas.
    /// @dev Refuses with UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, NotSole, ConfidenceOutOfBounds, WrongList, or
    /// over the hints (Aggregation). Returns without effect where the round is published or void.
    /// @param center as emitted by RoundOpened
    /// @param sigma as emitted by RoundOpened
    /// @param openings the whole list, in its order
    /// @param hints the lower weighted medians of the predictions that count, which are checked, not trusted
    function revealAndPublish(
        TopicId topic,
        uint256 round,
        int104 center,
        uint104 sigma,
        Opening[] calldata openings,
        Hints calldata hints
    ) external;

    /// @notice Asks the truth source what happened and updates the weighting rule, the reference and the interval. The round
    /// becomes void if the source answers Void.
    /// @dev Refuses with UnknownTopic, WrongStatus, RoundOutOfBounds, WrongPhase, WrongOutcome, TruthUnknown. Returns without
    /// effect where the round is resolved, settled or void.
    /// @param outcome as emitted by RoundPublished
    /// @param proof what the truth source asks for
    function resolve(TopicId topic, uint256 round, Outcome calldata outcome, bytes calldata proof) external;

    /// @notice Moves stake from the inaccurate to the accurate, pays what the pool owes, and updates every worker's record.
    /// @dev Refuses with UnknownTopic, WrongStatus, WrongOutcome, WrongBatches. Returns without effect where the round is
    /// settled or void. Formulas: Settlement (money), Scoring (records).
    /// @param outcome as emitted by RoundPublished
    /// @param resolution as emitted by RoundResolved
    /// @param revealed all of the round, in the order it was revealed
    function settle(
        TopicId topic,
        uint256 round,
        Outcome calldata outcome,
        Resolution calldata resolution,
        Revealed calldata revealed
    ) external;

    /// @notice Resolves and settles in one call. The caller needs nothing that `resolve` emits. Settles alone where the
    /// round is resolved.
    /// @dev Refuses as `resolve` and `settle` do. Returns without effect where the round is settled or void.
    /// @param outcome as emitted by RoundPublished
    /// @param proof what the truth source asks for
    /// @param revealed all of the round, in the order it was revealed
    function resolveAndSettle(
        TopicId topic,
        uint256 round,
        Outcome calldata outcome,
        bytes calldata proof,
        Revealed calldata revealed
    ) external;
}
