// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Commitments} from "../maths/Commitments.sol";
import {Batch, Prediction, Revealed} from "../types/Prediction.sol";
import {Seal} from "../types/Seal.sol";
import {TopicId} from "../types/Topic.sol";

/// @title Lists
/// @notice Lists in memory, walked without bounds checks, which would cost more than the sums of a round.
/// @dev Entries are named by their byte offset: from FIRST to the list's end, in steps of NEXT. Only for loops over
/// lists whose lengths are known to be equal.
library Lists {
    uint256 internal constant FIRST = 0x20;
    uint256 internal constant NEXT = 0x20;

    function end(int256[] memory list) internal pure returns (uint256) {
        unchecked {
            return FIRST + list.length * NEXT;
        }
    }

    function end(uint256[] memory list) internal pure returns (uint256) {
        unchecked {
            return FIRST + list.length * NEXT;
        }
    }

    function get(uint256[] memory list, uint256 offset) internal pure returns (uint256 entry) {
        assembly ("memory-safe") {
            entry := mload(add(list, offset))
        }
    }

    function get(int256[] memory list, uint256 offset) internal pure returns (int256 entry) {
        assembly ("memory-safe") {
            entry := mload(add(list, offset))
        }
    }

    function put(uint256[] memory list, uint256 offset, uint256 entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(list, offset), entry)
        }
    }

    function put(int256[] memory list, uint256 offset, int256 entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(list, offset), entry)
        }
    }

    /* BY INDEX, into lists that were just laid out long enough */

    function get(Prediction[] memory list, uint256 index) internal pure returns (Prediction entry) {
        assembly ("memory-safe") {
            entry := mload(add(add(list, 0x20), shl(5, index)))
        }
    }

    function at(uint256[] memory list, uint256 index) internal pure returns (uint256 entry) {
        assembly ("memory-safe") {
            entry := mload(add(add(list, 0x20), shl(5, index)))
        }
    }

    function set(uint256[] memory list, uint256 index, uint256 entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 0x20), shl(5, index)), entry)
        }
    }

    function set(int256[] memory list, uint256 index, int256 entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 0x20), shl(5, index)), entry)
        }
    }

    function set(Seal[] memory list, uint256 index, Seal entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 0x20), shl(5, index)), entry)
        }
    }

    function set(address[] memory list, uint256 index, address entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 0x20), shl(5, index)), entry)
        }
    }

    function set(Prediction[] memory list, uint256 index, Prediction entry) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 0x20), shl(5, index)), entry)
        }
    }
}

/// @title A list of seals: kept as one hash, emitted by its event, given back as calldata.
library Seals {
    /// @notice An empty list with room for `most` seals, laid out as PredictionsCommitted encodes it, so that it is written
    /// once, and hashed and emitted from where it lies.
    function create(uint256 most) internal pure returns (Seal[] memory seals) {
        assembly ("memory-safe") {
            let data := mload(0x40)
            seals := add(data, 0x20)
            mstore(data, 0x20)
            mstore(seals, most)
            mstore(0x40, add(seals, add(0x20, shl(5, most))))
        }
    }

    /// @notice Sets the list's length, once it is filled.
    function close(Seal[] memory seals, uint256 count) internal pure {
        assembly ("memory-safe") {
            mstore(seals, count)
        }
    }

    /// @notice The hash a list is kept as.
    function hashOf(Seal[] memory seals) internal pure returns (bytes29) {
        bytes32 hash;
        assembly ("memory-safe") {
            hash := keccak256(add(seals, 0x20), shl(5, mload(seals)))
        }
        return bytes29(hash);
    }

    /// @notice Emits PredictionsCommitted.
    function emitCommitted(Seal[] memory seals, TopicId id, uint256 round, address committer) internal {
        bytes32 selector = ITopicRounds.PredictionsCommitted.selector;
        assembly ("memory-safe") {
            log4(sub(seals, 0x20), add(0x40, shl(5, mload(seals))), selector, id, round, committer)
        }
    }
}

