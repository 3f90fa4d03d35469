// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

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
