// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Float, Float24, Float32, SignedFloat32, SignedFloat40} from "../maths/Float.sol";
import {Schedule} from "../maths/Schedule.sol";
import {Scoring} from "../maths/Scoring.sol";
import {Aggregate, Expert, Learning, Money} from "../types/Learning.sol";
import {Network} from "../types/Network.sol";
import {Outcome} from "../types/Outcome.sol";
import {ERA_MAX, packTenure, Tenure} from "../types/Position.sol";
import {Phase, Round, RoundStatus} from "../types/Round.sol";
import {Times, Topic, TopicId} from "../types/Topic.sol";

/// @title The rounds in flight: which are open, which are final, which place in the ring is whose.
library Ring {
    using Schedule for Times;

    /// @dev Rounds are kept in 24 bits; the last number stands for "always" in a seat's term.
    uint256 internal constant LAST_ROUND = type(uint24).max - 1;

    function existing(Network storage network, TopicId id) internal view returns (Topic storage topic) {
        topic = network.topicOf[id];
        require(topic.cadence > 0, ITopicRounds.UnknownTopic(id));
    }

    function placeOf(Network storage network, TopicId id, uint256 number) internal view returns (Round storage) {
        return network.roundAt[id][number % existing(network, id).ringSize];
    }

    /// @notice The round, which must have come just as far as `required`.
    function roundIn(
        Network storage network,
        TopicId id,
        uint256 number,
        RoundStatus required
    ) internal view returns (Round storage round) {
        RoundStatus actual;
        (round, actual) = statusOf(network, id, number);
        require(actual == required, ITopicRounds.WrongStatus(actual, required));
    }

    /// @notice The round, which must have come just as far as `required`, or to what a verb would make of it: `isDone`. Then
    /// the verb returns without effect, whatever its other arguments, so that the second caller loses only its gas.
    function roundFor(
        Network storage network,
        TopicId id,
        uint256 number,
        RoundStatus required,
        RoundStatus made
    ) internal view returns (Round storage round, bool isDone) {
        RoundStatus actual;
        (round, actual) = statusOf(network, id, number);
        isDone = actual >= made;
        require(isDone || actual == required, ITopicRounds.WrongStatus(actual, required));
    }

    /// @notice The round's place, and how far the round has come: nowhere, where the place is another round's.
    function statusOf(
        Network storage network,
        TopicId id,
        uint256 number
    ) internal view returns (Round storage round, RoundStatus status) {
        round = placeOf(network, id, number);
        status = round.number == number ? round.status : RoundStatus.None;
    }

    function requirePhase(Times memory times, uint256 number, Phase required) internal view {
        require(number <= LAST_ROUND, ITopicRounds.RoundOutOfBounds(number, LAST_ROUND));
        Phase actual = times.phaseAt(number, block.timestamp);
        require(actual == required, ITopicRounds.WrongPhase(actual, required));
    }

    /// @notice The youngest round that has opened.
    function lastOpened(Topic storage topic) internal view returns (uint24) {
        uint256 number = topic.times().roundAt(block.timestamp);
        return uint24(number < LAST_ROUND ? number : LAST_ROUND);
    }

    /// @notice The next round to open. A seat taken or lost counts from here on: what is open stays as it was.
    function nextOpening(Topic storage topic) internal view returns (uint24) {
        return block.timestamp < topic.start ? 0 : lastOpened(topic) + 1;
    }

    /// @notice Refuses to open a round while one that is a ring or more older can still move money, wherever in the ring it
    /// is. So no worker can lose its stake in younger rounds while an older wager waits: between a wager and its
    /// settlement there is at most a ring of other rounds on either side.
    /// @dev The round before, where it opened, has looked at all places but this one's.
    function requireRoom(Network storage network, TopicId id, Topic storage topic, uint256 number) internal view {
        uint256 size = topic.ringSize;
        mapping(uint256 place => Round) storage ring = network.roundAt[id];
        Round storage replaced = ring[number % size];
        Round storage previous = ring[(number + size - 1) % size];

        require(isFinal(topic, replaced), ITopicRounds.RingFull(number, replaced.number));
        if (previous.number + 1 == number && previous.status != RoundStatus.None) return;

        for (uint256 place = 0; place < size; ++place) {
            Round storage round = ring[place];
            bool isYoung = round.number + size > number;
            require(isYoung || isFinal(topic, round), ITopicRounds.RingFull(number, round.number));
        }
    }

    /// @notice Refuses while a round up to `last` can still move money. Looks at one ring, which is all there can be.
    function requireFinal(Network storage network, TopicId id, uint256 last) internal view {
        Topic storage topic = network.topicOf[id];
        for (uint256 place = 0; place < topic.ringSize; place++) {
            Round storage round = network.roundAt[id][place];
            require(round.number > last || isFinal(topic, round), ITopicDesk.RoundsOpen(round.number));
        }
    }

    /// @notice Refuses before the target time of the round `last`, and while it or an older one can still move money.
    function requireOver(Network storage network, TopicId id, uint256 last) internal view {
        bool isOver = network.topicOf[id].times().targetTime(last) <= block.timestamp;
        require(isOver, ITopicDesk.RoundsOpen(last));
        requireFinal(network, id, last);
    }

    /// @dev A round that nobody published in time has moved nothing and never will.
    function isFinal(Topic storage topic, Round storage round) internal view returns (bool) {
        RoundStatus status = round.status;
        if (status == RoundStatus.Open) return topic.times().targetTime(round.number) <= block.timestamp;
        return status == RoundStatus.None || status == RoundStatus.Settled || status == RoundStatus.Void;
    }
}

