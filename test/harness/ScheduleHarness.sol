// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Schedule} from "../../contracts/maths/Schedule.sol";
import {Phase} from "../../contracts/types/Round.sol";
import {Times} from "../../contracts/types/Topic.sol";

/// @notice The Schedule library from outside.
contract ScheduleHarness {
    function roundAt(Times memory times, uint256 time) external pure returns (uint256) {
        return Schedule.roundAt(times, time);
    }

    /// @notice The five moments of a round in their order.
    function momentsOf(Times memory times, uint256 round) external pure returns (uint256[5] memory) {
        return
            [
                Schedule.openTime(times, round),
                Schedule.revealTime(times, round),
                Schedule.publishTime(times, round),
                Schedule.targetTime(times, round),
                Schedule.truthDeadline(times, round)
            ];
    }

    function phaseAt(Times memory times, uint256 round, uint256 time) external pure returns (Phase) {
        return Schedule.phaseAt(times, round, time);
    }
}
