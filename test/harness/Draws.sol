// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Learning, Range, Submissions} from "../../contracts/types/Learning.sol";

/// @notice What a fuzzed law is tried on, drawn from one seed.
library Draws {
    uint256 internal constant SUPPLY = type(uint96).max;

    struct Draw {
        uint256 seed;
    }

    function next(Draw memory draw) internal pure returns (uint256) {
        draw.seed = uint256(keccak256(abi.encode(draw.seed)));
        return draw.seed;
    }

    function below(Draw memory draw, uint256 bound) internal pure returns (uint256) {
        return next(draw) % bound;
    }

    /// @notice Any value a prediction or a truth may have, its ends and zero more often than chance would.
    function value(Draw memory draw) internal pure returns (int256) {
        uint256 kind = below(draw, 8);
        if (kind == 0) return type(int104).min;
        if (kind == 1) return type(int104).max;
        if (kind == 2) return 0;
        if (kind < 6) return int256(below(draw, 20)) - 10;
        return int104(uint104(next(draw)));
    }

    /// @notice Predictions of up to `most` workers: few distinct values, so that ties occur; wagers up to the supply.
    function submissions(Draw memory draw, uint256 most) internal pure returns (Submissions memory result) {
        uint256 count = 1 + below(draw, most);
        result = Submissions(new int256[](count), new uint256[](count), new uint256[](count));
        uint256 scale = 2 + below(draw, SUPPLY / count - 1);
        if (below(draw, 2) == 0) scale = 3;
        for (uint256 i = 0; i < count; i++) {
            result.values[i] = value(draw);
            result.wagers[i] = below(draw, scale);
            result.trusts[i] = below(draw, 3) == 0 ? 0 : next(draw) >> (106 + below(draw, 100));
        }
        if (result.wagers[0] == 0) result.wagers[0] = 1;
    }

    /// @notice Two ends of values, in order and not the same.
    function range(Draw memory draw) internal pure returns (Range memory result) {
        (result.low, result.high) = (value(draw), value(draw));
        if (result.low > result.high) (result.low, result.high) = (result.high, result.low);
        if (result.low == result.high) return everything();
    }

    /// @notice All that a value can be.
    function everything() internal pure returns (Range memory) {
        return Range(type(int104).min, type(int104).max);
    }

    /// @notice What a topic may have learnt, at any age.
    function learning(Draw memory draw) internal pure returns (Learning memory result) {
        uint256 shift = below(draw, 100);
        result.rounds = below(draw, 12);
        result.peak = next(draw) >> (16 + shift);
        result.anchorError = next(draw) >> (152 + below(draw, 104));
        result.feedError = next(draw) >> (152 + below(draw, 104));
        result.bias = int256(next(draw) >> (152 + below(draw, 104))) * (below(draw, 2) == 0 ? int256(1) : -1);
        result.widthBelow = 2e17 + below(draw, 50e18 - 2e17);
        result.widthAbove = 2e17 + below(draw, 50e18 - 2e17);
        result.anchor.regret = int256(next(draw)) >> (112 + shift);
        result.anchor.energy = next(draw) >> (6 + shift);
        result.mean.regret = int256(next(draw)) >> (112 + shift);
        result.mean.energy = next(draw) >> (6 + shift);
    }
}
