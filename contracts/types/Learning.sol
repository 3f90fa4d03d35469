// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev One in the fixed point of all values, shares and weights.
uint256 constant ONE = 1e18;

/// @dev Rounds a topic watches before it trusts its own errors: to bound outliers, clamp gradients, promise an interval.
uint256 constant WARMUP = 5;

/// @dev Stands for "none" where a width or a radius is expected. No two values lie further apart than this.
uint256 constant NONE = type(uint104).max;

/// @notice What one expert, a worker or a house expert, has shown so far.
/// @param regret sum of instantaneous regrets: positive where following it would have been better than the aggregate
/// @param energy sum of their squares
struct Expert {
    int256 regret;
    uint256 energy;
}

/// @notice What a topic has learnt in its era; all of it restarts with the next. Values are 1e18 fixed point.
/// @param peak largest squared regret of a single round so far
/// @param anchorError rolling |anchor - truth|
/// @param feedError rolling |inner - truth|
/// @param bias rolling truth - mean
/// @param widthBelow width of the interval below the published value, in units of `feedError`
/// @param widthAbove width of the interval above it, in units of `feedError`
/// @param rounds resolved rounds of this era
/// @param anchor house expert that always says the weighted median
/// @param mean house expert that always says the weighted mean corrected by `bias`
struct Learning {
    uint256 peak;
    uint256 anchorError;
    uint256 feedError;
    int256 bias;
    uint256 widthBelow;
    uint256 widthAbove;
    uint256 rounds;
    Expert anchor;
    Expert mean;
}

/// @notice The revealed predictions of a round, in any order but the same order in each list.
/// @param values 1e18 fixed point, within int104
/// @param wagers token base units; their sum is positive and below 2^96
/// @param trusts what each worker's record was worth when it committed, below 2^150; zero where that was in another era
struct Submissions {
    int256[] values;
    uint256[] wagers;
    uint256[] trusts;
}

/// @notice A closed range of values, `low <= high`.
struct Range {
    int256 low;
    int256 high;
}

/// @notice Lower wager-weighted medians of the values within their range, found by the caller and checked in one pass instead of sorting.
/// @param anchor of the values
/// @param mad of their distances to the anchor
struct Hints {
    int256 anchor;
    uint256 mad;
}

/// @notice What a round says. Values are 1e18 fixed point, within int104.
/// @param value the aggregate that is published
/// @param below width of its interval below it, or NONE
/// @param above width of its interval above it, or NONE
/// @param inner the aggregate before the cap on shares; regrets are measured against it
/// @param anchor wager-weighted median
/// @param low lower end that values were clamped to: range, domain and clip radius together
/// @param high upper end that values were clamped to
/// @param mean wager-weighted mean of the clamped values
/// @param debiased the mean corrected by its rolling bias, clamped like a value
struct Aggregate {
    int256 value;
    uint256 below;
    uint256 above;
    int256 inner;
    int256 anchor;
    int256 low;
    int256 high;
    int256 mean;
    int256 debiased;
}

/// @notice The money of a round, token base units.
/// @param wagers sum of all wagers
/// @param budgets sum of all budgets, stake x risk: what the restart of a topic is decided by
/// @param seasoned the part of the budgets whose workers' records have seen enough of the topic's era
struct Money {
    uint256 wagers;
    uint256 budgets;
    uint256 seasoned;
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
