// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Aggregation} from "../../contracts/libraries/Aggregation.sol";
import {Float} from "../../contracts/libraries/Float.sol";
import {Scoring} from "../../contracts/libraries/Scoring.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {Aggregate, Expert, Hints, Learning, Submissions} from "../../contracts/types/Learning.sol";
import {DomainKind} from "../../contracts/types/Topic.sol";

/// @notice The pure libraries from outside, one at a time.
contract MathHarness {
    function aggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning
    ) external pure returns (Aggregate memory) {
        return Aggregation.aggregate(submissions, hints, learning);
    }

    /// @notice Gas of one aggregate, without the way in and out.
    function gasOfAggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning
    ) external view returns (uint256) {
        uint256 before = gasleft();
        Aggregation.aggregate(submissions, hints, learning);
        return before - gasleft();
    }
}
