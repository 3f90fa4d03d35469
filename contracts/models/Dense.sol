// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

/// @title Dense: fully connected networks, evaluated on chain.
/// @notice A model is a string of bytes, all numbers in it big-endian:
///
/// - head, 38 bytes: version (1) | layers (1) | input form (1: 0 raw, 1 logarithm) | output form (1: 0 raw, 1 exponential) |
///   inputs (2) | output centre (16, signed) | output spread (16);
/// - of every input, 32 bytes: centre (16, signed) | spread (16), both 1e18 fixed point;
/// - of every layer: outputs (2) | bent (2) | activation (1: none, ReLU, tanh, sigmoid) | shift (1); a bias of 8 bytes, signed,
///   of every output; then the weights, 2 bytes each, signed, all of an output before those of the next.
///
/// What flows between the layers is fixed point with 16 fractional bits in 32 bits, and stops at the ends of its type. A layer
/// sums `bias + weight x input` without loss, divides by `2^shift` rounding half up, and bends its first `bent` outputs by the
/// activation; the others stay as they are, so that a straight line can run beside a hidden layer.
///
/// An input enters as `(form(input) - centre) / spread`; the last layer's only output leaves as `form(centre + output x spread)`.
/// @dev Pure, and total for any checked model and any inputs: nothing overflows, nothing divides by zero, a logarithm of less
/// than one unit is that of one unit. The bounds below keep the work within some five million gas. The twin in TypeScript
/// (sdk/src/maths/dense.ts) is equal to the last bit. Weights are stored with as many fractional bits as the layer's `shift`.
library Dense {
    /// @notice A number of a model lies outside its bounds. Thrown by `check`.
    /// @param term which: "bytes", "version", "layers", "input form", "output form", "inputs", "spread", "outputs", "bent",
    /// "activation", "shift", "last outputs" or "multiply-adds"
    error ModelOutOfBounds(string term, uint256 actual, uint256 least, uint256 most);

    /// @notice The model takes another number of inputs. Thrown by `evaluate`.
    error WrongInputs(uint256 actual, uint256 required);

    uint256 internal constant VERSION = 1;
    uint256 internal constant MOST_LAYERS = 8;
    uint256 internal constant MOST_WIDTH = 1024;
    uint256 internal constant MOST_SHIFT = 40;
    /// @notice Most weights of a model, where every row counts as whole words of sixteen.
    uint256 internal constant MOST_WEIGHTS = 65_536;

    uint256 private constant HEAD = 38;
    uint256 private constant INPUT = 32;
    uint256 private constant LAYER = 6;
    uint256 private constant BIAS = 8;
    uint256 private constant WEIGHT = 2;
    uint256 private constant ACTIVATIONS = 4;

    int256 private constant UNIT = 1 << 16;
    /// @dev Beyond it a tanh is that of its table's end.
    int256 private constant TANH_END = 8 * UNIT;
    /// @dev e^31 x 1e18 is beyond int104 already.
    int256 private constant MOST_EXPONENT = 31e18;

    /// @dev 513 entries of 16 bits: tanh(i / 64) x 2^16, rounded, at most 65535.
    bytes private constant TANH =
        hex"0000040007ff0bfe0ffb13f617ee1be41fd623c427ad2b922f72334c37203aed3eb34272462949d84d7e511c54b1583c"
        hex"5bbd5f3562a26605695d6caa6fec7322764d796d7c817f888284857488588b2f8dfa90b9936c961298ac9b3a9dbba030"
        hex"a299a4f6a747a98cabc4adf2b013b229b433b632b826ba0ebbecbdbfbf87c145c2f8c4a1c640c7d5c960cae1cc5acdc9"
        hex"cf2ed08bd1dfd32bd46ed5a9d6dbd806d929da44db58dc65dd6bde69df61e052e13ce220e2fee3d6e4a8e575e63be6fc"
        hex"e7b8e86ee920e9ccea73eb16ebb4ec4eece3ed75ee01ee8aef0fef90f00ef088f0fef171f1e0f24df2b6f31cf37ff3df"
        hex"f43cf497f4eff544f597f5e7f635f681f6cbf712f757f79af7dbf81af858f893f8cdf905f93bf96ff9a3f9d4fa04fa33"
        hex"fa60fa8cfab6fae0fb07fb2efb54fb78fb9cfbbefbdffc00fc1ffc3dfc5bfc77fc93fcaefcc8fce1fcf9fd11fd28fd3e"
        hex"fd54fd69fd7dfd91fda4fdb6fdc8fddafdebfdfbfe0bfe1afe29fe37fe45fe53fe60fe6dfe79fe85fe91fe9cfea7feb2"
        hex"febcfec6fecffed9fee2feebfef3fefbff03ff0bff13ff1aff21ff28ff2fff35ff3bff41ff47ff4dff52ff58ff5dff62"
        hex"ff67ff6bff70ff74ff79ff7dff81ff85ff89ff8cff90ff93ff97ff9aff9dffa0ffa3ffa6ffa9ffabffaeffb0ffb3ffb5"
        hex"ffb8ffbaffbcffbeffc0ffc2ffc4ffc6ffc8ffc9ffcbffcdffceffd0ffd1ffd3ffd4ffd5ffd7ffd8ffd9ffdaffdcffdd"
        hex"ffdeffdfffe0ffe1ffe2ffe3ffe4ffe4ffe5ffe6ffe7ffe8ffe8ffe9ffeaffebffebffecffecffedffeeffeeffefffef"
        hex"fff0fff0fff1fff1fff2fff2fff3fff3fff3fff4fff4fff5fff5fff5fff6fff6fff6fff6fff7fff7fff7fff8fff8fff8"
        hex"fff8fff9fff9fff9fff9fff9fffafffafffafffafffafffbfffbfffbfffbfffbfffbfffcfffcfffcfffcfffcfffcfffc"
        hex"fffcfffdfffdfffdfffdfffdfffdfffdfffdfffdfffdfffdfffefffefffefffefffefffefffefffefffefffefffefffe"
        hex"fffefffefffefffefffeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffff";

    /* CHECK */

    /// @notice Refuses what is not a model, in the order in which it is read.
    function check(bytes memory model) internal pure {
        requireBounds("bytes", model.length, HEAD, type(uint24).max);
        requireBounds("version", byteAt(model, 0), VERSION, VERSION);
        uint256 layers = byteAt(model, 1);
        requireBounds("layers", layers, 1, MOST_LAYERS);
        requireBounds("input form", byteAt(model, 2), 0, 1);
        requireBounds("output form", byteAt(model, 3), 0, 1);
        uint256 inputs = inputsOf(model);
        requireBounds("inputs", inputs, 1, MOST_WIDTH);
        uint256 at = HEAD + inputs * INPUT;
        requireBounds("bytes", model.length, at, type(uint24).max);
        for (uint256 i = 0; i < inputs; ++i) requireBounds("spread", spreadAt(model, i), 1, type(uint128).max);

        uint256 weights = 0;
        for (uint256 i = 0; i < layers; ++i) (at, inputs, weights) = checkLayer(model, at, inputs, weights);
        requireBounds("last outputs", inputs, 1, 1);
        requireBounds("multiply-adds", weights, 1, MOST_WEIGHTS);
        requireBounds("bytes", model.length, at, at);
    }

    /// @return where the next layer begins
    /// @return outputs of this one
    /// @return weights so far
    function checkLayer(
        bytes memory model,
        uint256 at,
        uint256 inputs,
        uint256 before
    ) private pure returns (uint256, uint256 outputs, uint256 weights) {
        requireBounds("bytes", model.length, at + LAYER, type(uint24).max);
        outputs = uintAt(model, at, 2);
        requireBounds("outputs", outputs, 1, MOST_WIDTH);
        requireBounds("bent", uintAt(model, at + 2, 2), 0, outputs);
        requireBounds("activation", byteAt(model, at + 4), 0, ACTIVATIONS - 1);
        requireBounds("shift", byteAt(model, at + 5), 0, MOST_SHIFT);
        weights = before + outputs * padded(inputs);
        return (at + LAYER + outputs * (BIAS + inputs * WEIGHT), outputs, weights);
    }

    function requireBounds(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, ModelOutOfBounds(term, actual, least, most));
    }

    /* EVALUATE */

    /// @notice What a model answers.
    /// @param model as `check` accepts it
    /// @param inputs 1e18 fixed point, as many as the model takes; clamped to int128
    /// @return value 1e18 fixed point, clamped to int104
    function evaluate(bytes memory model, int256[] memory inputs) internal pure returns (int104 value) {
        uint256 width = inputsOf(model);
        require(inputs.length == width, WrongInputs(inputs.length, width));

        int256[] memory x = entering(model, inputs);
        uint256 at = HEAD + width * INPUT;
        // Lengths below fit 24 bits, as `check` saw to.
        unchecked {
            for (uint256 layers = byteAt(model, 1); layers > 0; --layers) (x, at, width) = forward(model, at, x, width);
        }
        return leaving(model, x[0]);
    }

    /// @notice How many inputs a model takes.
    function inputsOf(bytes memory model) internal pure returns (uint256) {
        return uintAt(model, 4, 2);
    }

    /// @dev Inputs within int128, centres too, spreads at least 1: the quotient has at most 145 bits.
    function entering(bytes memory model, int256[] memory inputs) private pure returns (int256[] memory x) {
        bool isLogarithm = byteAt(model, 2) == 1;
        x = new int256[](padded(inputs.length));
        unchecked {
            for (uint256 i = 0; i < inputs.length; ++i) {
                int256 input = clamp(inputs[i], type(int128).min, type(int128).max);
                if (isLogarithm) input = FixedPointMathLib.lnWad(input < 1 ? int256(1) : input);
                int256 centre = int128(uint128(uintAt(model, HEAD + i * INPUT, 16)));
                x[i] = narrow(((input - centre) * UNIT) / int256(spreadAt(model, i)));
            }
        }
    }

    /// @dev The output has 32 bits, its spread 128, its centre 127: far from the ends of int256.
    function leaving(bytes memory model, int256 output) private pure returns (int104) {
        unchecked {
            int256 centre = int128(uint128(uintAt(model, 6, 16)));
            int256 value = centre + ((output * int256(uintAt(model, 22, 16))) >> 16);
            if (byteAt(model, 3) == 1) {
                value = FixedPointMathLib.expWad(value > MOST_EXPONENT ? MOST_EXPONENT : value);
            }
            return int104(clamp(value, type(int104).min, type(int104).max));
        }
    }

    /// @return y what the layer answers, with zeros up to whole words of sixteen weights
    /// @return next where the next layer begins
    /// @return outputs of this layer
    function forward(
        bytes memory model,
        uint256 at,
        int256[] memory x,
        uint256 inputs
    ) private pure returns (int256[] memory y, uint256 next, uint256 outputs) {
        outputs = uintAt(model, at, 2);
        uint256 shift = byteAt(model, at + 5);
        uint256 bias = at + LAYER;
        uint256 weight = bias + outputs * BIAS;
        y = new int256[](padded(outputs));
        // A sum has at most 1024 products of 47 bits and a bias of 63: no more than 64 bits.
        unchecked {
            int256 half = int256((uint256(1) << shift) >> 1);
            for (uint256 i = 0; i < outputs; ++i) {
                int256 sum = int64(uint64(uintAt(model, bias + i * BIAS, 8)));
                sum += dot(model, weight + i * inputs * WEIGHT, x);
                y[i] = narrow((sum + half) >> shift);
            }
        }
        bend(y, uintAt(model, at + 2, 2), byteAt(model, at + 4));
        next = weight + outputs * inputs * WEIGHT;
    }

    /// @dev Reads sixteen weights a word. What it reads beyond a row meets zeros, with which `x` ends.
    function dot(bytes memory model, uint256 at, int256[] memory x) private pure returns (int256 sum) {
        assembly ("memory-safe") {
            let from := add(add(model, 0x20), at)
            let p := add(x, 0x20)
            let end := add(p, shl(5, mload(x)))
            for {} lt(p, end) {} {
                let w := mload(from)
                sum := add(sum, mul(sar(240, w), mload(p)))
                sum := add(sum, mul(sar(240, shl(16, w)), mload(add(p, 0x20))))
                sum := add(sum, mul(sar(240, shl(32, w)), mload(add(p, 0x40))))
                sum := add(sum, mul(sar(240, shl(48, w)), mload(add(p, 0x60))))
                sum := add(sum, mul(sar(240, shl(64, w)), mload(add(p, 0x80))))
                sum := add(sum, mul(sar(240, shl(80, w)), mload(add(p, 0xa0))))
                sum := add(sum, mul(sar(240, shl(96, w)), mload(add(p, 0xc0))))
                sum := add(sum, mul(sar(240, shl(112, w)), mload(add(p, 0xe0))))
                sum := add(sum, mul(sar(240, shl(128, w)), mload(add(p, 0x100))))
                sum := add(sum, mul(sar(240, shl(144, w)), mload(add(p, 0x120))))
                sum := add(sum, mul(sar(240, shl(160, w)), mload(add(p, 0x140))))
                sum := add(sum, mul(sar(240, shl(176, w)), mload(add(p, 0x160))))
                sum := add(sum, mul(sar(240, shl(192, w)), mload(add(p, 0x180))))
                sum := add(sum, mul(sar(240, shl(208, w)), mload(add(p, 0x1a0))))
                sum := add(sum, mul(sar(240, shl(224, w)), mload(add(p, 0x1c0))))
                sum := add(sum, mul(sar(240, shl(240, w)), mload(add(p, 0x1e0))))
                p := add(p, 0x200)
                from := add(from, 0x20)
            }
        }
    }

    /* ACTIVATIONS */

    function bend(int256[] memory y, uint256 bent, uint256 activation) private pure {
        if (activation == 0) return;
        bytes memory table = activation == 1 ? bytes("") : TANH;
        // `bent` is at most the layer's outputs, and a sigmoid lies between 0 and one.
        unchecked {
            for (uint256 i = 0; i < bent; ++i) {
                if (activation == 1) y[i] = y[i] < 0 ? int256(0) : y[i];
                if (activation == 2) y[i] = tanh(y[i], table);
                if (activation == 3) y[i] = (UNIT + tanh(y[i] >> 1, table)) >> 1;
            }
        }
    }

    /// @dev Linear between the table's entries, which are 1024 apart. Within 0.00005 of tanh.
    function tanh(int256 x, bytes memory table) private pure returns (int256) {
        unchecked {
            int256 size = x < 0 ? -x : x;
            if (size >= TANH_END) return x < 0 ? 1 - UNIT : UNIT - 1;

            uint256 entry = uint256(size >> 10) * 2;
            int256 low = int256(uintAt(table, entry, 2));
            int256 rise = int256(uintAt(table, entry + 2, 2)) - low;
            int256 y = low + ((rise * (size & 1023) + 512) >> 10);
            return x < 0 ? -y : y;
        }
    }

    /* NUMBERS */

    function padded(uint256 count) private pure returns (uint256) {
        unchecked {
            return (count + 15) & ~uint256(15); // of at most 2^16
        }
    }

    function narrow(int256 x) private pure returns (int256) {
        return clamp(x, type(int32).min, type(int32).max);
    }

    function clamp(int256 x, int256 least, int256 most) private pure returns (int256) {
        if (x < least) return least;
        return x > most ? most : x;
    }

    function spreadAt(bytes memory model, uint256 input) private pure returns (uint256) {
        return uintAt(model, HEAD + input * INPUT + 16, 16);
    }

    function byteAt(bytes memory model, uint256 at) private pure returns (uint256) {
        return uintAt(model, at, 1);
    }

    /// @dev Whoever calls it knows that the bytes are there.
    function uintAt(bytes memory data, uint256 at, uint256 size) private pure returns (uint256 read) {
        assembly ("memory-safe") {
            read := shr(sub(256, shl(3, size)), mload(add(add(data, 0x20), at)))
        }
    }
}
