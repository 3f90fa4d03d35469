// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float32} from "../maths/Float.sol";
import {ERA_LOW} from "./Position.sol";
import {Backer} from "./Seal.sol";

/// @notice A revealed prediction in one word, from the highest bit: value (int104, 1e18 fixed point) | wager (uint96, token
/// base units) | trust (Float32: what the record was worth at the commitment) | confidence (14 bits, basis points) |
/// seasoned (1 bit: whether the record had seen enough of the era then) | era (9 low bits of the topic's then).
type Prediction is uint256;

using {value, wager, trust, confidenceOf, isSeasoned, isOf} for Prediction global;

/// @notice What one call of `reveal` recorded, as `publish` is given it back: whose the predictions are does not matter yet.
/// @param count how many of the round's predictions, in the order of the reveals
/// @param workers hash of whose they are: `keccak256` of the addresses, 32 bytes each
struct Batch {
    uint256 count;
    bytes32 workers;
}

/// @notice All that was revealed in a round, in the order of the reveals, as `settle` is given it back.
/// @param predictions each in one word
/// @param workers whose they are
/// @param counts how many of them each call of `reveal` recorded
struct Revealed {
    Prediction[] predictions;
    address[] workers;
    uint256[] counts;
}

/// @notice What a worker says, in one word: value (int104, 1e18 fixed point) | confidence (uint16, basis points, 1 to
/// 10000: the share of its budget that it wagers) | 8 unused bits | salt (uint128, which seals the commitment).
type Statement is uint256;

using {confidence} for Statement global;

function packStatement(int104 value_, uint16 confidence_, uint128 salt) pure returns (Statement) {
    return Statement.wrap((uint256(uint104(value_)) << 152) | (uint256(confidence_) << 136) | salt);
}

function confidence(Statement statement) pure returns (uint16) {
    return uint16(Statement.unwrap(statement) >> 136);
}

/// @notice The i-th prediction, without the bounds check that the loop around it has made.
function predictionAt(Prediction[] calldata predictions, uint256 i) pure returns (Prediction prediction) {
    assembly ("memory-safe") {
        prediction := calldataload(add(predictions.offset, shl(5, i)))
    }
}

/// @notice The i-th worker, without the bounds check that the loop around it has made.
function workerAt(address[] calldata workers, uint256 i) pure returns (address worker) {
    assembly ("memory-safe") {
        worker := shr(96, shl(96, calldataload(add(workers.offset, shl(5, i)))))
    }
}

/// @notice A prediction as it is revealed: what its worker states, what it wagers, and what its seal took down.
/// @param wager_ below 2^96, as every stake
function packPrediction(Statement statement, uint256 wager_, Backer backer) pure returns (Prediction) {
    uint256 said = (Statement.unwrap(statement) >> 152) << 152;
    // Confidence from bit 136 to bit 10, trust from bit 16 to bit 24, the season's flag from bit 11 to bit 9.
    uint256 confidence_ = (Statement.unwrap(statement) >> 126) & (0x3fff << 10);
    uint256 word = Backer.unwrap(backer);
    uint256 record = ((word & 0xffffffff0000) << 8) | ((word >> 2) & (ERA_LOW + 1)) | (word & ERA_LOW);
    return Prediction.wrap(said | (wager_ << 56) | confidence_ | record);
}

/// @dev The casts below each cut one field out of the word.
function value(Prediction prediction) pure returns (int104) {
    return int104(uint104(Prediction.unwrap(prediction) >> 152));
}

function wager(Prediction prediction) pure returns (uint96) {
    return uint96(Prediction.unwrap(prediction) >> 56);
}

function trust(Prediction prediction) pure returns (Float32) {
    return Float32.wrap(uint32(Prediction.unwrap(prediction) >> 24));
}

/// @notice The share of its budget that it wagers, basis points, 1 to 10000.
function confidenceOf(Prediction prediction) pure returns (uint256) {
    return (Prediction.unwrap(prediction) >> 10) & 0x3fff;
}

/// @notice Whether the worker committed in this era of the topic; a record of another era counts as none.
function isOf(Prediction prediction, uint256 era) pure returns (bool) {
    return (Prediction.unwrap(prediction) ^ era) & ERA_LOW == 0;
}

/// @notice Whether the worker's record had seen enough of the era it committed in.
function isSeasoned(Prediction prediction) pure returns (bool) {
    return Prediction.unwrap(prediction) & (ERA_LOW + 1) != 0;
}
