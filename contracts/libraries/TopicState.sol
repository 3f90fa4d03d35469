// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Aggregate, Expert, Learning, Money} from "../types/Learning.sol";
import {Outcome} from "../types/Outcome.sol";
import {ERA_MAX, Tenure, packTenure} from "../types/Tenure.sol";
import {Topic} from "../types/Topic.sol";
import {Float, Float24} from "./Float.sol";
import {Scoring} from "./Scoring.sol";

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

        // Below ERA_MAX, or it would not restart.
        unchecked {
            topic.tenure = packTenure(topic.tenure.era() + 1, 0);
        }
        storeLearning(topic, learning);
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
        topic.usual = Float.down24(Scoring.usualMoney(topic.usual.unpack(), outcome.budgetsOf()));
        if (number >= topic.resolvedUntil) {
            // Rounds are numbered up to 2^24 - 2.
            unchecked {
                topic.resolvedUntil = uint24(number + 1);
            }
            topic.sigma = Float.up24(Scoring.spread(topic.sigma.unpack(), outcome.middles.second(), truth));
            topic.center = Float.signed40(Scoring.followed(topic.center.unpack(), truth, topic.referenceRateBps));
        }
        if (outcome.eraOf() != topic.tenure.era()) return 0;

        Learning memory learning = loadLearning(topic, topic.peak);
        gradient = Scoring.gradient(outcome.values.second(), truth, learning);
        Scoring.learn(learning, aggregateOf(outcome), truth, topic.intervalBps);
        storeLearning(topic, learning);
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

    /// @dev Beyond the warm-up only "many" rounds matter; the count stops where its byte ends.
    function storeLearning(Topic storage topic, Learning memory learning) private {
        topic.peak = Float.down24(learning.peak);
        topic.feedError = Float.down24(learning.feedError);
        topic.rounds = uint8(Math.min(learning.rounds, type(uint8).max));

        topic.anchorRegret = Float.signed32(learning.anchor.regret);
        topic.anchorEnergy = Float.down32(learning.anchor.energy);
        topic.meanRegret = Float.signed32(learning.mean.regret);
        topic.meanEnergy = Float.down32(learning.mean.energy);
        topic.widthBelow = Float.down24(learning.widthBelow);
        topic.widthAbove = Float.down24(learning.widthAbove);
        topic.anchorError = Float.down24(learning.anchorError);
        topic.bias = Float.signed32(learning.bias);
    }

    /* SETTLE */

    /// @notice What the workers of a settled round teach their topic: its peak, which never falls, and that it was settled.
    /// @param peak largest squared regret among them
    function learnWorkers(Topic storage topic, uint256 peak) internal {
        topic.peak = Float.down24(Math.max(peak, topic.peak.unpack()));
        topic.tenure = topic.tenure.counted();
    }
}
