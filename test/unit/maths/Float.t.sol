// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    Float,
    Float18,
    Float20,
    Float24,
    Float32,
    Float40,
    SignedFloat32,
    SignedFloat40,
    SignedFloat48
} from "../../../contracts/maths/Float.sol";

contract FloatTest {
    function testFuzz_RoundsDownByLessThanOneStep(uint256 x, uint256 bits) public pure {
        x >>= bits % 256;
        bits = 2 + (bits % 246);
        uint256 packed = Float.packDown(x, bits);

        require(packed >> (bits + 8) == 0, "does not fit");
        require(Float.unpack(packed) <= x, "above");
        require(x - Float.unpack(packed) < 1 << (packed & 0xff), "a step too low");
    }

    function testFuzz_KeepsTheLeadingBits(uint256 x, uint256 bits) public pure {
        x >>= bits % 256;
        bits = 2 + (bits % 246);

        require(Float.packDown(x, bits) == halved(x, bits), "another float");
    }

    function testFuzz_RoundsUpByLessThanOneStep(uint256 x, uint256 bits) public pure {
        x >>= 1 + (bits % 255);
        bits = 2 + (bits % 246);
        uint256 packed = Float.packUp(x, bits);

        require(packed >> (bits + 8) == 0, "does not fit");
        require(Float.unpack(packed) >= x, "below");
        require(Float.unpack(packed) - x < 1 << (packed & 0xff), "a step too high");
    }

    function testFuzz_KeepsSmallNumbersExactly(uint256 x, uint256 bits) public pure {
        bits = 2 + (bits % 246);
        x %= 1 << bits;

        require(Float.unpack(Float.packDown(x, bits)) == x, "down");
        require(Float.unpack(Float.packUp(x, bits)) == x, "up");
    }

    function testFuzz_PackingTwiceChangesNothing(uint256 x, uint256 bits) public pure {
        bits = 2 + (bits % 246);
        uint256 once = Float.packDown(x, bits);

        require(Float.packDown(Float.unpack(once), bits) == once, "down");
        require(Float.packUp(Float.unpack(once), bits) == once, "up");
    }

    function testFuzz_KeepsTheOrder(uint256 x, uint256 y, uint256 bits) public pure {
        bits = 2 + (bits % 246);
        (uint256 less, uint256 more) = x < y ? (x, y) : (y, x);

        require(Float.unpack(Float.packDown(less, bits)) <= Float.unpack(Float.packDown(more, bits)), "down");
        require(Float.unpack(Float.packUp(less, bits)) <= Float.unpack(Float.packUp(more, bits)), "up");
    }

    function testFuzz_NegativesMirrorPositives(int256 x, uint256 bits) public pure {
        x >>= bits % 256;
        if (x == type(int256).min) x++;
        bits = 2 + (bits % 246);
        int256 packed = Float.packSigned(x, bits);

        require(packed == -Float.packSigned(-x, bits), "packing");
        require(Float.unpackSigned(packed) == -Float.unpackSigned(-packed), "unpacking");
        require(x < 0 ? Float.unpackSigned(packed) >= x : Float.unpackSigned(packed) <= x, "away from zero");
    }

    /* THE TYPES */

    /// @dev Each type has the mantissa that its name says: all of its bits less the exponent's eight, and one for a sign.
    function testFuzz_EachTypeIsAFloatOfItsBits(uint256 x, uint256 shift) public pure {
        x >>= shift % 256;
        require(Float18.unwrap(Float.up18(x)) == raised(x, 10), "18");
        require(Float20.unwrap(Float.down20(x)) == halved(x, 12), "20");
        require(Float24.unwrap(Float.down24(x)) == halved(x, 16), "24");
        require(Float24.unwrap(Float.up24(x)) == raised(x, 16), "24, up");
        require(Float32.unwrap(Float.down32(x)) == halved(x, 24), "32");
        require(Float40.unwrap(Float.down40(x)) == halved(x, 32), "40");
        require(Float40.unwrap(Float.up40(x)) == raised(x, 32), "40, up");
    }

    function testFuzz_EachSignedTypeIsAFloatOfItsBitsButOne(int256 x, uint256 shift) public pure {
        x >>= shift % 256;
        if (x == type(int256).min) x++;
        uint256 size = uint256(x < 0 ? -x : x);
        int256 sign = x < 0 ? int256(-1) : int256(1);
        require(SignedFloat32.unwrap(Float.signed32(x)) == sign * int256(halved(size, 23)), "32");
        require(SignedFloat40.unwrap(Float.signed40(x)) == sign * int256(halved(size, 31)), "40");
        require(SignedFloat48.unwrap(Float.signed48(x)) == sign * int256(halved(size, 39)), "48");
    }

    function testFuzz_EachTypeStandsForItsNumber(uint256 x, uint256 shift) public pure {
        x >>= shift % 256;
        require(Float.up18(x).unpack() == Float.unpack(raised(x, 10)), "18");
        require(Float.down20(x).unpack() == Float.unpack(halved(x, 12)), "20");
        require(Float.down24(x).unpack() == Float.unpack(halved(x, 16)), "24");
        require(Float.down32(x).unpack() == Float.unpack(halved(x, 24)), "32");
        require(Float.down40(x).unpack() == Float.unpack(halved(x, 32)), "40");
        int256 y = int256(x >> 1);
        require(Float.signed32(-y).unpack() == -int256(Float.unpack(halved(x >> 1, 23))), "32, signed");
        require(Float.signed40(-y).unpack() == -int256(Float.unpack(halved(x >> 1, 31))), "40, signed");
        require(Float.signed48(-y).unpack() == -int256(Float.unpack(halved(x >> 1, 39))), "48, signed");
    }

    function test_TheLargestNumbersDoNotOverflow() public pure {
        require(Float.packDown(type(uint256).max, 16) == (uint256(0xffff) << 8) | 240, "largest, down");
        require(Float.packUp(type(uint256).max, 16) == (uint256(0xffff) << 8) | 240, "largest, up");
        require(Float.unpackSigned(Float.packSigned(type(int256).min, 47)) == type(int256).min, "most negative");
        require(Float.packUp(0xffffff1, 24) == (uint256(0x800000) << 8) | 5, "carry");
    }

    /// @dev The next float above, where what was cut off is not nothing; the largest stays.
    function raised(uint256 x, uint256 bits) private pure returns (uint256) {
        uint256 down = halved(x, bits);
        uint256 exponent = down % 256;
        if ((down >> 8) << exponent == x) return down;
        if (type(uint256).max - x < 2 ** exponent - 1) return down;
        return halved(((down >> 8) + 1) << exponent, bits);
    }

    /// @dev Halves until it fits.
    function halved(uint256 x, uint256 bits) private pure returns (uint256) {
        uint256 exponent = 0;
        while (x >= 1 << bits) {
            x /= 2;
            exponent++;
        }
        return x * 256 + exponent;
    }
}
