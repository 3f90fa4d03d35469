// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Aggregate, Expert, Learning, Money} from "../types/Learning.sol";
import {Outcome} from "../types/Outcome.sol";
import {ERA_MAX, Tenure, packTenure} from "../types/Tenure.sol";
import {Topic} from "../types/Topic.sol";
import {Float, Float24, Float32, SignedFloat32, SignedFloat40} from "../maths/Float.sol";
import {Scoring} from "../maths/Scoring.sol";

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
