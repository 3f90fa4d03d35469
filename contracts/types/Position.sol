// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A worker's stake and skill in one topic, keyed by its signer. The first slot is all a round touches.
struct Position {
    // slot 0: read at reveal, written at settle, both as one word (Standing)
    uint96 stake;
    int56 regret; // float: sum of instantaneous regrets
    uint48 energy; // float: sum of their squares
    uint8 seat;
    uint24 from; // first round the seat may be used in
    uint24 until; // first round it may no longer be used in
    // slot 1
    address owner;
    uint96 pending; // deposited, not yet active
    // slot 2
    uint96 leaving; // asked back; still pays for the rounds that were open then
    uint40 activeAt;
    uint40 leavesAt;
    uint24 exitRound; // last round that was open when stake was asked back or the signer revoked
    uint24 revokedAt; // first round that a revoked signer had no seat in any more
}

/// @notice Slot 0 of a position in one word, so that a round loads it once and stores it once.
type Standing is uint256;

using {standing, store, seatEnd} for Position global;
using {stake, regret, energy, seat, isSeatedIn, moved} for Standing global;

function standing(Position storage position) view returns (Standing word) {
    assembly ("memory-safe") {
        word := sload(position.slot)
    }
}

function store(Position storage position, Standing word) {
    assembly ("memory-safe") {
        sstore(position.slot, word)
    }
}

/// @notice The first round that is no longer of the worker's last term in a seat, which began with `from`.
function seatEnd(Position storage position) view returns (uint256) {
    return position.until == 0 ? position.revokedAt : position.until;
}

function stake(Standing word) pure returns (uint96) {
    return uint96(Standing.unwrap(word));
}

function regret(Standing word) pure returns (int56) {
    return int56(uint56(Standing.unwrap(word) >> 96));
}

function energy(Standing word) pure returns (uint48) {
    return uint48(Standing.unwrap(word) >> 152);
}

function seat(Standing word) pure returns (uint8) {
    return uint8(Standing.unwrap(word) >> 200);
}

function isSeatedIn(Standing word, uint256 round) pure returns (bool) {
    uint256 term = Standing.unwrap(word) >> 208;
    return uint24(term) <= round && round < term >> 24;
}

/// @notice The same seat with another stake and record.
function moved(Standing word, uint96 stake_, int56 regret_, uint48 energy_) pure returns (Standing) {
    uint256 kept = (Standing.unwrap(word) >> 200) << 200;
    return Standing.wrap(kept | (uint256(energy_) << 152) | (uint256(uint56(regret_)) << 96) | stake_);
}
