// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

/// @title European options without interest or dividends, by Black and Scholes (1973), formula 13 at a rate of zero.
/// @notice All numbers are 1e18 fixed point. The normal distribution is that of Abramowitz and Stegun, formula 26.2.17, which
/// errs by at most 7.5e-8; a premium errs by at most that share of spot and strike together, and a few units.
library BlackScholes {
    using FixedPointMathLib for uint256;

    /// @notice Spot and strike are more than a millionfold apart, or one of them is zero or beyond 128 bits.
    error FarFromTheMoney(uint256 spot, uint256 strike);

    uint256 private constant WAD = 1e18;
    uint256 private constant FARTHEST = 1e6;
    /// @dev 1 / sqrt(2 pi).
    uint256 private constant PEAK = 398_942_280_401_432_678;

    /// @notice Premium of the right to buy one unit at `strike`. Between the exercise value and spot.
    /// @param spot price of one unit now
    /// @param strike price of one unit at the expiry
    /// @param deviation standard deviation of the logarithm of the price at the expiry: volatility times root of the years
    function call(uint256 spot, uint256 strike, uint256 deviation) internal pure returns (uint256) {
        requireNear(spot, strike);
        uint256 exercise = spot.zeroFloorSub(strike);
        if (deviation == 0) return exercise;

        (int256 d1, int256 d2) = momentsOf(spot, strike, deviation);
        uint256 premium = spot.mulWad(cumulative(d1)).zeroFloorSub(strike.mulWad(cumulative(d2)));
        return premium.clamp(exercise, spot);
    }

    /// @notice Premium of the right to sell one unit at `strike`, by the parity with `call`. Between the exercise value and
    /// strike.
    function put(uint256 spot, uint256 strike, uint256 deviation) internal pure returns (uint256) {
        // A call is worth at least `spot - strike`, and spot and strike have 128 bits each.
        return call(spot, strike, deviation) + strike - spot;
    }

    function requireNear(uint256 spot, uint256 strike) private pure {
        bool isSmall = spot <= type(uint128).max && strike <= type(uint128).max;
        bool isNear = isSmall && spot <= strike * FARTHEST && strike <= spot * FARTHEST;
        require(isNear && spot > 0, FarFromTheMoney(spot, strike));
    }

    /// @dev The ratio lies within a million to each side, so that its logarithm lies within 14 and no product overflows.
    function momentsOf(uint256 spot, uint256 strike, uint256 deviation) private pure returns (int256 d1, int256 d2) {
        int256 distance = FixedPointMathLib.lnWad(int256((spot * WAD) / strike));
        int256 spread = int256(deviation);
        d1 = (distance * int256(WAD)) / spread + spread / 2;
        d2 = d1 - spread;
    }

    /// @notice Probability that a standard normal variable is at most `x`, 0 to 1e18.
    function cumulative(int256 x) internal pure returns (uint256) {
        uint256 size = FixedPointMathLib.abs(x);
        if (size > 10 * WAD) return x < 0 ? 0 : WAD; // beyond ten deviations less than a unit remains

        uint256 density = PEAK.mulWad(uint256(FixedPointMathLib.expWad(-int256((size * size) / (2 * WAD)))));
        int256 t = int256(WAD.divWad(WAD + size.mulWad(231_641_900_000_000_000)));
        int256 sum = 1_330_274_429_000_000_000;
        sum = times(sum, t) - 1_821_255_978_000_000_000;
        sum = times(sum, t) + 1_781_477_937_000_000_000;
        sum = times(sum, t) - 356_563_782_000_000_000;
        sum = times(sum, t) + 319_381_530_000_000_000;
        // The sum is positive for every t in (0, 1], and density times it at most a half and the error.
        uint256 tail = density.mulWad(uint256(times(sum, t)));
        return x < 0 ? tail : WAD - tail;
    }

    function times(int256 a, int256 b) private pure returns (int256) {
        return (a * b) / int256(WAD);
    }
}
