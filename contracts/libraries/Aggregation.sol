// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Aggregate, Expert, Hints, Learning, NONE, ONE, Submissions, WARMUP} from "../types/Learning.sol";
import {Lists} from "./Lists.sol";
import {Scoring} from "./Scoring.sol";

/// @title Aggregation
/// @notice How many predictions become one better prediction: a money-weighted anchor, outliers pulled to it, weights
/// by regret, and an interval.
/// @dev Total for 1 to 256 submissions with values within int104, a positive sum of wagers below 2^96 and trusts below
/// 2^150; wrong hints are the only thing refused. Under these bounds no sum or product reaches 2^215, which is why the
/// loops are unchecked. Division truncates toward zero.
library Aggregation {
    using Lists for int256[];
    using Lists for uint256[];

    error UnequalLists();
    error WrongMedian(int256 hint);
    error WrongDeviation(uint256 hint);

    uint256 private constant CLIP_MAD = 3;
    uint256 private constant HOUSE_PRIOR = ONE / 5;

    /// @dev Shares of a round's inner aggregate: per worker, of both house experts, and their sum (about ONE).
    struct Shares {
        uint256[] workers;
        uint256 anchor;
        uint256 mean;
        uint256 total;
        uint256 largest;
    }

    /// @notice The aggregate of a round.
    function aggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning
    ) internal pure returns (Aggregate memory result) {
        uint256 count = submissions.values.length;
        require(submissions.wagers.length == count && submissions.trusts.length == count, UnequalLists());

        result.anchor = anchorOf(submissions, hints.anchor);
        result.radius = radiusOf(madOf(submissions, result.anchor, hints.mad), count, learning);

        int256[] memory values = new int256[](count);
        uint256 total;
        (result.mean, total) = winsorisedMean(values, submissions, result.anchor, result.radius);
        result.debiased = debiased(result.mean, learning.bias);

        Shares memory shares = sharesOf(submissions, total, learning);
        int256 sum = combine(shares, values, result);
        result.inner = sum / int256(shares.total);
        result.value = (sum + capping(shares, values, result.mean)) / int256(shares.total);
        result.half = halfOf(learning);
    }

    /* ANCHOR */

    function anchorOf(Submissions memory submissions, int256 hint) private pure returns (int256 anchor) {
        bool verified;
        (verified, anchor) = verifiedMedian(submissions.values, submissions.wagers, hint);

        require(verified, WrongMedian(hint));
    }

    function madOf(Submissions memory submissions, int256 anchor, uint256 hint) private pure returns (uint256) {
        int256[] memory distances = distancesOf(submissions.values, anchor);
        (bool verified, int256 mad) = verifiedMedian(distances, submissions.wagers, int256(hint));

        require(verified, WrongDeviation(hint));
        return uint256(mad);
    }

    function distancesOf(int256[] memory values, int256 anchor) private pure returns (int256[] memory distances) {
        distances = new int256[](values.length);
        unchecked {
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                distances.put(i, int256(SignedMath.abs(values.get(i) - anchor)));
            }
        }
    }

    /// @notice Weighted median, given its lower candidate: less than half the weight lies strictly below it and at
    /// least half up to it. That one value alone can pass, and only one that occurs with weight.
    /// @dev Where exactly half lies up to it, the next value above joins it in the mean of the two.
    function verifiedMedian(
        int256[] memory values,
        uint256[] memory weights,
        int256 lower
    ) internal pure returns (bool verified, int256 median) {
        uint256 below;
        uint256 above;
        uint256 total;
        unchecked {
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                int256 value = values.get(i);
                uint256 weight = weights.get(i);
                total += weight;
                below += weight * SafeCast.toUint(value < lower);
                above += weight * SafeCast.toUint(value > lower);
            }
            verified = 2 * below < total && 2 * above <= total;
            median = 2 * above == total ? (lower + nextAbove(values, weights, lower)) / 2 : lower;
        }
    }

    function nextAbove(
        int256[] memory values,
        uint256[] memory weights,
        int256 lower
    ) private pure returns (int256 next) {
        next = type(int256).max;
        unchecked {
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                int256 value = values.get(i);
                if (value > lower && value < next && weights.get(i) > 0) next = value;
            }
        }
    }

    /* OUTLIERS */

    /// @dev Three times the round's own spread, once warm within 2.5 to 8 times the anchor's usual error. Two values
    /// have no majority to be measured against, so below three workers only the topic's past bounds them.
    function radiusOf(uint256 mad, uint256 count, Learning memory learning) private pure returns (uint256) {
        uint256 radius = count < 3 ? NONE : CLIP_MAD * mad;
        uint256 usual = learning.anchorError;
        if (!Scoring.isTelling(usual, learning.rounds)) return Math.min(radius, NONE);

        return Math.min(Math.max(Math.min(radius, usual * 8), (usual * 5) / 2), NONE);
    }

    /// @notice A value, pulled to within `radius` of the anchor.
    function winsorise(int256 value, int256 anchor, uint256 radius) internal pure returns (int256) {
        unchecked {
            return SignedMath.max(anchor - int256(radius), SignedMath.min(anchor + int256(radius), value));
        }
    }

    /* MEAN */

    /// @dev Fills `values` with the winsorised ones on the way.
    function winsorisedMean(
        int256[] memory values,
        Submissions memory submissions,
        int256 anchor,
        uint256 radius
    ) private pure returns (int256 mean, uint256 total) {
        int256[] memory stated = submissions.values;
        uint256[] memory wagers = submissions.wagers;
        unchecked {
            int256 sum;
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                int256 value = winsorise(stated.get(i), anchor, radius);
                values.put(i, value);
                uint256 wager = wagers.get(i);
                total += wager;
                sum += int256(wager) * value;
            }
            mean = sum / int256(total);
        }
    }

    /// @dev Kept within what a value can be, so that an aggregate always is one too.
    function debiased(int256 mean, int256 bias) private pure returns (int256) {
        return SignedMath.max(type(int104).min, SignedMath.min(type(int104).max, mean + bias));
    }

    /* SHARES */

    /// @dev Weights of workers and house experts: prior x trust. Where nobody has a positive record, the anchor speaks.
    function sharesOf(
        Submissions memory submissions,
        uint256 total,
        Learning memory learning
    ) private pure returns (Shares memory shares) {
        uint256[] memory wagers = submissions.wagers;
        uint256[] memory trusts = submissions.trusts;
        uint256[] memory workers = new uint256[](wagers.length);
        uint256 mass;
        unchecked {
            uint256 end = workers.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                uint256 trust = trusts.get(i);
                if (trust == 0) continue;
                uint256 weight = (quotient(wagers.get(i) * ONE, total) * trust) / ONE;
                workers.put(i, weight);
                mass += weight;
            }
        }
        shares.workers = workers;
        shares.anchor = houseWeight(learning.anchor, learning.peak);
        shares.mean = houseWeight(learning.mean, learning.peak);
        shares.total = mass + shares.anchor + shares.mean;
        if (shares.total == 0) shares.anchor = shares.total = ONE;
    }

    function houseWeight(Expert memory expert, uint256 peak) private pure returns (uint256) {
        return (HOUSE_PRIOR * Scoring.trust(expert.regret, expert.energy, peak)) / ONE;
    }

    /* AGGREGATE */

    /// @dev Turns weights into shares of ONE and sums what they say.
    function combine(
        Shares memory shares,
        int256[] memory values,
        Aggregate memory result
    ) private pure returns (int256 sum) {
        uint256[] memory workers = shares.workers;
        uint256 mass = shares.total;
        uint256 largest;
        shares.anchor = (shares.anchor * ONE) / mass;
        shares.mean = (shares.mean * ONE) / mass;
        uint256 total = shares.anchor + shares.mean;
        sum = int256(shares.anchor) * result.anchor + int256(shares.mean) * result.debiased;
        unchecked {
            uint256 end = workers.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                uint256 weight = workers.get(i);
                if (weight == 0) continue;
                uint256 share = quotient(weight * ONE, mass);
                workers.put(i, share);
                total += share;
                sum += int256(share) * values.get(i);
                if (share > largest) largest = share;
            }
        }
        shares.total = total;
        shares.largest = largest;
    }

    /// @dev What changes when no worker may hold more than a third: the excess says the mean instead.
    function capping(Shares memory shares, int256[] memory values, int256 mean) private pure returns (int256 change) {
        uint256 cap = shares.total / 3;
        if (shares.largest <= cap) return 0;

        uint256[] memory weights = shares.workers;
        unchecked {
            uint256 end = weights.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                uint256 weight = weights.get(i);
                if (weight > cap) change += int256(weight - cap) * (mean - values.get(i));
            }
        }
    }

    /* INTERVAL */

    /// @dev No promise before the warm-up is over; after it, never so wide that it reads as none.
    function halfOf(Learning memory learning) private pure returns (uint256) {
        if (learning.rounds < WARMUP) return NONE;

        return Math.min((learning.width * learning.feedError) / ONE, NONE - 1);
    }

    /* NUMBERS */

    /// @dev Division without the check for zero, which costs more than the division itself.
    function quotient(uint256 x, uint256 positive) private pure returns (uint256 result) {
        assembly ("memory-safe") {
            result := div(x, positive)
        }
    }
}
