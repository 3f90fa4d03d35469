// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dense} from "../../contracts/models/Dense.sol";

/// @notice The library from outside, one model a call.
contract DenseHarness {
    function check(bytes memory model) external pure {
        Dense.check(model);
    }

    function evaluate(bytes memory model, int256[] memory inputs) external pure returns (int104) {
        return Dense.evaluate(model, inputs);
    }

    /// @notice Several models, each with its own inputs: one call of a parity test.
    function evaluateAll(
        bytes[] memory models,
        int256[][] memory inputs
    ) external pure returns (int104[] memory values) {
        values = new int104[](models.length);
        for (uint256 i = 0; i < models.length; ++i) {
            Dense.check(models[i]);
            values[i] = Dense.evaluate(models[i], inputs[i]);
        }
    }
}
