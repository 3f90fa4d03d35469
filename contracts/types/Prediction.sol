// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A revealed prediction in one word: value (int104, 1e18 fixed point) | wager (uint96, token base units) |
/// trust (uint56 float: what the worker's record was worth when it revealed).
type Prediction is uint256;

using {value, wager, trust} for Prediction global;

/// @notice A revealed prediction and whose it is: what `reveal` tells and `publish` and `settle` are given back.
struct Record {
    Prediction prediction;
    address worker;
}

/// @notice What a worker says, in one word: value (int104, 1e18 fixed point) | confidence (uint16, basis points, 1 to
/// 10000: the share of its budget that it wagers) | 8 unused bits | salt (uint128, which seals the commitment).
type Statement is uint256;

using {stated, confidence} for Statement global;

/// @notice A prediction as its worker opens it.
/// @param worker signer of the prediction
/// @param statement its value, confidence and salt
/// @param r first half of the worker's signature over the commitment; zero where the committer is the worker
/// @param vs second half (EIP-2098); zero where the committer is the worker
struct Opening {
    address worker;
    Statement statement;
    bytes32 r;
    bytes32 vs;
}

function packStatement(int104 value_, uint16 confidence_, uint128 salt) pure returns (Statement) {
    return Statement.wrap((uint256(uint104(value_)) << 152) | (uint256(confidence_) << 136) | salt);
}

function stated(Statement statement) pure returns (int104) {
    return int104(uint104(Statement.unwrap(statement) >> 152));
}

function confidence(Statement statement) pure returns (uint16) {
    return uint16(Statement.unwrap(statement) >> 136);
}

/// @notice The i-th opening, without the bounds check that the loop around it has made.
function openingAt(Opening[] calldata openings, uint256 i) pure returns (Opening calldata opening) {
    assembly ("memory-safe") {
        opening := add(openings.offset, shl(7, i))
    }
}

/// @notice The i-th record, without the bounds check that the loop around it has made.
function recordAt(Record[] calldata records, uint256 i) pure returns (Prediction prediction, address worker) {
    assembly ("memory-safe") {
        let record := add(records.offset, shl(6, i))
        prediction := calldataload(record)
        worker := shr(96, shl(96, calldataload(add(record, 0x20))))
    }
}

function packPrediction(int104 value_, uint96 wager_, uint56 trust_) pure returns (Prediction) {
    return Prediction.wrap((uint256(uint104(value_)) << 152) | (uint256(wager_) << 56) | trust_);
}

function value(Prediction prediction) pure returns (int104) {
    return int104(uint104(Prediction.unwrap(prediction) >> 152));
}

function wager(Prediction prediction) pure returns (uint96) {
    return uint96(Prediction.unwrap(prediction) >> 56);
}

function trust(Prediction prediction) pure returns (uint56) {
    return uint56(Prediction.unwrap(prediction));
}
