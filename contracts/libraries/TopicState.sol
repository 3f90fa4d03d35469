// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Aggregate, Expert, Learning} from "../types/Learning.sol";
import {Outcome} from "../types/Round.sol";
import {Topic} from "../types/Topic.sol";
import {Float} from "./Float.sol";
import {Scoring} from "./Scoring.sol";

/// @title What a topic has learnt, between its two slots and the memory the weighting rule works in.
library TopicState {
    /// @notice Teaches a topic what happened: its house experts, its errors, its interval and its next domain.
    /// @return gradient the error that every worker's regret of the round is measured with
    function learn(Topic storage topic, Outcome calldata outcome, int104 truth) internal returns (int256 gradient) {
        Learning memory learning = loadLearning(topic, topic.peak);
        gradient = Scoring.gradient(outcome.inner, truth, learning);
        uint256 sigma = Scoring.spread(Float.unpack(topic.sigma), outcome.center, truth);

        Scoring.learn(learning, aggregateOf(outcome), truth, topic.intervalBps);
        storeLearning(topic, learning);
        topic.center = int40(Float.packSigned(truth, 31));
        topic.sigma = uint32(Float.packUp(sigma, 24));
    }

    function aggregateOf(Outcome calldata outcome) private pure returns (Aggregate memory) {
        return
            Aggregate({
                value: outcome.value,
                half: outcome.half,
                inner: outcome.inner,
                anchor: outcome.anchor,
                radius: outcome.radius,
                mean: outcome.mean,
                debiased: outcome.debiased
            });
    }

    function loadLearning(Topic storage topic, uint32 peak) internal view returns (Learning memory) {
        return
            Learning({
                peak: Float.unpack(peak),
                anchorError: Float.unpack(topic.anchorError),
                feedError: Float.unpack(topic.feedError),
                bias: Float.unpackSigned(topic.bias),
                width: Float.unpack(topic.width),
                rounds: topic.rounds,
                anchor: Expert(Float.unpackSigned(topic.anchorRegret), Float.unpack(topic.anchorEnergy)),
                mean: Expert(Float.unpackSigned(topic.meanRegret), Float.unpack(topic.meanEnergy))
            });
    }

    function storeLearning(Topic storage topic, Learning memory learning) private {
        topic.peak = uint32(Float.packDown(learning.peak, 24));
        topic.feedError = uint32(Float.packDown(learning.feedError, 24));
        topic.anchorRegret = int40(Float.packSigned(learning.anchor.regret, 31));
        topic.anchorEnergy = uint32(Float.packDown(learning.anchor.energy, 24));
        topic.meanRegret = int40(Float.packSigned(learning.mean.regret, 31));
        topic.meanEnergy = uint32(Float.packDown(learning.mean.energy, 24));
        topic.width = uint32(Float.packDown(learning.width, 24));
        topic.anchorError = uint32(Float.packDown(learning.anchorError, 24));
        topic.bias = int40(Float.packSigned(learning.bias, 31));
        // Beyond the warm-up only "many" matters; the count stops where its byte ends.
        topic.rounds = learning.rounds < type(uint8).max ? uint8(learning.rounds) : type(uint8).max;
    }
}
