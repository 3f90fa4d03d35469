// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float32, Float40} from "../maths/Float.sol";
import {ERA_MAX} from "./Position.sol";
import {Statement} from "./Prediction.sol";

/// @notice Who stands behind a prediction, and with what, in one word, from the highest bit: worker (address) | seat (uint8) |
/// budget (Float40, rounded down: what the worker may risk in the round, token base units) | trust (Float32, rounded down:
/// what its record was worth) | 4 zero bits | seasoned (1 bit: whether its record had seen enough of the era) | era (11 bits,
/// the topic's). Recorded when the worker predicts: at the commitment, or at the reveal where nothing is sealed.
type Backer is uint256;

using {worker, seat, budget, trust, isSeasoned, era} for Backer global;

/// @notice A commitment that was taken in, in one word: bytes20(keccak256(abi.encode(commitment, worker))), then the seat,
/// budget, trust, season and era of its backer.
type Seal is uint256;

using {sealedBudget} for Seal global;

/// @notice A commitment and its worker's signature over it.
/// @param commitment see Commitments
/// @param r first half of the signature; zero where the worker is the caller
/// @param vs second half (EIP-2098); zero where the worker is the caller
struct SignedCommitment {
    bytes20 commitment;
    bytes32 r;
    bytes32 vs;
}

/// @notice A signer's agreement that an owner stakes behind it: its EIP-712 signature over
/// `Consent(bytes32 topic,address owner,uint256 deadline)`. Not looked at where the signer is the caller.
/// @param deadline last second in which it may be used, unix time
/// @param r first half of the signature
/// @param vs second half (EIP-2098)
struct Consent {
    uint256 deadline;
    bytes32 r;
    bytes32 vs;
}

/// @notice A prediction whose seal is opened.
/// @param backer its worker, and the other fields of its seal: seat, budget, trust, season and era
/// @param statement its value, confidence and salt
struct Opening {
    Backer backer;
    Statement statement;
}

/// @notice A prediction that was never sealed, as signed-only topics take it.
/// @param worker signer of the prediction
/// @param statement its value and confidence
/// @param r first half of the worker's signature over its commitment; zero where the worker is the caller
/// @param vs second half (EIP-2098); zero where the worker is the caller
struct SignedOpening {
    address worker;
    Statement statement;
    bytes32 r;
    bytes32 vs;
}

/// @param era_ at most ERA_MAX
function packBacker(
    address worker_,
    uint8 seat_,
    Float40 budget_,
    Float32 trust_,
    bool isSeasoned_,
    uint256 era_
) pure returns (Backer) {
    uint256 money = (uint256(seat_) << 40) | Float40.unwrap(budget_);
    uint256 record = (uint256(Float32.unwrap(trust_)) << 16) | (isSeasoned_ ? ERA_MAX + 1 : 0) | era_;
    return Backer.wrap((uint256(uint160(worker_)) << 96) | (money << 48) | record);
}

/// @dev The casts below each cut one field out of the word.
function worker(Backer backer) pure returns (address) {
    return address(uint160(Backer.unwrap(backer) >> 96));
}

function seat(Backer backer) pure returns (uint8) {
    return uint8(Backer.unwrap(backer) >> 88);
}

function budget(Backer backer) pure returns (Float40) {
    return Float40.wrap(uint40(Backer.unwrap(backer) >> 48));
}

/// @notice The budget that a seal holds of its backer.
function sealedBudget(Seal seal) pure returns (Float40) {
    // The upper bits of the word are cut off on purpose.
    return Float40.wrap(uint40(Seal.unwrap(seal) >> 48));
}

function trust(Backer backer) pure returns (Float32) {
    return Float32.wrap(uint32(Backer.unwrap(backer) >> 16));
}

function isSeasoned(Backer backer) pure returns (bool) {
    return Backer.unwrap(backer) & (ERA_MAX + 1) != 0;
}

function era(Backer backer) pure returns (uint256) {
    return Backer.unwrap(backer) & ERA_MAX;
}

/// @notice The i-th commitment, without the bounds check that the loop around it has made.
function commitmentAt(
    SignedCommitment[] calldata commitments,
    uint256 i
) pure returns (SignedCommitment calldata commitment) {
    assembly ("memory-safe") {
        commitment := add(commitments.offset, mul(0x60, i))
    }
}

/// @notice The i-th opening, without the bounds check that the loop around it has made.
function openingAt(Opening[] calldata openings, uint256 i) pure returns (Opening calldata opening) {
    assembly ("memory-safe") {
        opening := add(openings.offset, shl(6, i))
    }
}

/// @notice The i-th opening, without the bounds check that the loop around it has made.
function signedOpeningAt(SignedOpening[] calldata openings, uint256 i) pure returns (SignedOpening calldata opening) {
    assembly ("memory-safe") {
        opening := add(openings.offset, shl(7, i))
    }
}
