// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {ITruthSource, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Schedule} from "../maths/Schedule.sol";
import {Publishing} from "./Publishing.sol";
import {Ring, TopicState} from "../storage/State.sol";
import {Network} from "../types/Network.sol";
import {givenDigestOf, Outcome} from "../types/Outcome.sol";
import {Phase, Resolution, Round, RoundStatus} from "../types/Round.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Resolve: the truth comes, and the topic learns from it. Documented in ITopicRounds.
abstract contract Resolving is ITopicRounds, Publishing {
    using Ring for Network;
    using Ring for Times;
    using Schedule for Times;
    using TopicState for Topic;

    /// @inheritdoc ITopicRounds
    function resolve(TopicId id, uint256 number, Outcome calldata outcome, bytes calldata proof) external {
        (Round storage round, bool isDone) = network.roundFor(id, number, RoundStatus.Published, RoundStatus.Resolved);
        if (isDone) return;
        bytes20 digest = round.digest;

        (bool isKnown, Resolution memory resolution) = learn(id, round, number, outcome, proof);
        if (!isKnown) return;

        round.status = RoundStatus.Resolved;
        round.digest = resolvedDigest(digest, resolution);
        // For `resolveAndSettle`, sent by somebody who did not know that the round was resolved.
        network.resolutionAt[id][number % network.topicOf[id].ringSize] = resolution;
    }

    /// @dev Asks what happened and teaches the topic. A round whose source answers Void becomes void.
    function learn(
        TopicId id,
        Round storage round,
        uint256 number,
        Outcome calldata outcome,
        bytes calldata proof
    ) internal returns (bool isKnown, Resolution memory resolution) {
        Topic storage topic = network.topicOf[id];
        Times memory times = topic.times();

        times.requirePhase(number, Phase.Due);
        requireOutcome(round, outcome);

        (TruthStatus status, int256 value) = ITruthSource(topic.truth).truthOf(
            id,
            number,
            times.targetTime(number),
            proof
        );
        if (status == TruthStatus.Void) {
            toVoid(id, round);
            return (false, resolution);
        }
        require(status == TruthStatus.Known, TruthUnknown(status));

        resolution.truth = narrow(value);
        resolution.gradient = topic.learn(number, outcome, resolution.truth);

        emit RoundResolved(id, number, resolution);
        return (true, resolution);
    }

    function requireOutcome(Round storage round, Outcome calldata outcome) private view {
        bytes20 digest = givenDigestOf(outcome);
        require(digest == round.digest, WrongOutcome(digest, round.digest));
    }

    /// @dev A truth beyond the range of values counts as its end, so that no truth can stop a round.
    function narrow(int256 value) private pure returns (int104) {
        if (value > type(int104).max) return type(int104).max;
        if (value < type(int104).min) return type(int104).min;
        return int104(value);
    }

    function resolvedDigest(bytes20 outcome, Resolution memory resolution) internal pure returns (bytes20) {
        return Commitments.resolvedDigest(outcome, resolution.truth, resolution.gradient);
    }
}
