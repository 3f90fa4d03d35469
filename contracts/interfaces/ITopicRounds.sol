// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Prediction, Revealed} from "../types/Prediction.sol";
import {Hints} from "../types/Learning.sol";
import {Outcome} from "../types/Outcome.sol";
import {Phase, Resolution, RoundStatus} from "../types/Round.sol";
import {Opening, Seal, SignedCommitment} from "../types/Seal.sol";
import {TopicId} from "../types/Topic.sol";
import {TruthStatus} from "./ITruthSource.sol";

/// @title A round's life, from the first commitment to the last payout.
/// @notice The verbs that a usual round takes. They stand in TopicNetwork itself. Those that few rounds need (`unfold`,
/// `reveal` in parts, `revealSigned`, `voidRound`) stand in ITopicDesk, and are called at the network's address all the same.
interface ITopicRounds {
    /* ERRORS, by verb, in the order they are checked, those of the desk's verbs of a round included; those about
    hints stand in Aggregation */

    error UnknownTopic(TopicId topic);
    error WrongPhase(Phase actual, Phase required);
    error RoundOutOfBounds(uint256 round, uint256 most);
    error WrongStatus(RoundStatus actual, RoundStatus required);
    error RingFull(uint256 round, uint256 unsettled);
    error AlreadyCommitted(address committer, uint256 round);
    error NothingCommitted();
    error FoldedList(uint256 round);
    error NotSole(uint256 round);
    error WrongList(address committer, uint256 round);
    error SealedTopic(TopicId topic);
    error ConfidenceOutOfBounds(uint256 confidence);
    error BadSignature(address worker);
    error NothingRevealed();
    error WrongBatches(bytes20 actual, bytes20 required);
    error WrongOutcome(bytes20 actual, bytes20 required);
    error TruthUnknown(TruthStatus status);

    /* EVENTS */

    event RoundOpened(TopicId indexed topic, uint256 indexed round, int104 center, uint104 sigma);
    event PredictionsCommitted(TopicId indexed topic, uint256 indexed round, address indexed committer, Seal[] seals);
    event PredictionsRevealed(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed committer,
        Prediction[] predictions,
        address[] workers
    );
    event RoundPublished(TopicId indexed topic, uint256 indexed round, Outcome outcome);
    event RoundResolved(TopicId indexed topic, uint256 indexed round, Resolution resolution);
    event RoundSettled(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed settler,
        uint256 tip,
        int256 poolChange
    );
    event RoundVoided(TopicId indexed topic, uint256 indexed round);

    /* COMMIT */

    /// @notice Seals predictions: the caller's own, or those of many workers, each with its signature. One commitment a round
    /// and seat: the first that comes binds its worker. The first list of all opens the round, and is kept as address zero's;
    /// after it one list a round and caller.
    /// @dev Whatever is not signed by a worker with a seat, has nothing to risk, or comes after another of the same worker,
    /// is passed over, so that nobody can spoil a list from outside; the call refuses when nothing was left to commit.
    /// @param commitments `bytes20(keccak256(abi.encode(roundHash, worker, statement)))` each (see Commitments), signed
    function commit(TopicId topic, uint256 round, SignedCommitment[] calldata commitments) external;

    /* PUBLISH, RESOLVE, SETTLE */

    /// @notice Combines the revealed predictions into the aggregate and its interval and puts them on the feed: when the
    /// reveals are over, or as soon as all that was committed is revealed.
    /// A round with too few workers or wagers becomes void and the feed keeps its last value.
    /// @param center as told by RoundOpened
    /// @param sigma as told by RoundOpened
    /// @param predictions all of the round, in the order they were revealed
    /// @param batches by which calls they were revealed
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

    /// @notice Opens all of the only list that was committed and publishes the round at once: what `unfold`, `reveal` and
    /// `publish` do one by one, for less.
    /// @param center as told by RoundOpened
    /// @param sigma as told by RoundOpened
    /// @param openings the whole list, in its order
    /// @param hints the lower weighted medians of what will count, which are checked, not trusted
    function revealAndPublish(
        TopicId topic,
        uint256 round,
        int104 center,
        uint104 sigma,
        Opening[] calldata openings,
        Hints calldata hints
    ) external;

    /// @notice Asks the truth source what happened and teaches the weighting rule. Void if the source says so.
    /// @param outcome as told by RoundPublished
    /// @param proof what the truth source needs
    function resolve(TopicId topic, uint256 round, Outcome calldata outcome, bytes calldata proof) external;

    /// @notice Moves stake from the inaccurate to the accurate, shares the rewards, updates every worker's skill.
    /// @param outcome as told by RoundPublished
    /// @param resolution as told by RoundResolved
    /// @param revealed all of the round, in the order it was revealed
    function settle(
        TopicId topic,
        uint256 round,
        Outcome calldata outcome,
        Resolution calldata resolution,
        Revealed calldata revealed
    ) external;

    /// @notice Resolves and settles in one call, for truths that nobody can challenge any more. Nothing but `outcome`,
    /// proof and `revealed` need be known beforehand.
    function resolveAndSettle(
        TopicId topic,
        uint256 round,
        Outcome calldata outcome,
        bytes calldata proof,
        Revealed calldata revealed
    ) external;
}
