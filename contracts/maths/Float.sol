// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";

/// @dev Each is named by all of its bits; the mantissa has eight less, a signed one nine less (one is the sign's).
type Float18 is uint24; // 10-bit mantissa: within 0.2 %. The six upper bits are zero
type Float20 is uint24; // 12-bit mantissa: within 0.05 %. The four upper bits are zero
type Float24 is uint24; // 16-bit mantissa: within 0.004 %
type Float32 is uint32; // 24-bit mantissa
type Float40 is uint40; // 32-bit mantissa
type SignedFloat32 is int32; // 23-bit mantissa
type SignedFloat40 is int40; // 31-bit mantissa
type SignedFloat48 is int48; // 39-bit mantissa

using Float for Float18 global;
using Float for Float20 global;
using Float for Float24 global;
using Float for Float32 global;
using Float for Float40 global;
using Float for SignedFloat32 global;
using Float for SignedFloat40 global;
using Float for SignedFloat48 global;

/// @title Float
/// @notice Numbers in few bits: `mantissa << 8 | exponent`, standing for `mantissa << exponent`. A negative number is its
/// positive float, negated as a whole.
/// @dev A mantissa of m bits (2 to 247) fits a uint of m + 8 bits. The exponent of a 256-bit number is at most 256 - m, so
/// it always fits its eight bits and packing never fails: every cast below keeps all bits. Numbers below 2^m are kept
/// exactly. `downN` rounds down, `upN` up, `signedN` toward zero.
library Float {
    /* UNSIGNED */

    function up18(uint256 x) internal pure returns (Float18) {
        return Float18.wrap(uint24(packUp(x, 10)));
    }

    function down20(uint256 x) internal pure returns (Float20) {
        return Float20.wrap(uint24(packDown(x, 12)));
    }

    function down24(uint256 x) internal pure returns (Float24) {
        return Float24.wrap(uint24(packDown(x, 16)));
    }

    function up24(uint256 x) internal pure returns (Float24) {
        return Float24.wrap(uint24(packUp(x, 16)));
    }

    function down32(uint256 x) internal pure returns (Float32) {
        return Float32.wrap(uint32(packDown(x, 24)));
    }

    function down40(uint256 x) internal pure returns (Float40) {
        return Float40.wrap(uint40(packDown(x, 32)));
    }

    /// @notice The same, with less gas where `x` is as large as `last`: a number that grows a little a round.
    function down40(uint256 x, Float40 last) internal pure returns (Float40) {
        return Float40.wrap(uint40(packDown(x, 32, Float40.unwrap(last))));
    }

    function up40(uint256 x) internal pure returns (Float40) {
        return Float40.wrap(uint40(packUp(x, 32)));
    }

    /* SIGNED */

    function signed32(int256 x) internal pure returns (SignedFloat32) {
        return SignedFloat32.wrap(int32(packSigned(x, 23)));
    }

    function signed40(int256 x) internal pure returns (SignedFloat40) {
        return SignedFloat40.wrap(int40(packSigned(x, 31)));
    }

    function signed48(int256 x) internal pure returns (SignedFloat48) {
        return SignedFloat48.wrap(int48(packSigned(x, 39)));
    }

    /// @notice The same, with less gas where `x` is as large as `last`.
    function signed48(int256 x, SignedFloat48 last) internal pure returns (SignedFloat48) {
        uint256 packed = packDown(SignedMath.abs(x), 39, SignedMath.abs(SignedFloat48.unwrap(last)));
        return SignedFloat48.wrap(int48(withSign(packed, x < 0)));
    }

    /* WHAT THEY STAND FOR */

    function unpack(Float18 x) internal pure returns (uint256) {
        return unpack(uint256(Float18.unwrap(x)));
    }

    function unpack(Float20 x) internal pure returns (uint256) {
        return unpack(uint256(Float20.unwrap(x)));
    }

    function unpack(Float24 x) internal pure returns (uint256) {
        return unpack(uint256(Float24.unwrap(x)));
    }

    function unpack(Float32 x) internal pure returns (uint256) {
        return unpack(uint256(Float32.unwrap(x)));
    }

    function unpack(Float40 x) internal pure returns (uint256) {
        return unpack(uint256(Float40.unwrap(x)));
    }

    function unpack(SignedFloat32 x) internal pure returns (int256) {
        return unpackSigned(SignedFloat32.unwrap(x));
    }

    function unpack(SignedFloat40 x) internal pure returns (int256) {
        return unpackSigned(SignedFloat40.unwrap(x));
    }

    function unpack(SignedFloat48 x) internal pure returns (int256) {
        return unpackSigned(SignedFloat48.unwrap(x));
    }

    /* ANY WIDTH */

    /// @notice Packs `x`, rounding down.
    function packDown(uint256 x, uint256 mantissaBits) internal pure returns (uint256) {
        uint256 exponent = exponentOf(x, mantissaBits);

        return ((x >> exponent) << 8) | exponent;
    }

    /// @dev The exponent of `last`, another float, is right where it leaves all the mantissa's bits and no more.
    function packDown(uint256 x, uint256 mantissaBits, uint256 last) private pure returns (uint256) {
        uint256 exponent = last & 0xff;
        if ((x >> exponent) >> (mantissaBits - 1) != 1) return packDown(x, mantissaBits);

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

    /// @notice Packs `x`, rounding toward zero.
    function packSigned(int256 x, uint256 mantissaBits) internal pure returns (int256) {
        return withSign(packDown(SignedMath.abs(x), mantissaBits), x < 0);
    }

    /// @notice The number a signed float stands for.
    function unpackSigned(int256 packed) internal pure returns (int256) {
        return withSign(unpack(SignedMath.abs(packed)), packed < 0);
    }

    function exponentOf(uint256 x, uint256 mantissaBits) private pure returns (uint256) {
        if (x >> mantissaBits == 0) return 0;

        // The highest bit of x stands at `mantissaBits` or above.
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
