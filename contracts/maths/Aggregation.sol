// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Aggregate, Expert, Hints, Learning, NONE, ONE, Range, Submissions, WARMUP} from "../types/Learning.sol";
import {Lists} from "../memory/Lists.sol";
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
    uint256 private constant CLIP_MAX = 8;
    uint256 private constant LIFT = 6;
    uint256 private constant HOUSE_PRIOR = ONE / 5;

    /// @dev Shares of a round's inner aggregate: per worker, of both house experts, and their sum (about ONE).
    struct Shares {
        uint256[] workers;
        uint256 anchor;
        uint256 mean;
        uint256 total;
    }

    /// @notice The aggregate of a round.
    /// @param submissions their values are clamped on the way
    /// @param range see `rangeOf`
    function aggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning,
        Range memory range
    ) internal pure returns (Aggregate memory result) {
        int256[] memory values = submissions.values;
        uint256 count = values.length;
        require(submissions.wagers.length == count && submissions.trusts.length == count, UnequalLists());

        clampAll(values, range.low, range.high);
        (int256 anchor, uint256 total) = anchorOf(values, submissions.wagers, hints.anchor);
        uint256 radius = radiusOf(madOf(values, submissions.wagers, total, anchor, hints.mad), count, learning);
        // An anchor lies within int104 and a radius below 2^104.
        unchecked {
            result.low = SignedMath.max(range.low, anchor - int256(radius));
            result.high = SignedMath.min(range.high, anchor + int256(radius));
        }
        result.anchor = anchor;

        result.mean = clampedMean(values, submissions.wagers, total, result.low, result.high);
        // A bias lies within 2^105.
        unchecked {
            result.debiased = clamp(result.mean + learning.bias, result.low, result.high);
        }

        Shares memory shares = sharesOf(submissions, total, learning);
        int256 sum = combine(shares, values, result);
        int256 change = capping(shares, values, submissions.wagers, total, result.mean);
        // Sums stay below 2^215.
        unchecked {
            result.inner = quotient(sum, shares.total);
            result.value = quotient(sum + change, shares.total);
        }
        result.below = widthOf(learning.widthBelow, learning);
        result.above = widthOf(learning.widthAbove, learning);
    }

    /* RANGE */

    /// @notice Where the values of a round are clamped before anything else: always within the topic's range, and within the
    /// frozen domain while the topic is cold. A warm topic of fewer than three workers must be able to follow a change of
    /// regime: its domain is widened to 8 anchor errors around its middle.
    /// @param bounds the topic's range
    /// @param domain the round's domain, within `bounds`
    /// @param count predictions of the round
    function rangeOf(
        Range memory bounds,
        Range memory domain,
        uint256 count,
        Learning memory learning
    ) internal pure returns (Range memory) {
        bool isWarm = learning.rounds >= WARMUP;
        if (isWarm && count >= 3) return bounds;
        if (!isWarm) return domain;

        // Ends lie within int104 and errors below 2^105.
        unchecked {
            int256 middle = (domain.low + domain.high) / 2;
            int256 reach = int256(CLIP_MAX * learning.anchorError);
            int256 low = SignedMath.min(domain.low, middle - reach);
            int256 high = SignedMath.max(domain.high, middle + reach);
            return Range(SignedMath.max(bounds.low, low), SignedMath.min(bounds.high, high));
        }
    }

    function clampAll(int256[] memory values, int256 low, int256 high) private pure {
        // Offsets stay within the list.
        unchecked {
            uint256 width = uint256(high - low);
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                int256 value = values.get(i);
                // One comparison in the usual case: `value - low` wraps around where the value lies below.
                if (uint256(value - low) <= width) continue;
                values.put(i, value < low ? low : high);
            }
        }
    }

    /// @notice A value, pulled to the nearer end of a range.
    function clamp(int256 value, int256 low, int256 high) internal pure returns (int256) {
        return SignedMath.max(low, SignedMath.min(high, value));
    }

    /* ANCHOR */

    function anchorOf(
        int256[] memory values,
        uint256[] memory wagers,
        int256 hint
    ) private pure returns (int256 anchor, uint256 total) {
        uint256 below;
        uint256 above;
        (below, above, total) = sidesOf(values, wagers, hint);

        require(isLower(below, above, total), WrongMedian(hint));
        anchor = medianOf(values, wagers, above, total, hint);
    }

    /// @dev Weighted median of the distances to the anchor, which are laid out in a list only where two of them share it.
    function madOf(
        int256[] memory values,
        uint256[] memory wagers,
        uint256 total,
        int256 anchor,
        uint256 hint
    ) private pure returns (uint256) {
        uint256 nearer;
        uint256 farther;
        // Values lie less than 2^105 apart.
        unchecked {
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                uint256 distance = SignedMath.abs(values.get(i) - anchor);
                uint256 wager = wagers.get(i);
                if (distance < hint) nearer += wager;
                else if (distance > hint) farther += wager;
            }
        }
        require(isLower(nearer, farther, total), WrongDeviation(hint));
        if (2 * farther != total) return hint;

        return uint256(medianOf(distancesOf(values, anchor), wagers, farther, total, int256(hint)));
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
    function verifiedMedian(
        int256[] memory values,
        uint256[] memory weights,
        int256 lower
    ) internal pure returns (bool verified, int256 median) {
        (uint256 below, uint256 above, uint256 total) = sidesOf(values, weights, lower);
        return (isLower(below, above, total), medianOf(values, weights, above, total, lower));
    }

    /// @dev How much of the weight lies below a value, how much above it, and all of it.
    function sidesOf(
        int256[] memory values,
        uint256[] memory weights,
        int256 lower
    ) private pure returns (uint256 below, uint256 above, uint256 total) {
        unchecked {
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                int256 value = values.get(i);
                uint256 weight = weights.get(i);
                total += weight;
                if (value < lower) below += weight;
                else if (value > lower) above += weight;
            }
        }
    }

    function isLower(uint256 below, uint256 above, uint256 total) private pure returns (bool) {
        unchecked {
            return 2 * below < total && 2 * above <= total;
        }
    }

    /// @dev Where exactly half lies up to it, the next value above joins it in the mean of the two.
    function medianOf(
        int256[] memory values,
        uint256[] memory weights,
        uint256 above,
        uint256 total,
        int256 lower
    ) private pure returns (int256) {
        unchecked {
            return 2 * above == total ? (lower + nextAbove(values, weights, lower)) / 2 : lower;
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

        return Math.min(Math.max(Math.min(radius, usual * CLIP_MAX), (usual * 5) / 2), NONE);
    }

    /* MEAN */

    /// @dev Clamps `values` on the way.
    function clampedMean(
        int256[] memory values,
        uint256[] memory wagers,
        uint256 total,
        int256 low,
        int256 high
    ) private pure returns (int256) {
        unchecked {
            int256 sum;
            uint256 width = uint256(high - low);
            uint256 end = values.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                int256 value = values.get(i);
                // One comparison in the usual case, as in `clampAll`.
                if (uint256(value - low) > width) {
                    value = value < low ? low : high;
                    values.put(i, value);
                }
                sum += int256(wagers.get(i)) * value;
            }
            return quotient(sum, total);
        }
    }

    /* SHARES */

    /// @dev Weights of workers and house experts: prior x trust. Where nobody has a positive record, the anchor decides.
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
            shares.workers = workers;
            shares.anchor = houseWeight(learning.anchor, learning.peak);
            shares.mean = houseWeight(learning.mean, learning.peak);
            shares.total = mass + shares.anchor + shares.mean;
        }
        if (shares.total == 0) shares.anchor = shares.total = ONE;
    }

    function houseWeight(Expert memory expert, uint256 peak) private pure returns (uint256) {
        // A trust is below 2^150.
        unchecked {
            return (HOUSE_PRIOR * Scoring.trust(expert.regret, expert.energy, peak)) / ONE;
        }
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
        uint256 total;
        unchecked {
            shares.anchor = quotient(shares.anchor * ONE, mass);
            shares.mean = quotient(shares.mean * ONE, mass);
            total = shares.anchor + shares.mean;
            sum = int256(shares.anchor) * result.anchor + int256(shares.mean) * result.debiased;
            uint256 end = workers.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                uint256 weight = workers.get(i);
                if (weight == 0) continue;
                uint256 share = quotient(weight * ONE, mass);
                workers.put(i, share);
                total += share;
                sum += int256(share) * values.get(i);
            }
        }
        shares.total = total;
    }

    /// @dev What changes when no worker may hold more than a third, nor more than six times its share of the money: the excess
    /// says the mean instead.
    function capping(
        Shares memory shares,
        int256[] memory values,
        uint256[] memory wagers,
        uint256 total,
        int256 mean
    ) private pure returns (int256 change) {
        uint256[] memory workers = shares.workers;
        uint256 third = shares.total / 3;
        // Shares are at most ONE and wagers below 2^96: six of their products stay below 2^160.
        unchecked {
            uint256 lift = LIFT * shares.total;
            uint256 end = workers.end();
            for (uint256 i = Lists.FIRST; i < end; i += Lists.NEXT) {
                uint256 share = workers.get(i);
                if (share == 0) continue;
                uint256 lifted = lift * wagers.get(i);
                if (share <= third && share * total <= lifted) continue;
                uint256 cap = Math.min(third, quotient(lifted, total));
                change += int256(share - cap) * (mean - values.get(i));
            }
        }
    }

    /* INTERVAL */

    /// @dev No promise before the warm-up is over; after it, never so wide that it reads as none.
    function widthOf(uint256 width, Learning memory learning) private pure returns (uint256) {
        if (learning.rounds < WARMUP) return NONE;

        return Math.min((width * learning.feedError) / ONE, NONE - 1);
    }

    /* NUMBERS */

    /// @dev Division without the check for zero, which costs more than the division itself: divisors here are sums of wagers
    /// or of shares, which are positive.
    function quotient(uint256 x, uint256 positive) private pure returns (uint256 result) {
        assembly ("memory-safe") {
            result := div(x, positive)
        }
    }

    /// @dev The same of a signed number, truncated toward zero.
    function quotient(int256 x, uint256 positive) private pure returns (int256 result) {
        assembly ("memory-safe") {
            result := sdiv(x, positive)
        }
    }
}
