// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {SampledTruth} from "./SampledTruth.sol";

/// @title By how much a price moved over a window: its change as a share of the price at the start.
/// @notice 1e18 fixed point: 0.05e18 is a rise by 5 %, -0.05e18 a fall. Void where either price is not above zero.
contract ReturnTruth is SampledTruth {
    constructor(
        AggregatorV3Interface aggregator_,
        uint256 heartbeat_,
        uint256 window_
    ) SampledTruth(aggregator_, heartbeat_, window_, 1) {}

    function valueAt(uint256 targetTime, bytes calldata proof) internal view override returns (TruthStatus, int256) {
        (TruthStatus status, int256[] memory prices) = samplesAt(targetTime, proof);
        if (status != TruthStatus.Known) return (status, 0);
        if (prices[0] <= 0 || prices[1] <= 0) return (TruthStatus.Void, 0);

        // A ratio is below 2^160.
        return (TruthStatus.Known, int256(ratioOf(prices[1], prices[0])) - int256(ONE));
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        return definitionOf(Question.Return, window, samples, 0, "change as a share of the start");
    }
}
