// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Expert, Learning } from "../types/Learning.sol";
import { Topic } from "../types/Topic.sol";
import { Float } from "./Float.sol";

/// @title What a topic has learnt, between its two slots and the memory the weighting rule works in.
library TopicState {
    function loadLearning(Topic storage topic, uint32 peak) internal view returns (Learning memory) {
        return Learning({
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

    function storeLearning(Topic storage topic, Learning memory learning) internal {
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
