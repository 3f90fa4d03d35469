// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Aggregate, Hints, Learning, NONE, ONE, Submissions, WARMUP} from "../types/Learning.sol";
import {Scoring} from "./Scoring.sol";

/// @title Aggregation
/// @notice How many predictions become one better prediction: a money-weighted anchor, outliers pulled to it, weights
/// by regret, and an interval.
/// @dev Total for 1 to 256 submissions with values within int104, a positive sum of wagers below 2^96 and trusts below
/// 2^150; wrong hints are the only thing refused. Under these bounds no sum or product reaches 2^215, which is why the
/// loops are unchecked. Division truncates toward zero.
library Aggregation {
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
    }

    /// @notice The aggregate of a round.
    function aggregate(
        Submissions memory submissions,
        Hints memory hints,
        Learning memory learning
    ) internal pure returns (Aggregate memory result) {
        result.anchor = anchorOf(submissions, hints.anchor);
        uint256 mad = madOf(submissions, result.anchor, hints.mad);
        result.radius = radiusOf(mad, submissions.values.length, learning);

        int256[] memory values = winsorised(submissions.values, result.anchor, result.radius);
        uint256 total;
        (result.mean, total) = weightedMean(values, submissions.wagers);
        result.debiased = debiased(result.mean, learning.bias);

        Shares memory shares = sharesOf(submissions, total, learning);
        int256 sum = weightedSum(values, shares, result);
        result.inner = sum / int256(shares.total);
        result.value = (sum + capping(values, shares, result.mean)) / int256(shares.total);
        result.half = halfOf(learning);
    }

    // ---------------------------------------------------------------- ANCHOR

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
            for (uint256 i = 0; i < values.length; ++i) {
                distances[i] = int256(SignedMath.abs(values[i] - anchor));
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
        uint256 upTo;
        uint256 total;
        unchecked {
            for (uint256 i = 0; i < values.length; ++i) {
                int256 value = values[i];
                uint256 weight = weights[i];
                total += weight;
                if (value > lower) continue;
                upTo += weight;
                if (value < lower) below += weight;
            }
            verified = 2 * below < total && 2 * upTo >= total;
            median = 2 * upTo == total ? (lower + nextAbove(values, weights, lower)) / 2 : lower;
        }
    }

    function nextAbove(
        int256[] memory values,
        uint256[] memory weights,
        int256 lower
    ) private pure returns (int256 next) {
        next = type(int256).max;
        unchecked {
            for (uint256 i = 0; i < values.length; ++i) {
                int256 value = values[i];
                if (value > lower && value < next && weights[i] > 0) next = value;
            }
        }
    }

    // ---------------------------------------------------------------- OUTLIERS

    /// @dev Two values have no majority to be measured against, so below three only the topic's past bounds them.
    function radiusOf(uint256 mad, uint256 count, Learning memory learning) private pure returns (uint256) {
        uint256 radius = count < 3 ? NONE : CLIP_MAD * mad;
        if (learning.rounds < WARMUP) return Math.min(radius, NONE);

        uint256 usual = learning.anchorError;
        return Math.min(Math.max(Math.min(radius, usual * 8), (usual * 5) / 2), NONE);
    }

    function winsorised(
        int256[] memory values,
        int256 anchor,
        uint256 radius
    ) private pure returns (int256[] memory clipped) {
        clipped = new int256[](values.length);
        unchecked {
            for (uint256 i = 0; i < values.length; ++i) {
                clipped[i] = winsorise(values[i], anchor, radius);
            }
        }
    }

    /// @notice A value, pulled to within `radius` of the anchor.
    function winsorise(int256 value, int256 anchor, uint256 radius) internal pure returns (int256) {
        unchecked {
            int256 low = anchor - int256(radius);
            int256 high = anchor + int256(radius);
            if (value < low) return low;
            return value > high ? high : value;
        }
    }

    // ---------------------------------------------------------------- MEAN

    function weightedMean(
        int256[] memory values,
        uint256[] memory wagers
    ) private pure returns (int256 mean, uint256 total) {
        unchecked {
            int256 sum;
            for (uint256 i = 0; i < values.length; ++i) {
                uint256 wager = wagers[i];
                total += wager;
                sum += int256(wager) * values[i];
            }
            mean = sum / int256(total);
        }
    }

    /// @dev Kept within what a value can be, so that an aggregate always is one too.
    function debiased(int256 mean, int256 bias) private pure returns (int256) {
        return SignedMath.max(type(int104).min, SignedMath.min(type(int104).max, mean + bias));
    }

    // ---------------------------------------------------------------- SHARES

    /// @dev Where nobody has a positive record, the anchor speaks alone.
    function sharesOf(
        Submissions memory submissions,
        uint256 total,
        Learning memory learning
    ) private pure returns (Shares memory shares) {
        uint256 mass = weigh(shares, submissions, total, learning);
        if (mass == 0) {
            shares.anchor = ONE;
            shares.total = ONE;
            return shares;
        }
        normalise(shares, mass);
    }

    function weigh(
        Shares memory shares,
        Submissions memory submissions,
        uint256 total,
        Learning memory learning
    ) private pure returns (uint256 mass) {
        uint256[] memory wagers = submissions.wagers;
        uint256[] memory trusts = submissions.trusts;
        uint256[] memory weights = new uint256[](wagers.length);
        unchecked {
            for (uint256 i = 0; i < wagers.length; ++i) {
                uint256 weight = (((wagers[i] * ONE) / total) * trusts[i]) / ONE;
                weights[i] = weight;
                mass += weight;
            }
        }
        shares.workers = weights;
        shares.anchor =
            (HOUSE_PRIOR * Scoring.trust(learning.anchor.regret, learning.anchor.energy, learning.peak)) / ONE;
        shares.mean = (HOUSE_PRIOR * Scoring.trust(learning.mean.regret, learning.mean.energy, learning.peak)) / ONE;
        mass += shares.anchor + shares.mean;
    }

    function normalise(Shares memory shares, uint256 mass) private pure {
        uint256[] memory weights = shares.workers;
        shares.anchor = (shares.anchor * ONE) / mass;
        shares.mean = (shares.mean * ONE) / mass;
        uint256 total = shares.anchor + shares.mean;
        unchecked {
            for (uint256 i = 0; i < weights.length; ++i) {
                uint256 share = (weights[i] * ONE) / mass;
                weights[i] = share;
                total += share;
            }
        }
        shares.total = total;
    }

    // ---------------------------------------------------------------- AGGREGATE

    function weightedSum(
        int256[] memory values,
        Shares memory shares,
        Aggregate memory result
    ) private pure returns (int256 sum) {
        uint256[] memory weights = shares.workers;
        sum = int256(shares.anchor) * result.anchor + int256(shares.mean) * result.debiased;
        unchecked {
            for (uint256 i = 0; i < weights.length; ++i) {
                sum += int256(weights[i]) * values[i];
            }
        }
    }

    /// @dev What changes when no worker may hold more than a third: the excess says the mean instead.
    function capping(int256[] memory values, Shares memory shares, int256 mean) private pure returns (int256 change) {
        uint256[] memory weights = shares.workers;
        uint256 cap = shares.total / 3;
        unchecked {
            for (uint256 i = 0; i < weights.length; ++i) {
                uint256 weight = weights[i];
                if (weight > cap) change += int256(weight - cap) * (mean - values[i]);
            }
        }
    }

    // ---------------------------------------------------------------- INTERVAL

    /// @dev No promise before the warm-up is over; after it, never so wide that it reads as none.
    function halfOf(Learning memory learning) private pure returns (uint256) {
        if (learning.rounds < WARMUP) return NONE;

        return Math.min((learning.width * learning.feedError) / ONE, NONE - 1);
    }
}
