// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Phase} from "../types/Round.sol";
import {Times} from "../types/Topic.sol";

/// @title When a round opens and which phase it is in.
/// @notice Every instant has exactly one phase in every round; windows hold their first second and not their last.
library Schedule {
    uint256 private constant FARTHEST = 2 ** 64;

    /// @notice The round that opened last. Zero before the topic starts.
    function roundAt(Times memory times, uint256 time) internal pure returns (uint256) {
        if (time < times.start) return 0;
        return (time - times.start) / times.cadence;
    }

    /// @dev Rounds beyond 2^64 are held there, so that asking for any number has an answer.
    function openTime(Times memory times, uint256 round) internal pure returns (uint256) {
        return times.start + (round < FARTHEST ? round : FARTHEST) * times.cadence;
    }

    function revealTime(Times memory times, uint256 round) internal pure returns (uint256) {
        return openTime(times, round) + times.commitWindow;
    }

    function publishTime(Times memory times, uint256 round) internal pure returns (uint256) {
        return revealTime(times, round) + times.revealWindow;
    }

    function targetTime(Times memory times, uint256 round) internal pure returns (uint256) {
        return openTime(times, round) + times.horizon;
    }

    function truthDeadline(Times memory times, uint256 round) internal pure returns (uint256) {
        return targetTime(times, round) + times.truthWindow;
    }

    function phaseAt(Times memory times, uint256 round, uint256 time) internal pure returns (Phase) {
        if (time < openTime(times, round)) return Phase.Pending;
        if (time < revealTime(times, round)) return Phase.Commit;
        if (time < publishTime(times, round)) return Phase.Reveal;
        if (time < targetTime(times, round)) return Phase.Live;
        if (time < truthDeadline(times, round)) return Phase.Due;
        return Phase.Expired;
    }
}
