// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
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
        storeRecent(topic, learning, truth, sigma);
        storeRecords(topic, learning);
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

    /// @dev Slot 3 but for the pool below it and the count of missed rounds above it, in one write.
    function storeRecent(Topic storage topic, Learning memory learning, int104 center, uint256 sigma) private {
        uint256 word = signed40(center) | (Float.packUp(sigma, 24) << 40);
        word |= (Float.packDown(learning.peak, 24) << 72) | (Float.packDown(learning.feedError, 24) << 104);
        assembly ("memory-safe") {
            let place := add(topic.slot, 3)
            let kept := and(sload(place), not(shl(96, sub(shl(136, 1), 1))))
            sstore(place, or(kept, shl(96, word)))
        }
    }

    /// @dev Slot 4 in one write. Beyond the warm-up only "many" rounds matter; the count stops where its byte ends.
    function storeRecords(Topic storage topic, Learning memory learning) private {
        uint256 word = signed40(learning.anchor.regret) | (Float.packDown(learning.anchor.energy, 24) << 40);
        word |= (signed40(learning.mean.regret) << 72) | (Float.packDown(learning.mean.energy, 24) << 112);
        word |= (Float.packDown(learning.width, 24) << 144) | (Float.packDown(learning.anchorError, 24) << 176);
        word |= (signed40(learning.bias) << 208) | (Math.min(learning.rounds, type(uint8).max) << 248);
        assembly ("memory-safe") {
            sstore(add(topic.slot, 4), word)
        }
    }

    function signed40(int256 x) private pure returns (uint256) {
        return uint40(int40(Float.packSigned(x, 31)));
    }
}
