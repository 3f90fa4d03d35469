// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batches} from "../../contracts/memory/Lists.sol";
import {Batch, Prediction, Revealed} from "../../contracts/types/Prediction.sol";
import {TopicId} from "../../contracts/types/Topic.sol";

/// @notice The Batches library from outside.
contract BatchesHarness {
    /// @notice Records lists as a call of `reveal` does, with room for `most` entries, and tells of them.
    function recorded(
        bytes20 digest,
        uint256 most,
        Prediction[] calldata said,
        address[] calldata by,
        TopicId topic,
        uint256 round,
        address committer
    ) external returns (bytes20 link) {
        (Prediction[] memory predictions, address[] memory workers) = Batches.create(most);
        Batches.close(predictions, workers, said.length);
        for (uint256 i = 0; i < said.length; i++) (predictions[i], workers[i]) = (said[i], by[i]);
        link = Batches.chain(digest, predictions, workers);
        Batches.emitRevealed(predictions, workers, topic, round, committer);
    }

    /// @notice The digest as `publish` finds it.
    function publishedDigest(
        bytes20 first,
        Prediction[] calldata predictions,
        Batch[] calldata batches
    ) external pure returns (bytes20 digest, bytes20 fromZero) {
        return Batches.digestOf(first, predictions, batches);
    }

    /// @notice The digest as `settle` finds it.
    function settledDigest(Revealed calldata revealed) external pure returns (bytes20) {
        return Batches.digestOf(revealed);
    }
}
