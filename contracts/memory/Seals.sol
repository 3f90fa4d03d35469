// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {Seal} from "../types/Seal.sol";
import {TopicId} from "../types/Topic.sol";

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
    function tell(Seal[] memory seals, TopicId id, uint256 round, address committer) internal {
        bytes32 selector = ITopicRounds.PredictionsCommitted.selector;
        assembly ("memory-safe") {
            log4(sub(seals, 0x20), add(0x40, shl(5, mload(seals))), selector, id, round, committer)
        }
    }
}
