// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title A call that other code answers.
library Delegation {
    /// @notice Runs the present call with another contract's code, in this contract's storage and name. Results and
    /// refusals are passed on as they are.
    /// @dev It ends the call: only free memory is written, and nothing of Solidity's runs afterwards.
    function forward(address code) internal {
        assembly ("memory-safe") {
            let data := mload(0x40)
            calldatacopy(data, 0, calldatasize())
            let isDone := delegatecall(gas(), code, data, calldatasize(), 0, 0)
            returndatacopy(data, 0, returndatasize())
            if isDone {
                return(data, returndatasize())
            }
            revert(data, returndatasize())
        }
    }
}
