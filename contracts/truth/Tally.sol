// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {ReportStatus} from "../types/Reputer.sol";

/// @notice A seated reputer and its report on one round.
/// @param term the id of the reputer's term; zero for a seat that nobody held
/// @param weight its stake when the round opened
/// @param status whether it sealed a report, and opened it
/// @param value what it reported, 1e18 fixed point; zero unless revealed
struct Ballot {
    uint32 term;
    uint96 weight;
    ReportStatus status;
    int104 value;
}

/// @title How a panel's reports become one value.
/// @notice Pure: it knows ballots and no storage, no time and no money.
library Tally {
    uint256 private constant BPS = 10_000;

    /// @return seated weight of everyone who had to report
    /// @return reported weight of those who did
    function weigh(Ballot[] memory ballots) internal pure returns (uint256 seated, uint256 reported) {
        for (uint256 i = 0; i < ballots.length; ++i) {
            seated += ballots[i].weight;
            if (ballots[i].status == ReportStatus.Revealed) reported += ballots[i].weight;
        }
    }

    /// @notice The lower weighted median of the revealed reports: the least value that has half of their weight at or below
    /// it. While more than half of that weight is honest, it lies between honest values.
    /// @param reported as `weigh` returns it, above zero
    function medianOf(Ballot[] memory ballots, uint256 reported) internal pure returns (int104 median) {
        uint256[] memory sorted = new uint256[](ballots.length);
        for (uint256 i = 0; i < ballots.length; ++i) {
            if (ballots[i].status == ReportStatus.Revealed) sorted[i] = pack(ballots[i].value, ballots[i].weight);
        }
        Arrays.sort(sorted);

        // Empty words sort first and carry no weight, so the median is never one of them.
        uint256 passed = 0;
        for (uint256 i = 0; i < sorted.length; ++i) {
            passed += uint96(sorted[i]);
            if (2 * passed >= reported) return int104(int256(sorted[i] >> 96) + type(int104).min);
        }
    }

    /// @dev Value before weight, shifted so that negative values sort below positive ones: at most 104 + 96 bits.
    function pack(int104 value, uint96 weight) private pure returns (uint256) {
        return (uint256(int256(value) - type(int104).min) << 96) | weight;
    }

    /// @notice Whether a report lies farther from the median than `tolerance` and a share of the median together.
    function isOutlier(
        int104 value,
        int104 median,
        uint256 tolerance,
        uint256 toleranceBps
    ) internal pure returns (bool) {
        uint256 allowed = tolerance + (SignedMath.abs(median) * toleranceBps) / BPS;
        return SignedMath.abs(int256(value) - median) > allowed;
    }
}