/// @title What the calls of `reveal` recorded, batch by batch: kept as a chain of hashes, emitted by events, given back as
/// calldata.
library Batches {
    bytes20 private constant NONE_SUCH = 0;

    /// @notice Two empty lists with room for `most` entries, laid out in one piece as PredictionsRevealed encodes them, so
    /// that they are written once, and hashed and emitted from where they lie.
    function create(uint256 most) internal pure returns (Prediction[] memory predictions, address[] memory workers) {
        assembly ("memory-safe") {
            let data := mload(0x40)
            let room := add(0x20, shl(5, most))
            predictions := add(data, 0x40)
            workers := add(predictions, room)
            mstore(data, 0x40)
            mstore(add(data, 0x20), sub(workers, data))
            mstore(0x40, add(workers, room))
        }
    }

    /// @notice Sets the lists' length, once they are filled.
    function close(Prediction[] memory predictions, address[] memory workers, uint256 count) internal pure {
        assembly ("memory-safe") {
            mstore(predictions, count)
            mstore(workers, count)
        }
    }

    /// @notice Emits PredictionsRevealed.
    function emitRevealed(
        Prediction[] memory predictions,
        address[] memory workers,
        TopicId id,
        uint256 round,
        address committer
    ) internal {
        bytes32 selector = ITopicRounds.PredictionsRevealed.selector;
        assembly ("memory-safe") {
            let data := sub(predictions, 0x40)
            let end := add(workers, add(0x20, shl(5, mload(workers))))
            log4(data, sub(end, data), selector, id, round, committer)
        }
    }

    /// @notice The chain's next link: a batch's predictions, then its workers, each as one hash.
    function chain(
        bytes20 digest,
        Prediction[] memory predictions,
        address[] memory workers
    ) internal pure returns (bytes20) {
        bytes32 ofPredictions;
        bytes32 ofWorkers;
        assembly ("memory-safe") {
            ofPredictions := keccak256(add(predictions, 0x20), shl(5, mload(predictions)))
            ofWorkers := keccak256(add(workers, 0x20), shl(5, mload(workers)))
        }
        return Commitments.chain(digest, ofPredictions, ofWorkers);
    }

    /// @notice The chain over a whole round, as `publish` is given it: from `first` on, which the round keeps, and from zero on,
    /// which its outcome keeps. Both are zero where the batches are not all of the list.
    function digestOf(
        bytes20 first,
        Prediction[] calldata predictions,
        Batch[] calldata batches
    ) internal pure returns (bytes20 digest, bytes20 fromZero) {
        uint256 from = 0;
        digest = first;
        for (uint256 i = 0; i < batches.length; ++i) {
            uint256 to = from + batches[i].count;
            (bytes32 ofPredictions, bytes32 ofWorkers) = (hashOf(predictions[from:to]), batches[i].workers);
            digest = Commitments.chain(digest, ofPredictions, ofWorkers);
            fromZero = Commitments.chain(fromZero, ofPredictions, ofWorkers);
            from = to;
        }
        if (from != predictions.length) return (NONE_SUCH, NONE_SUCH);
    }

    /// @notice The chain over a whole round from zero on, as `settle` is given it; zero where the batches are not all of the
    /// lists.
    function digestOf(Revealed calldata revealed) internal pure returns (bytes20 digest) {
        (Prediction[] calldata predictions, address[] calldata workers) = (revealed.predictions, revealed.workers);
        uint256[] calldata counts = revealed.counts;
        uint256 from = 0;
        for (uint256 i = 0; i < counts.length; ++i) {
            uint256 to = from + counts[i];
            digest = Commitments.chain(digest, hashOf(predictions[from:to]), hashOf(workers[from:to]));
            from = to;
        }
        if (from != predictions.length || from != workers.length) return NONE_SUCH;
    }

    function hashOf(Prediction[] calldata list) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let copy := mload(0x40)
            let size := shl(5, list.length)
            calldatacopy(copy, list.offset, size)
            hash := keccak256(copy, size)
        }
    }

    /// @dev Addresses with unclean upper bits hash to something else, and are refused.
    function hashOf(address[] calldata list) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let copy := mload(0x40)
            let size := shl(5, list.length)
            calldatacopy(copy, list.offset, size)
            hash := keccak256(copy, size)
        }
    }
}