/// @title What a topic has learnt, between its two slots and the memory the weighting rule works in.
/// @dev Values are within int104, money within uint96, rounds within uint24: every cast below keeps all bits.
library TopicState {
    function loadLearning(Topic storage topic, Float24 peak) internal view returns (Learning memory) {
        return
            Learning({
                peak: peak.unpack(),
                anchorError: topic.anchorError.unpack(),
                feedError: topic.feedError.unpack(),
                bias: topic.bias.unpack(),
                widthBelow: topic.widthBelow.unpack(),
                widthAbove: topic.widthAbove.unpack(),
                rounds: topic.rounds,
                anchor: Expert(topic.anchorRegret.unpack(), topic.anchorEnergy.unpack()),
                mean: Expert(topic.meanRegret.unpack(), topic.meanEnergy.unpack())
            });
    }

    /* PUBLISH */

    /// @notice Whether a round with this money starts its topic anew. The last era stays, without further restarts.
    function isRestartedBy(Topic storage topic, Money memory money) internal view returns (bool) {
        Tenure tenure = topic.tenure;
        return Scoring.restarts(tenure.count(), money, topic.usual.unpack()) && tenure.era() < ERA_MAX;
    }

    /// @notice Starts a new era: the topic's numbers, its house records and the widths of its interval begin again, and every
    /// worker's record reads as nothing. Reference, sigma, usual money and pool stay.
    function restart(Topic storage topic) internal {
        Learning memory learning;
        learning.widthBelow = learning.widthAbove = Scoring.startingWidth(topic.intervalBps);

        Kept memory kept = keptOf(topic);
        // Below ERA_MAX, or it would not restart.
        unchecked {
            kept.tenure = packTenure(kept.tenure.era() + 1, 0);
        }
        store(topic, learning, kept);
    }

    /* RESOLVE */

    /// @notice Teaches a topic what happened. Reference and sigma follow truths of ever younger rounds only, so that a truth
    /// that comes late does not put an old one in the place of a new one. A round of an older era teaches the rule nothing.
    /// @param number the round's number
    /// @return gradient the error that every worker's regret of the round is measured with
    function learn(
        Topic storage topic,
        uint256 number,
        Outcome calldata outcome,
        int104 truth
    ) internal returns (int256 gradient) {
        Kept memory kept = keptOf(topic);
        Learning memory learning = loadLearning(topic, topic.peak);
        kept.usual = Float.down24(Scoring.usualMoney(kept.usual.unpack(), outcome.budgetsOf()));
        if (number >= kept.resolvedUntil) {
            // Rounds are numbered up to 2^24 - 2.
            unchecked {
                kept.resolvedUntil = number + 1;
            }
            kept.sigma = Float.up24(Scoring.spread(kept.sigma.unpack(), outcome.middles.second(), truth));
            kept.center = Float.signed40(Scoring.followed(kept.center.unpack(), truth, topic.referenceRateBps));
        }
        if (outcome.eraOf() == kept.tenure.era()) {
            gradient = Scoring.gradient(outcome.values.second(), truth, learning);
            Scoring.learn(learning, aggregateOf(outcome), truth, topic.intervalBps);
        }
        store(topic, learning, kept);
    }

    /// @dev What learning needs of it.
    function aggregateOf(Outcome calldata outcome) private pure returns (Aggregate memory aggregate) {
        (aggregate.value, aggregate.inner) = outcome.values.split();
        (aggregate.anchor, aggregate.debiased) = outcome.experts.split();
        aggregate.mean = outcome.middles.first();
        // Widths are positive.
        aggregate.below = uint256(outcome.widths.first());
        aggregate.above = uint256(outcome.widths.second());
    }

    /// @notice What a restart leaves as it is, and learning moves by itself.
    struct Kept {
        SignedFloat40 center;
        Float24 sigma;
        Tenure tenure;
        uint256 resolvedUntil;
        Float24 usual;
    }

    function keptOf(Topic storage topic) private view returns (Kept memory) {
        return Kept(topic.center, topic.sigma, topic.tenure, topic.resolvedUntil, topic.usual);
    }

    /// @dev Slot 3 but for the pool below it, and slot 4, each in one write: fields in the order of types/Topic.sol, from the
    /// lowest bit up, each cut to its own bits. Beyond the warm-up only "many" rounds matter; the count stops where its byte
    /// ends.
    function store(Topic storage topic, Learning memory learning, Kept memory kept) private {
        uint256 recent = uint40(SignedFloat40.unwrap(kept.center)) | (uint256(Float24.unwrap(kept.sigma)) << 40);
        recent |= uint256(Float24.unwrap(Float.down24(learning.peak))) << 64;
        recent |= uint256(Float24.unwrap(Float.down24(learning.feedError))) << 88;
        recent |= (uint256(Tenure.unwrap(kept.tenure)) << 112) | (kept.resolvedUntil << 128);
        recent |= Math.min(learning.rounds, type(uint8).max) << 152;

        uint256 records =
            bits(learning.anchor.regret) | (uint256(Float32.unwrap(Float.down32(learning.anchor.energy))) << 32);
        records |= bits(learning.mean.regret) << 64;
        records |= uint256(Float32.unwrap(Float.down32(learning.mean.energy))) << 96;
        records |= uint256(Float24.unwrap(Float.down24(learning.widthBelow))) << 128;
        records |= uint256(Float24.unwrap(Float.down24(learning.widthAbove))) << 152;
        records |= uint256(Float24.unwrap(Float.down24(learning.anchorError))) << 176;
        records |= (bits(learning.bias) << 200) | (uint256(Float24.unwrap(kept.usual)) << 232);
        assembly ("memory-safe") {
            let place := add(topic.slot, 3)
            let pool := and(sload(place), sub(shl(96, 1), 1))
            sstore(place, or(pool, shl(96, recent)))
            sstore(add(topic.slot, 4), records)
        }
    }

    /// @dev A signed float's own 32 bits.
    function bits(int256 x) private pure returns (uint256) {
        return uint32(SignedFloat32.unwrap(Float.signed32(x)));
    }

    /* SETTLE */

    /// @notice What the workers of a settled round teach their topic: its peak, which never falls, and that it was settled.
    /// @param pool what the topic's pool holds now
    /// @param peak largest squared regret among them
    function learnWorkers(Topic storage topic, uint96 pool, uint256 peak) internal {
        Float24 highest = Float.down24(Math.max(peak, topic.peak.unpack()));
        Tenure tenure = topic.tenure.counted();
        (topic.pool, topic.peak, topic.tenure) = (pool, highest, tenure);
    }

    /// @notice A settled round of an older era moves money only.
    function keep(Topic storage topic, uint96 pool) internal {
        topic.pool = pool;
    }
}
