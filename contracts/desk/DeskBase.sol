// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {RoundBase} from "../rounds/RoundBase.sol";

/// @title What keeps the desk's verbs to the network: they run by delegation only.
abstract contract DeskBase is RoundBase {
    address private immutable desk = address(this);

    modifier delegated() {
        requireDelegated(desk);
        _;
    }
}
