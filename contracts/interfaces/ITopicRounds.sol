// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Prediction, Revealed} from "../types/Prediction.sol";
import {Hints} from "../types/Learning.sol";
import {Outcome, Phase, Resolution, RoundStatus} from "../types/Round.sol";
import {Opening, Seal, SignedCommitment, SignedOpening} from "../types/Seal.sol";
import {TopicId} from "../types/Topic.sol";
import {TruthStatus} from "./ITruthSource.sol";

/// @title A round's life, from the first commitment to the last payout.
interface ITopicRounds {
    /* ERRORS, by verb, in the order they are checked; those about hints stand in Aggregation */

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
        uint256 dust
    );
    event RoundVoided(TopicId indexed topic, uint256 indexed round);

    /* COMMIT, REVEAL */

    /// @notice Seals predictions: the caller's own, or those of many workers, each with its signature. One commitment a round
    /// and seat: the first that comes binds its worker. The first list of all opens the round, and is kept as address zero's;
    /// after it one list a round and caller.
    /// @dev Whatever is not signed by a worker with a seat, has nothing to risk, or comes after another of the same worker,
    /// is passed over, so that nobody can spoil a list from outside; the call refuses when nothing was left to commit.
    /// @param commitments `bytes20(keccak256(abi.encode(roundHash, worker, statement)))` each (see Commitments), signed
    function commit(TopicId topic, uint256 round, SignedCommitment[] calldata commitments) external;

    /// @notice Opens predictions of one committer's list; anyone may, more than once for different workers. The round's first
    /// list has to be unfolded before, whoever's is opened.
    /// @dev What is already revealed is passed over; the call refuses when nothing was left to reveal. A prediction too
    /// small to wager anything is heard and counts for nothing.
    /// @param committer whose list it is, as told by PredictionsCommitted: address zero for the first
    /// @param openings the opened predictions, in the order of the list
    /// @param opened bit i is set where the i-th seal of the list is opened
    /// @param rest the seals that are not opened, in the order of the list
    function reveal(
        TopicId topic,
        uint256 round,
        address committer,
        Opening[] calldata openings,
        uint256 opened,
        Seal[] calldata rest
    ) external;

    /// @notice Gives the round's first list, which the round keeps within its digest, a slot of its own, so that lists can be
    /// opened in parts. Does nothing where that was done.
    /// @param center as told by RoundOpened
    /// @param sigma as told by RoundOpened
    /// @param seals hash of the first list's seals, as bytes29(keccak256(seals))
    function unfold(TopicId topic, uint256 round, int104 center, uint104 sigma, bytes29 seals) external;

    /// @notice Takes predictions in signed-only topics, where nothing is sealed: the caller's own, or those of many workers,
    /// each with its signature. The first of all opens the round.
    /// @dev A worker that has no seat, or is already revealed in this round, is passed over; the call refuses when nothing
    /// was left to reveal.
    function revealSigned(TopicId topic, uint256 round, SignedOpening[] calldata openings) external;

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

    /// @notice Makes a published round void whose truth did not come in time: nothing of it has moved.
    function voidRound(TopicId topic, uint256 round) external;
}
