// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Policy} from "./ForecastPolicy.sol";

/// @title Policies to start from, with the reason for each number.
/// @notice Each is meant for a volatility in per cent (20e18 is 20 %) that is asked every hour. Change a field before use:
/// `Policy memory policy = Policies.lending(); policy.minWagers = 1_000e18;`. `minWagers` is always zero here, because
/// tokens differ in worth: set it to what moving your market by one round should cost at the least. On a rollup set
/// `sequencerFeed`.
library Policies {
    /// @notice For limits on new borrowing, which move slowly and may drift to the careful end.
    function lending() internal pure returns (Policy memory policy) {
        policy.maxAge = 3 hours; // two hourly rounds may fail before the fallback takes over
        policy.minContributors = 5; // no single operator decides, and a small topic can still be read
        policy.maxWidthBps = 10_000; // beyond a width of its own value a volatility says little about risk
        policy.minValue = 1e16; // zero or less is not a volatility but a fault
        policy.maxValue = 1_000e18; // above any volatility seen: also a fault
        policy.grace = 1 hours; // prices settle after a sequencer's outage; the usual waiting time
    }

    /// @notice For quotes that others trade against at once, where a stale or vague number is lost money.
    function options() internal pure returns (Policy memory policy) {
        policy.maxAge = 1 hours; // the heartbeat that option venues require
        policy.minContributors = 10; // one outlier in ten moves a weighted mean by little
        policy.maxWidthBps = 5_000; // a quarter to each side: about a quarter of an at-the-money premium
        policy.minValue = 1e18; // below 1 % a premium is nearly only rounding
        policy.maxValue = 500e18; // above 500 % quoting should stop, not continue
        policy.grace = 1 hours;
    }

    /// @notice For screens: everything that is live, not thin and not disputed.
    function display() internal pure returns (Policy memory policy) {}
}
