// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float40, SignedFloat48} from "../maths/Float.sol";

/// @dev A count of settled rounds stops here: five bits.
uint256 constant COUNT_MAX = 31;

/// @dev The last era: eleven bits. A topic that reaches it stays in it and does not restart again.
uint256 constant ERA_MAX = 2047;

/// @dev What a revealed prediction keeps of its era: the nine low bits. Two eras that share them are 512 restarts apart, and
/// a topic restarts at most once a publication, so none of the at most 255 rounds in flight can mistake one for the other.
uint256 constant ERA_LOW = 511;

/// @notice An era, and how many rounds were settled in it: `era << 5 | count`. A topic has one, and so has each worker's
/// record; a record of another era than its topic's reads as nothing.
type Tenure is uint16;

using {era, count, counted} for Tenure global;

/// @dev `era_` is at most ERA_MAX and `count_` at most COUNT_MAX: sixteen bits together.
function packTenure(uint256 era_, uint256 count_) pure returns (Tenure) {
    return Tenure.wrap(uint16((era_ << 5) | count_));
}

function era(Tenure tenure) pure returns (uint256) {
    return Tenure.unwrap(tenure) >> 5;
}

function count(Tenure tenure) pure returns (uint256) {
    return Tenure.unwrap(tenure) & COUNT_MAX;
}

/// @notice One settled round more, which is the next lower bits' number until they are full.
function counted(Tenure tenure) pure returns (Tenure) {
    // The count is below COUNT_MAX, so adding one never reaches the era's bits.
    unchecked {
        return count(tenure) == COUNT_MAX ? tenure : Tenure.wrap(Tenure.unwrap(tenure) + 1);
    }
}

/// @notice A worker's stake and skill in one topic, keyed by its signer. The first slot is all a round touches.
struct Position {
    // slot 0: read at a commitment, written at a settlement, both as one word (Standing)
    uint96 stake;
    SignedFloat48 regret; // sum of instantaneous regrets
    Float40 energy; // sum of their squares
    uint8 seat;
    uint24 from; // first round the seat may be used in
    uint24 until; // first round it may no longer be used in
    Tenure tenure; // era of the record above, 11 bits, and rounds settled in it, 5 bits
    // slot 1
    address owner;
    uint96 pending; // deposited, not yet active
    // slot 2
    uint96 leaving; // asked back; still pays for the rounds that were open then
    uint40 activeAt;
    uint40 leavesAt;
    uint24 exitRound; // last round that was open when stake was asked back
    uint24 revokedAt; // first round that a revoked signer had no seat in any more
    uint24 bound; // first round of the last seat it took, plus one; 0 where another worker displaced it since
    bool hadOwner; // outlives the position where it moved to another signer: consents given before are void
}

/// @notice Slot 0 of a position in one word, so that a round loads it once and stores it once: from the lowest bit
/// stake 96 | regret 48 | energy 40 | seat 8 | from 24 | until 24 | tenure 16.
type Standing is uint256;

using {standing, store, seatEnd} for Position global;
using {stake, regret, energy, seat, tenure, recordIn, countIn, isSeatedIn, paid, moved} for Standing global;

function standing(Position storage position) view returns (Standing word) {
    // One slot as it lies.
    assembly ("memory-safe") {
        word := sload(position.slot)
    }
}

function store(Position storage position, Standing word) {
    // One slot as it lies.
    assembly ("memory-safe") {
        sstore(position.slot, word)
    }
}

/// @notice The first round that is no longer of the worker's last term in a seat, which began with `from`.
function seatEnd(Position storage position) view returns (uint256) {
    return position.until == 0 ? position.revokedAt : position.until;
}

/// @dev The casts below each cut one field out of the word.
function stake(Standing word) pure returns (uint96) {
    return uint96(Standing.unwrap(word));
}

function regret(Standing word) pure returns (SignedFloat48) {
    return SignedFloat48.wrap(int48(uint48(Standing.unwrap(word) >> 96)));
}

function energy(Standing word) pure returns (Float40) {
    return Float40.wrap(uint40(Standing.unwrap(word) >> 144));
}

function seat(Standing word) pure returns (uint8) {
    return uint8(Standing.unwrap(word) >> 184);
}

function tenure(Standing word) pure returns (Tenure) {
    return Tenure.wrap(uint16(Standing.unwrap(word) >> 240));
}

/// @notice Regret and energy of the worker's record; one of another era reads as nothing.
function recordIn(Standing word, uint256 era) pure returns (int256, uint256) {
    return tenure(word).era() == era ? (regret(word).unpack(), energy(word).unpack()) : (int256(0), uint256(0));
}

/// @notice Rounds settled in the worker's record; one of another era reads as nothing.
function countIn(Standing word, uint256 era) pure returns (uint256) {
    return tenure(word).era() == era ? tenure(word).count() : 0;
}

function isSeatedIn(Standing word, uint256 round) pure returns (bool) {
    uint256 term = Standing.unwrap(word) >> 192;
    return uint24(term) <= round && round < uint24(term >> 24);
}

/// @notice The same position with another stake.
function paid(Standing word, uint96 stake_) pure returns (Standing) {
    return Standing.wrap(((Standing.unwrap(word) >> 96) << 96) | stake_);
}

/// @notice The same seat with another stake and record.
function moved(
    Standing word,
    uint96 stake_,
    SignedFloat48 regret_,
    Float40 energy_,
    Tenure tenure_
) pure returns (Standing) {
    uint256 kept = uint56(Standing.unwrap(word) >> 184);
    uint256 record = (uint256(Float40.unwrap(energy_)) << 48) | uint48(SignedFloat48.unwrap(regret_));
    return Standing.wrap((uint256(Tenure.unwrap(tenure_)) << 240) | (kept << 184) | (record << 96) | stake_);
}
