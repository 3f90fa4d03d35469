// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";

/// @title Float
/// @notice Numbers in few bits: `mantissa << 8 | exponent`, standing for `mantissa << exponent`.
/// @dev A mantissa of m bits (2 to 247) fits a uint of m + 8 bits. The exponent of a 256-bit number is at most
/// 256 - m, so it always fits its eight bits and packing never fails. Numbers below 2^m are kept exactly.
library Float {
    /// @notice Packs `x`, rounding down.
    function packDown(uint256 x, uint256 mantissaBits) internal pure returns (uint256) {
        uint256 exponent = exponentOf(x, mantissaBits);

        return ((x >> exponent) << 8) | exponent;
    }

    /// @notice Packs `x`, rounding up; what would round beyond 256 bits becomes the largest float instead.
    function packUp(uint256 x, uint256 mantissaBits) internal pure returns (uint256) {
        uint256 lost = (1 << exponentOf(x, mantissaBits)) - 1;

        return packDown(Math.saturatingAdd(x, lost), mantissaBits);
    }

    /// @notice The number a float stands for.
    function unpack(uint256 packed) internal pure returns (uint256) {
        return (packed >> 8) << (packed & 0xff);
    }

    /// @notice Packs `x`, rounding toward zero. A negative number is its positive float, negated as a whole.
    function packSigned(int256 x, uint256 mantissaBits) internal pure returns (int256) {
        return withSign(packDown(SignedMath.abs(x), mantissaBits), x < 0);
    }

    /// @notice The number a signed float stands for.
    function unpackSigned(int256 packed) internal pure returns (int256) {
        return withSign(unpack(SignedMath.abs(packed)), packed < 0);
    }

    function exponentOf(uint256 x, uint256 mantissaBits) private pure returns (uint256) {
        if (x >> mantissaBits == 0) return 0;

        unchecked {
            return LibBit.fls(x) + 1 - mantissaBits;
        }
    }

    /// @dev Unchecked for the most negative number, whose magnitude is no int256 but negates to the right one.
    function withSign(uint256 magnitude, bool negative) private pure returns (int256) {
        unchecked {
            return negative ? -int256(magnitude) : int256(magnitude);
        }
    }
}
