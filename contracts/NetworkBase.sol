// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Network} from "./types/Network.sol";

/// @title What the network and its desk share: the token, the signing domain, and the network's memory in the same slots.
abstract contract NetworkBase is EIP712("Auspex", "1") {
    IERC20 public immutable token;

    Network internal network;

    constructor(IERC20 token_) {
        token = token_;
    }
}
