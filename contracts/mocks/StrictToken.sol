// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token whose allowances change only from or to zero, as those of some early tokens do.
contract StrictToken is ERC20 {
    /// @notice Thrown when an allowance above zero is changed to another one above zero.
    error AllowanceNotZero(uint256 allowance);

    constructor() ERC20("Strict", "STRICT") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function approve(address spender, uint256 amount) public override returns (bool) {
        uint256 current = allowance(_msgSender(), spender);
        require(amount == 0 || current == 0, AllowanceNotZero(current));

        return super.approve(spender, amount);
    }
}
