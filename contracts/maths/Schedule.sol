// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Phase} from "../types/Round.sol";
import {Times} from "../types/Topic.sol";

/// @title When a round opens and which phase it is in.
/// @notice Every instant has exactly one phase in every round; windows hold their first second and not their last.
/// @dev Terms have at most 32 bits each, so no sum or product comes near an overflow.
library Schedule {
    uint256 private constant FARTHEST = 2 ** 64;

    /// @notice The round that opened last. Zero before the topic starts.
    function roundAt(Times memory times, uint256 time) internal pure returns (uint256) {
        if (time < times.start) return 0;
        return (time - times.start) / times.cadence;
    }

    /// @dev Rounds beyond 2^64 are held there, so that asking for any number has an answer.
    function openTime(Times memory times, uint256 round) internal pure returns (uint256) {
        unchecked {
            return times.start + (round < FARTHEST ? round : FARTHEST) * times.cadence;
        }
    }

    function revealTime(Times memory times, uint256 round) internal pure returns (uint256) {
        unchecked {
            return openTime(times, round) + times.commitWindow;
        }
    }

    function publishTime(Times memory times, uint256 round) internal pure returns (uint256) {
        unchecked {
            return revealTime(times, round) + times.revealWindow;
        }
    }

    function targetTime(Times memory times, uint256 round) internal pure returns (uint256) {
        unchecked {
            return openTime(times, round) + times.horizon;
        }
    }

    function truthDeadline(Times memory times, uint256 round) internal pure returns (uint256) {
        unchecked {
            return targetTime(times, round) + times.truthWindow;
        }
    }

    function phaseAt(Times memory times, uint256 round, uint256 time) internal pure returns (Phase) {
        uint256 open = openTime(times, round);
        if (time < open) return Phase.Pending;

        unchecked {
            uint256 age = time - open;
            if (age < times.commitWindow) return Phase.Commit;
            if (age < times.commitWindow + times.revealWindow) return Phase.Reveal;
            if (age < times.horizon) return Phase.Live;
            if (age < times.horizon + times.truthWindow) return Phase.Due;
            return Phase.Expired;
        }
    }
}
