// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Seal} from "../../contracts/types/Seal.sol";

/// @title A commitment as it is kept again, each part straight from its formula.
library PlainSeals {
    function sealOf(
        bytes20 commitment,
        address worker,
        uint256 seat,
        uint256 budget,
        uint256 trust,
        bool isSeasoned,
        uint256 era
    ) internal pure returns (Seal) {
        bytes20 bound = bytes20(keccak256(abi.encode(commitment, worker)));
        uint16 season = uint16((isSeasoned ? 2048 : 0) + era);
        bytes memory money = abi.encodePacked(uint8(seat), uint40(budget), uint32(trust), season);
        return Seal.wrap(uint256(bytes32(abi.encodePacked(bound, money))));
    }

    function hashOf(Seal[] memory seals) internal pure returns (bytes29) {
        return bytes29(keccak256(abi.encodePacked(seals)));
    }

    /// @notice What a round keeps while its first list has no slot of its own.
    function foldedOf(int104 center, uint104 sigma, bytes29 seals) internal pure returns (bytes20) {
        bytes20 first = bytes20(keccak256(abi.encode(center, sigma)));
        return bytes20(keccak256(abi.encode(first, seals)));
    }

    /// @notice What a stake may risk in a round, as a float of 32 bits: its highest bits, the rest left out.
    function budgetOf(uint256 stake, uint256 riskBps) internal pure returns (uint256) {
        uint256 mantissa = (stake * riskBps) / 10_000;
        uint256 exponent = 0;
        while (mantissa >= 2 ** 32) {
            mantissa /= 2;
            exponent++;
        }
        return mantissa * 256 + exponent;
    }

    /// @notice The number such a float stands for.
    function unpacked(uint256 budget) internal pure returns (uint256) {
        return (budget / 256) * 2 ** (budget % 256);
    }

    function wagerOf(uint256 budget, uint256 confidenceBps) internal pure returns (uint256) {
        return (budget * confidenceBps) / 10_000;
    }
}
