// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Prediction} from "../types/Prediction.sol";
import {Seal} from "../types/Seal.sol";

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
