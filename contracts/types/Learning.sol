// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev One in the fixed point of all values, shares and weights.
uint256 constant ONE = 1e18;

/// @dev Rounds a topic watches before it trusts its own errors: to bound outliers, clamp gradients, promise an interval.
uint256 constant WARMUP = 5;

/// @dev Stands for "none" where a half width or a radius is expected. No two values lie further apart than this.
uint256 constant NONE = type(uint104).max;

/// @notice What one expert, a worker or a house expert, has shown so far.
/// @param regret sum of instantaneous regrets: positive where following it would have been better than the aggregate
/// @param energy sum of their squares
struct Expert {
    int256 regret;
    uint256 energy;
}

/// @notice What a topic has learnt. Values are 1e18 fixed point.
/// @param peak largest squared regret of a single round so far
/// @param anchorError rolling |anchor - truth|
/// @param feedError rolling |inner - truth|
/// @param bias rolling truth - mean
/// @param width half width of the interval in units of `feedError`
/// @param rounds resolved rounds
/// @param anchor house expert that always says the weighted median
/// @param mean house expert that always says the weighted mean corrected by `bias`
struct Learning {
    uint256 peak;
    uint256 anchorError;
    uint256 feedError;
    int256 bias;
    uint256 width;
    uint256 rounds;
    Expert anchor;
    Expert mean;
}

/// @notice The revealed predictions of a round, in any order but the same order in each list.
/// @param values 1e18 fixed point, within int104
/// @param wagers token base units; their sum is positive and below 2^96
/// @param trusts what each worker's record was worth when it revealed, below 2^150
struct Submissions {
    int256[] values;
    uint256[] wagers;
    uint256[] trusts;
}

/// @notice Lower wager-weighted medians, found by the caller and checked in one pass instead of sorting.
/// @param anchor of the values
/// @param mad of their distances to the anchor
struct Hints {
    int256 anchor;
    uint256 mad;
}

/// @notice What a round says. Values are 1e18 fixed point, within int104.
/// @param value the aggregate that is published
/// @param half half width of its interval, or NONE
/// @param inner the aggregate before the cap on shares; regrets are measured against it
/// @param anchor wager-weighted median
/// @param radius values are winsorised to `anchor -+ radius`, or NONE
/// @param mean wager-weighted mean of the winsorised values
/// @param debiased the mean corrected by its rolling bias
struct Aggregate {
    int256 value;
    uint256 half;
    int256 inner;
    int256 anchor;
    uint256 radius;
    int256 mean;
    int256 debiased;
}

/// @notice The range a round is scored in, and where in it the truth lies.
/// @param low lower end, 1e18 fixed point
/// @param width from the lower to the upper end, at least 1
/// @param actual place of the truth, 0 to U
struct Domain {
    int256 low;
    uint256 width;
    uint256 actual;
}
