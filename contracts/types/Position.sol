// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A worker's stake and skill in one topic, keyed by its signer. The first slot is all a round touches.
struct Position {
    // slot 0: read at reveal, written at settle
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
}
