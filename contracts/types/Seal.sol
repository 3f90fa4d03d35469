// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Statement} from "./Prediction.sol";

/// @notice Who stands behind a prediction, and with what, in one word: worker (address) | seat (uint8) | budget (uint40
/// float, rounded down: what the worker may risk in the round, token base units) | trust (uint48 float: what its record
/// was worth). Taken down when the worker speaks: at the commitment, or where nothing is sealed at the reveal.
type Backer is uint256;

using {worker, seat, budget, trust} for Backer global;

/// @notice A commitment that was taken in, in one word: bytes20(keccak256(abi.encode(commitment, worker))), then the seat,
/// budget and trust of its backer.
type Seal is uint256;

/// @notice A commitment and its worker's signature over it.
/// @param commitment see Commitments
/// @param r first half of the signature; zero where the worker is the caller
/// @param vs second half (EIP-2098); zero where the worker is the caller
struct SignedCommitment {
    bytes20 commitment;
    bytes32 r;
    bytes32 vs;
}

/// @notice A prediction whose seal is opened.
/// @param backer its worker, and the seat, budget and trust that its seal tells
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

function packBacker(address worker_, uint8 seat_, uint40 budget_, uint48 trust_) pure returns (Backer) {
    return Backer.wrap((uint256(uint160(worker_)) << 96) | (uint256(seat_) << 88) | (uint256(budget_) << 48) | trust_);
}

function worker(Backer backer) pure returns (address) {
    return address(uint160(Backer.unwrap(backer) >> 96));
}

function seat(Backer backer) pure returns (uint8) {
    return uint8(Backer.unwrap(backer) >> 88);
}

function budget(Backer backer) pure returns (uint40) {
    return uint40(Backer.unwrap(backer) >> 48);
}

function trust(Backer backer) pure returns (uint48) {
    return uint48(Backer.unwrap(backer));
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
