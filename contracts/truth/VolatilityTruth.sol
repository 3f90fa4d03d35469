// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {SampledTruth} from "./SampledTruth.sol";

/// @title The realised volatility of a price over a window, annualised, in percent.
/// @notice `100 x sqrt(sum of ln(P_i / P_(i-1))^2 x year / window)`, 1e18 fixed point, rounded down: 20e18 is 20 % a year. A
/// year has 365 days, and every second of it counts, as in markets that never close. Void where a price is not above zero.
contract VolatilityTruth is SampledTruth {
    uint256 private constant PERCENT = 100;

    constructor(
        AggregatorV3Interface aggregator_,
        uint256 heartbeat_,
        uint256 window_,
        uint256 samples_
    ) SampledTruth(aggregator_, heartbeat_, window_, samples_) {}

    /// @dev A ratio is 1 to 2^96 x 1e18, so a logarithm is below 2^66 and the product of 256 squares below 2^179.
    function valueAt(uint256 targetTime, bytes calldata proof) internal view override returns (TruthStatus, int256) {
        (TruthStatus status, int256[] memory prices) = samplesAt(targetTime, proof);
        if (status != TruthStatus.Known) return (status, 0);
        if (prices[0] <= 0) return (TruthStatus.Void, 0);

        uint256 squares = 0;
        for (uint256 i = 1; i < prices.length; ++i) {
            uint256 ratio = prices[i] <= 0 ? 0 : ratioOf(prices[i], prices[i - 1]);
            if (ratio == 0) return (TruthStatus.Void, 0);

            int256 logReturn = FixedPointMathLib.lnWad(int256(ratio));
            squares += uint256(logReturn * logReturn);
        }
        return (TruthStatus.Known, int256(Math.sqrt((squares * PERCENT * PERCENT * 365 days) / window)));
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        return definitionOf(Question.Volatility, window, samples, 0, "percent a year");
    }
}
