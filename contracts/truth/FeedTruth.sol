// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {ITruthSource, TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {TopicId} from "../types/Topic.sol";
import {FeedSampler} from "./FeedSampler.sol";

/// @title The truth of a Chainlink-shaped feed: its last answer at or before the target time.
/// @notice What that is across upgrades of the feed, and what a proof of it is made of, is documented in FeedSampler.
contract FeedTruth is FeedSampler {
    constructor(AggregatorV3Interface aggregator_, uint256 heartbeat_) FeedSampler(aggregator_, heartbeat_) {}

    /// @inheritdoc ITruthSource
    function truthOf(
        TopicId,
        uint256,
        uint256 targetTime,
        bytes calldata proof
    ) external view returns (TruthStatus status, int256 value) {
        return sampleAt(targetTime, proof);
    }

    /// @notice The proof that `truthOf` needs for a past moment. Meant for calls from outside the chain; searches.
    /// @param targetTime the round's target time, unix time
    /// @return proof what `resolve` is given; answers Unknown as long as the feed has not moved past the target time
    function proofOf(uint256 targetTime) external view returns (bytes memory proof) {
        return sampleProofAt(targetTime);
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        return definitionOf(Question.Value, 0, 0, 0, "");
    }
}
