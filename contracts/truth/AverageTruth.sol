// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {TruthStatus} from "../interfaces/ITruthSource.sol";
import {Definition, Question} from "../types/Definition.sol";
import {SampledTruth} from "./SampledTruth.sol";

/// @title The average of a feed over a window, each of its equal intervals weighing the same.
/// @notice The mean of the samples at the ends of the intervals, 1e18 fixed point, rounded toward zero. Samples at equal
/// times weigh every answer by how long it stood, so that nobody moves the average by answering often.
contract AverageTruth is SampledTruth {
    constructor(
        AggregatorV3Interface aggregator_,
        uint256 heartbeat_,
        uint256 window_,
        uint256 samples_
    ) SampledTruth(aggregator_, heartbeat_, window_, samples_) {}

    function valueAt(uint256 targetTime, bytes calldata proof) internal view override returns (TruthStatus, int256) {
        (TruthStatus status, int256[] memory values) = samplesAt(targetTime, proof);
        if (status != TruthStatus.Known) return (status, 0);

        int256 total = 0;
        for (uint256 i = 1; i < values.length; ++i) total += values[i];
        return (TruthStatus.Known, total / int256(samples));
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        return definitionOf(Question.Average, window, samples, 0, "");
    }
}
