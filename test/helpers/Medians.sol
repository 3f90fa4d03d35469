// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Hints} from "../../contracts/types/Learning.sol";
import {Prediction} from "../../contracts/types/Prediction.sol";

/// @title Weighted medians by sorting, as whoever publishes finds them.
library Medians {
    function hintsOf(Prediction[] memory predictions) internal pure returns (Hints memory hints) {
        (int256[] memory values, uint256[] memory weights) = split(predictions);
        int256 anchor;
        (hints.anchor, anchor) = medianOf(values, weights);
        (int256 mad, ) = medianOf(distancesOf(values, anchor), weights);
        hints.mad = uint256(mad);
    }

    function split(
        Prediction[] memory predictions
    ) internal pure returns (int256[] memory values, uint256[] memory weights) {
        values = new int256[](predictions.length);
        weights = new uint256[](predictions.length);
        for (uint256 i = 0; i < predictions.length; i++) {
            values[i] = predictions[i].value();
            weights[i] = predictions[i].wager();
        }
    }

    function distancesOf(int256[] memory values, int256 from) internal pure returns (int256[] memory distances) {
        distances = new int256[](values.length);
        for (uint256 i = 0; i < values.length; i++) {
            distances[i] = values[i] > from ? values[i] - from : from - values[i];
        }
    }

    /// @return lower first value, in order, up to which at least half of the weight lies
    /// @return median the same, or the mean with the next one where exactly half does
    function medianOf(
        int256[] memory values,
        uint256[] memory weights
    ) internal pure returns (int256 lower, int256 median) {
        if (values.length == 0) return (0, 0);

        uint256[] memory order = orderOf(values);
        uint256 total = 0;
        for (uint256 i = 0; i < weights.length; i++) total += weights[i];
        uint256 sum = weights[order[0]];
        uint256 at = 0;
        while (2 * sum < total) sum += weights[order[++at]];

        lower = values[order[at]];
        while (at + 1 < order.length && values[order[at + 1]] == lower) sum += weights[order[++at]];
        median = 2 * sum > total ? lower : (lower + values[order[at + 1]]) / 2;
    }

    function orderOf(int256[] memory values) private pure returns (uint256[] memory order) {
        order = new uint256[](values.length);
        for (uint256 i = 0; i < values.length; i++) {
            uint256 at = i;
            while (at > 0 && values[order[at - 1]] > values[i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }
}
