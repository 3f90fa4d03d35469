// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Committing} from "./Committing.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Aggregation} from "../libraries/Aggregation.sol";
import {Batches} from "../libraries/Batches.sol";
import {Commitments} from "../libraries/Commitments.sol";
import {Float} from "../libraries/Float.sol";
import {Lists} from "../libraries/Lists.sol";
import {Ring} from "../libraries/Ring.sol";
import {Schedule} from "../libraries/Schedule.sol";
import {Settlement} from "../libraries/Settlement.sol";
import {TopicState} from "../libraries/TopicState.sol";
import {Feed, NO_INTERVAL} from "../types/Feed.sol";
import {Aggregate, Hints, NONE, Submissions} from "../types/Learning.sol";
import {Network} from "../types/Network.sol";
import {Batch, Prediction} from "../types/Prediction.sol";
import {ALL_CLOSED, Listing, Outcome, Phase, Round, RoundStatus} from "../types/Round.sol";
import {Opening, Seal} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Publish: what was revealed becomes the aggregate and its interval, and goes on the feed. Told in ITopicRounds.
abstract contract Publishing is ITopicRounds, Committing {
    using Ring for Network;
    using Ring for Times;
    using Schedule for Times;
    using TopicState for Topic;

    /// @inheritdoc ITopicRounds
    function publish(
        TopicId id,
        uint256 number,
        int104 center,
        uint104 sigma,
        Prediction[] calldata predictions,
        Batch[] calldata batches,
        Hints calldata hints
    ) external {
        Topic storage topic = network.topicOf[id];
        Round storage round = network.roundIn(id, number, RoundStatus.Open);

        uint256 targetTime = requireHeard(topic, round, number);
        bytes20 digest = Batches.digestOf(Commitments.firstDigest(center, sigma), predictions, batches);
        require(digest == round.digest, WrongBatches(digest, round.digest));

        conclude(id, topic, round, number, targetTime, center, sigma, digest, predictions, hints);
    }

    /// @inheritdoc ITopicRounds
    function revealAndPublish(
        TopicId id,
        uint256 number,
        int104 center,
        uint104 sigma,
        Opening[] calldata openings,
        Hints calldata hints
    ) external {
        Topic storage topic = network.existing(id);
        Times memory times = topic.times();

        times.requirePhase(number, Phase.Reveal);
        Round storage round = network.roundIn(id, number, RoundStatus.Open);
        require(round.listing == Listing.Sole, NotSole(number));
        (bytes29 seals, , Prediction[] memory predictions, address[] memory workers) = unseal(
            Commitments.roundHash(domainSeparator(), id, number),
            0,
            openings,
            type(uint256).max,
            noSeals()
        );
        bytes20 digest = requireFirst(round, number, center, sigma, seals);
        digest = Batches.chain(digest, predictions, workers);
        round.listing = Listing.Heard;
        round.count = uint16(predictions.length);

        Batches.tell(predictions, workers, id, number, address(0));
        uint256 targetTime = times.targetTime(number);
        conclude(id, topic, round, number, targetTime, center, sigma, digest, predictions, hints);
    }

    function noSeals() private pure returns (Seal[] calldata seals) {
        assembly ("memory-safe") {
            seals.offset := 0
            seals.length := 0
        }
    }

    /// @dev When the reveals are over, or no more of them can come.
    function requireHeard(
        Topic storage topic,
        Round storage round,
        uint256 number
    ) private view returns (uint256 targetTime) {
        Times memory times = topic.times();
        Phase phase = times.phaseAt(number, block.timestamp);
        bool isHeard = phase == Phase.Live || (phase == Phase.Reveal && round.closed == ALL_CLOSED);
        require(isHeard, WrongPhase(phase, Phase.Live));
        return times.targetTime(number);
    }

    /// @dev What was heard becomes the aggregate, or where it is too little nothing.
    function conclude(
        TopicId id,
        Topic storage topic,
        Round storage round,
        uint256 number,
        uint256 targetTime,
        int104 center,
        uint104 sigma,
        bytes20 digest,
        Prediction[] memory predictions,
        Hints calldata hints
    ) private {
        (Submissions memory submissions, uint256 wagers) = submissionsOf(predictions);
        bool isHealthy = predictions.length >= topic.minWorkers && wagers >= Float.unpack(topic.minWager);
        if (!isHealthy) {
            toThin(network.feedOf[id], number);
            return toVoid(id, round);
        }

        Aggregate memory aggregate = Aggregation.aggregate(submissions, hints, topic.loadLearning(round.peak));
        uint256 rewards = Settlement.rewards(topic.pool, topic.rewardRateBps, topic.rewardCapBps, wagers);
        Outcome memory outcome = outcomeOf(aggregate, uint96(wagers), uint96(rewards), center, sigma, digest);

        round.status = RoundStatus.Published;
        round.digest = digestOf(outcome);
        show(id, topic, number, targetTime, outcome, predictions.length);

        emit RoundPublished(id, number, outcome);
    }

    function submissionsOf(
        Prediction[] memory predictions
    ) private pure returns (Submissions memory submissions, uint256 total) {
        uint256 count = predictions.length;
        (int256[] memory values, uint256[] memory wagers) = (new int256[](count), new uint256[](count));
        uint256[] memory trusts = new uint256[](count);
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                Prediction prediction = Lists.get(predictions, i);
                uint256 wager = prediction.wager();
                Lists.set(values, i, prediction.value());
                Lists.set(wagers, i, wager);
                Lists.set(trusts, i, Float.unpack(prediction.trust()));
                total += wager;
            }
        }
        submissions = Submissions(values, wagers, trusts);
    }

    /// @dev The feed keeps its last value, unless that is a younger round's: then it has nothing to tell of this one.
    function toThin(Feed storage feed, uint256 number) private {
        if (number >= feed.round) feed.thin = true;
    }

    /// @dev Aggregation keeps all it finds within the range of values.
    function outcomeOf(
        Aggregate memory aggregate,
        uint96 wagers,
        uint96 rewards,
        int104 center,
        uint104 sigma,
        bytes20 batches
    ) private view returns (Outcome memory) {
        return
            Outcome({
                value: int104(aggregate.value),
                half: uint104(aggregate.half),
                inner: int104(aggregate.inner),
                anchor: int104(aggregate.anchor),
                radius: uint104(aggregate.radius),
                mean: int104(aggregate.mean),
                debiased: int104(aggregate.debiased),
                wagers: wagers,
                rewards: rewards,
                center: center,
                sigma: sigma,
                publisher: msg.sender,
                batches: batches
            });
    }

    /// @dev A struct of words lies in memory as `abi.encode` would lay it.
    function digestOf(Outcome memory outcome) private pure returns (bytes20) {
        bytes32 digest;
        assembly ("memory-safe") {
            digest := keccak256(outcome, 0x1a0)
        }
        return bytes20(digest);
    }

    /// @dev A late publication of an older round never replaces a newer one's value.
    function show(
        TopicId id,
        Topic storage topic,
        uint256 number,
        uint256 targetTime,
        Outcome memory outcome,
        uint256 count
    ) private {
        Feed storage feed = network.feedOf[id];
        uint256 next = feed.targetTime > 0 ? uint256(feed.round) + 1 : 0;
        if (number < next) return;

        if (number > next) topic.missed += uint24(number - next);
        network.feedOf[id] = Feed({
            value: outcome.value,
            half: outcome.half == NONE ? NO_INTERVAL : uint32(Float.packUp(outcome.half, 24)),
            wagers: uint24(Float.packDown(outcome.wagers, 16)),
            targetTime: uint32(targetTime),
            ahead: uint24(targetTime - block.timestamp),
            round: uint24(number),
            lastContributor: uint8(count - 1),
            thin: false
        });
    }
}
