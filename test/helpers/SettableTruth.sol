// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {TopicId} from "../../contracts/types/Topic.sol";

/// @title A truth source that says what a test wants it to.
contract SettableTruth is ITruthSource {
    TruthStatus private status;
    int256 private value;

    uint256 private security = type(uint256).max;

    function set(TruthStatus status_, int256 value_) external {
        (status, value) = (status_, value_);
    }

    function setSecurity(uint256 units) external {
        security = units;
    }

    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    function truthSecurity(TopicId) external view returns (uint256) {
        return security;
    }

    function truthOf(TopicId, uint256, uint256, bytes calldata) external view returns (TruthStatus, int256) {
        return (status, value);
    }
}
