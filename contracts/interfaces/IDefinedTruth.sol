// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Definition} from "../types/Definition.sol";
import {ITruthSource} from "./ITruthSource.sol";

/// @title A truth source whose values follow from a definition that can be read.
interface IDefinedTruth is ITruthSource {
    /// @notice What the source's values are, with times and units. Never changes.
    function definition() external view returns (Definition memory);
}
