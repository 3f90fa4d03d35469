// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float} from "../../../contracts/libraries/Float.sol";

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

    function test_TheLargestNumbersDoNotOverflow() public pure {
        require(Float.packDown(type(uint256).max, 16) == (uint256(0xffff) << 8) | 240, "largest, down");
        require(Float.packUp(type(uint256).max, 16) == (uint256(0xffff) << 8) | 240, "largest, up");
        require(Float.unpackSigned(Float.packSigned(type(int256).min, 47)) == type(int256).min, "most negative");
        require(Float.packUp(0xffffff1, 24) == (uint256(0x800000) << 8) | 5, "carry");
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
