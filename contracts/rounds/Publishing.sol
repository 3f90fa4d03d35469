// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {ITruthSource} from "../interfaces/ITruthSource.sol";
import {Aggregation} from "../maths/Aggregation.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Float, Float24} from "../maths/Float.sol";
import {Schedule} from "../maths/Schedule.sol";
import {Scoring} from "../maths/Scoring.sol";
import {Settlement} from "../maths/Settlement.sol";
import {Batches, Lists} from "../memory/Lists.sol";
import {RevealingSigned} from "./RevealingSigned.sol";
import {Ring, TopicState} from "../storage/State.sol";
import {Feed, NO_WIDTH, packSpread, Spread} from "../types/Feed.sol";
import {Aggregate, Hints, Learning, Money, NONE, Range, Submissions} from "../types/Learning.sol";
import {Network} from "../types/Network.sol";
import {digestOf, emitPublished, Outcome, Pair, pair} from "../types/Outcome.sol";
import {Batch, Prediction} from "../types/Prediction.sol";
import {ALL_CLOSED, Listing, Phase, Round, RoundStatus} from "../types/Round.sol";
import {Opening, Seal} from "../types/Seal.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title Publish: what was revealed becomes the aggregate and its interval, and goes on the feed. Documented in ITopicRounds.
abstract contract Publishing is ITopicRounds, RevealingSigned {
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
        (Round storage round, bool isDone) = network.roundFor(id, number, RoundStatus.Open, RoundStatus.Published);
        if (isDone) return;

        uint256 targetTime = requireRevealed(topic, round, number);
        (bytes20 digest, bytes20 batched) = Batches.digestOf(
            Commitments.firstDigest(center, sigma),
            predictions,
            batches
        );
        require(digest == round.digest, WrongBatches(digest, round.digest));

        conclude(topic, round, Closing(id, number, targetTime, center, sigma, batched), predictions, hints);
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

        (Round storage round, RoundStatus status) = network.statusOf(id, number);
        if (status > RoundStatus.Open) return;
        times.requirePhase(number, Phase.Reveal);
        require(status == RoundStatus.Open, WrongStatus(status, RoundStatus.Open));
        require(round.listing == Listing.Sole, NotSole(number));
        (bytes29 seals, , Prediction[] memory predictions, address[] memory workers) = unseal(
            Commitments.roundHash(domainSeparator(), id, number),
            0,
            openings,
            type(uint256).max,
            noSeals()
        );
        requireFirst(round, number, center, sigma, seals);
        bytes20 batched = Batches.chain(0, predictions, workers);
        round.listing = Listing.Revealed;
        round.count = uint16(predictions.length);

        Batches.emitRevealed(predictions, workers, id, number, address(0));
        uint256 targetTime = times.targetTime(number);
        conclude(topic, round, Closing(id, number, targetTime, center, sigma, batched), predictions, hints);
    }

    function noSeals() private pure returns (Seal[] calldata seals) {
        assembly ("memory-safe") {
            seals.offset := 0
            seals.length := 0
        }
    }

    /// @dev When the reveal window is over, or every commitment is revealed.
    function requireRevealed(
        Topic storage topic,
        Round storage round,
        uint256 number
    ) private view returns (uint256 targetTime) {
        Times memory times = topic.times();
        Phase phase = times.phaseAt(number, block.timestamp);
        bool isRevealed = phase == Phase.Live || (phase == Phase.Reveal && round.closed == ALL_CLOSED);
        require(isRevealed, WrongPhase(phase, Phase.Live));
        return times.targetTime(number);
    }

    /// @notice A round whose predictions are all revealed.
    /// @param center of its domain, frozen when it opened
    /// @param sigma of its domain, frozen when it opened
    /// @param batches digest of the chained batches
    struct Closing {
        TopicId id;
        uint256 number;
        uint256 targetTime;
        int104 center;
        uint104 sigma;
        bytes20 batches;
    }

    /// @dev The revealed predictions become the aggregate; if they are too few, the round becomes void.
    function conclude(
        Topic storage topic,
        Round storage round,
        Closing memory closing,
        Prediction[] memory predictions,
        Hints calldata hints
    ) private {
        uint256 era = topic.tenure.era();
        (Submissions memory submissions, Money memory money) = submissionsOf(predictions, era);
        bool isHealthy = predictions.length >= topic.minWorkers && money.wagers >= topic.minWager.unpack();
        if (!isHealthy) {
            toThin(network.feedOf[closing.id], topic, closing.number);
            return toVoid(closing.id, round);
        }

        Float24 peak = round.peak;
        if (topic.isRestartedBy(money)) {
            topic.restart();
            submissions.trusts = new uint256[](predictions.length);
            (peak, era) = (topic.peak, topic.tenure.era());
        }
        Learning memory learning = topic.loadLearning(peak);
        (Range memory bounds, Range memory domain) = rangesOf(topic, closing.center, closing.sigma);
        Range memory range = Aggregation.rangeOf(bounds, domain, predictions.length, learning);
        Aggregate memory aggregate = Aggregation.aggregate(submissions, hints, learning, range);

        Outcome memory outcome = outcomeOf(aggregate, domain, closing.batches, era);
        (outcome.stakes, outcome.pool) = potOf(topic, closing, money.wagers);
        outcome.middles = pair(aggregate.mean, topic.center.unpack());
        outcome.publisher = (uint256(uint160(msg.sender)) << 96) | money.budgets;

        round.status = RoundStatus.Published;
        round.digest = digestOf(outcome);
        show(topic, closing, aggregate, money.wagers, predictions.length);

        emitPublished(outcome, closing.id, closing.number);
    }

    /// @dev A record of another era counts as none. Sums of money lie below 2^96.
    function submissionsOf(
        Prediction[] memory predictions,
        uint256 era
    ) private pure returns (Submissions memory submissions, Money memory money) {
        uint256 count = predictions.length;
        submissions = Submissions(new int256[](count), new uint256[](count), new uint256[](count));
        (int256[] memory values, uint256[] memory wagers) = (submissions.values, submissions.wagers);
        uint256[] memory trusts = submissions.trusts;
        (uint256 total, uint256 budgets, uint256 seasoned) = (0, 0, 0);
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                Prediction prediction = Lists.get(predictions, i);
                uint256 wager = prediction.wager();
                uint256 budget = Settlement.budgetBehind(wager, prediction.confidenceOf());
                Lists.set(values, i, prediction.value());
                Lists.set(wagers, i, wager);
                if (prediction.isOf(era)) {
                    Lists.set(trusts, i, prediction.trust().unpack());
                    if (prediction.isSeasoned()) seasoned += budget;
                }
                total += wager;
                budgets += budget;
            }
        }
        money = Money(total, budgets, seasoned);
    }

    /// @dev The topic's range, and the round's domain within it. Both ends of a domain are values, within int104.
    function rangesOf(
        Topic storage topic,
        int256 center,
        uint256 sigma
    ) private view returns (Range memory bounds, Range memory domain) {
        bounds = Range(topic.min, topic.max);
        (int256 low, uint256 width) = Scoring.domainOf(
            topic.domain,
            topic.domainScale,
            center,
            sigma,
            bounds.low,
            bounds.high
        );
        domain = Range(low, low + int256(width));
    }

    /// @dev What the pool puts into the round. It plays only where the reference is fresh: by the publication keepers have had
    /// both windows to resolve what was due. Against an old reference, a worker that repeats the latest truth would be paid
    /// for nothing.
    function potOf(
        Topic storage topic,
        Closing memory closing,
        uint256 wagers
    ) private view returns (Pair stakes, Pair pool) {
        Settlement.PoolTerms memory terms = Settlement.PoolTerms(
            topic.pool,
            topic.poolRateBps,
            topic.poolShareBps,
            topic.rewardCapBps
        );
        uint256 exposed =
            topic.isLimited
                ? Settlement.exposure(wagers, ITruthSource(topic.truth).truthSecurity(closing.id), topic.ringSize)
                : wagers;
        Settlement.Pot memory pot = Settlement.potOf(wagers, exposed, terms, isFresh(topic, closing.number));
        return (pair(wagers, exposed), pair(pot.play, pot.reward));
    }

    /// @dev Whether the youngest resolved round's target time lies at most two cadences before this round's opening.
    function isFresh(Topic storage topic, uint256 number) private view returns (bool) {
        uint256 until = topic.resolvedUntil;
        // Numbers of 24 bits times cadences of 24 bits.
        unchecked {
            return until > 0 && (number + 1) * topic.cadence <= (until + 2) * topic.cadence + topic.horizon;
        }
    }

    /// @dev The feed keeps its last value, and is thin until a round is published that is younger than every void one. A void
    /// round older than the feed's own round changes nothing.
    function toThin(Feed storage feed, Topic storage topic, uint256 number) private {
        if (number < feed.round) return;
        topic.lastVoid = uint24(feed.thin ? Math.max(topic.lastVoid, number) : number);
        feed.thin = true;
    }

    /// @dev Aggregation keeps all it finds within the range of values, and widths within 104 bits.
    function outcomeOf(
        Aggregate memory aggregate,
        Range memory domain,
        bytes20 batches,
        uint256 era
    ) private pure returns (Outcome memory outcome) {
        outcome.values = pair(aggregate.value, aggregate.inner);
        outcome.widths = pair(aggregate.below, aggregate.above);
        outcome.experts = pair(aggregate.anchor, aggregate.debiased);
        outcome.clip = pair(aggregate.low, aggregate.high);
        outcome.domain = pair(domain.low, domain.high);
        outcome.batches = uint256(bytes32(batches)) | era;
    }

    /// @dev A late publication of an older round never replaces a newer one's value.
    function show(
        Topic storage topic,
        Closing memory closing,
        Aggregate memory aggregate,
        uint256 wagers,
        uint256 count
    ) private {
        Feed storage feed = network.feedOf[closing.id];
        uint256 number = closing.number;
        // Values lie within int104, times within 32 bits and rounds within 24; a round has 1 to 256 predictions and is
        // published before its target time, at most a horizon ahead. Fewer than 2^24 rounds can be missed.
        unchecked {
            uint256 next = feed.targetTime > 0 ? uint256(feed.round) + 1 : 0;
            if (number < next) return;

            if (number > next) topic.missed += uint24(number - next);
            network.feedOf[closing.id] = Feed({
                value: int104(aggregate.value),
                spread: spreadOf(aggregate, wagers),
                targetTime: uint32(closing.targetTime),
                ahead: uint24(closing.targetTime - block.timestamp),
                round: uint24(number),
                lastContributor: uint8(count - 1),
                thin: feed.thin && topic.lastVoid > number
            });
        }
    }

    function spreadOf(Aggregate memory aggregate, uint256 wagers) private pure returns (Spread) {
        if (aggregate.below == NONE) return packSpread(NO_WIDTH, NO_WIDTH, Float.down20(wagers));
        return packSpread(Float.up18(aggregate.below), Float.up18(aggregate.above), Float.down20(wagers));
    }
}
