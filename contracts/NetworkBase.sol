// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "./interfaces/ITopicDesk.sol";
import {Network} from "./types/Network.sol";

/// @title What the network and its desk share: the same storage, from the first slot on, and the same signing domain.
abstract contract NetworkBase {
    string internal constant DOMAIN_NAME = "Auspex";
    string internal constant DOMAIN_VERSION = "1";
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    Network internal network;

    /// @dev The EIP-712 domain of the contract whose storage this is: the network's, in code of the desk too.
    function domainSeparator() internal view returns (bytes32) {
        bytes32 name = keccak256(bytes(DOMAIN_NAME));
        bytes32 version = keccak256(bytes(DOMAIN_VERSION));
        return keccak256(abi.encode(DOMAIN_TYPEHASH, name, version, block.chainid, address(this)));
    }

    /// @dev Code that is run by delegation has no storage of its own that anybody reads: money or terms given to it directly
    /// would be lost.
    function requireDelegated(address code) internal view {
        require(address(this) != code, ITopicDesk.CalledDirectly(code));
    }
}
