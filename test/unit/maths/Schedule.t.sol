// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Schedule} from "../../../contracts/maths/Schedule.sol";
import {Times} from "../../../contracts/types/Topic.sol";

contract ScheduleTest {
    using Schedule for Times;

    function test_ARoundsMomentsFollowEachOther() public pure {
        Times memory times;
        (times.start, times.cadence, times.horizon) = (1_000, 100, 500);
        (times.commitWindow, times.revealWindow, times.truthWindow) = (30, 20, 70);
        require(times.openTime(3) == 1_300 && times.roundAt(1_300) == 3 && times.roundAt(1_399) == 3, "opening");
        require(times.roundAt(1_000) == 0 && times.roundAt(999) == 0, "before the first");
        require(times.revealTime(3) == 1_330, "end of the commitments");
        require(times.publishTime(3) == 1_350, "end of the reveals");
        require(times.targetTime(3) == 1_800, "target");
        require(times.truthDeadline(3) == 1_870, "truth deadline");
    }
}
