// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../interfaces/ITopicRounds.sol";
import {TopicId} from "./Topic.sol";

/// @dev Bytes of an outcome, in memory, in calldata and as `abi.encode` lays it.
uint256 constant OUTCOME_SIZE = 320;

/// @notice Two numbers in one word, each within int128: `first << 128 | second`, both in two's complement.
type Pair is uint256;

using {first, second, split} for Pair global;

/// @notice What `publish` found: emitted as it lies, kept as one hash, given back as calldata by `resolve` and `settle`. Ten
/// words, two numbers in most: a word of it costs some 550 gas a round. Values are 1e18 fixed point and within int104.
/// @param values the aggregate that is published | the inner aggregate, before the cap on shares: regrets are measured
/// against it
/// @param widths of the interval below | above the published value; `type(uint104).max` in both where nothing is promised yet
/// @param experts what the house experts said: the wager-weighted median | the mean corrected by its rolling bias
/// @param middles wager-weighted mean of the clamped values | the reference: the topic's center at the publication
/// @param clip lower | upper end that every value was clamped to: range, domain and clip radius together
/// @param domain lower | upper end of the range that losses are measured in, frozen when the round opened
/// @param stakes sum of all wagers | how much of that is exposed to gain and loss, token base units: all of it, unless the
/// truth source limits what may depend on it
/// @param pool what the pool plays against the workers at the reference | what it pays for taking part, token base units; both
/// leave it as the round settles
/// @param publisher who shares the keeper tip (160 bits) | sum of all budgets, stake x risk, token base units (96 bits)
/// @param batches digest of the chained batches (160 bits) | the topic's era at the publication (96 bits)
struct Outcome {
    Pair values;
    Pair widths;
    Pair experts;
    Pair middles;
    Pair clip;
    Pair domain;
    Pair stakes;
    Pair pool;
    uint256 publisher;
    uint256 batches;
}

using {publishedBy, budgetsOf, batchesOf, eraOf} for Outcome global;

/// @dev Both numbers lie within int128: values and widths have 104 bits, money has 96.
function pair(int256 first_, int256 second_) pure returns (Pair) {
    return Pair.wrap((uint256(first_) << 128) | uint128(uint256(second_)));
}

function pair(uint256 first_, uint256 second_) pure returns (Pair) {
    return Pair.wrap((first_ << 128) | second_);
}

function first(Pair both) pure returns (int256) {
    return int256(Pair.unwrap(both)) >> 128;
}

/// @dev Cuts off the first.
function second(Pair both) pure returns (int256) {
    return int128(uint128(Pair.unwrap(both)));
}

function split(Pair both) pure returns (int256, int256) {
    return (first(both), second(both));
}

/// @dev Cuts off the budgets.
function publishedBy(Outcome calldata outcome) pure returns (address) {
    return address(uint160(outcome.publisher >> 96));
}

/// @dev Cuts off the publisher.
function budgetsOf(Outcome calldata outcome) pure returns (uint256) {
    return uint96(outcome.publisher);
}

/// @dev Cuts off the era.
function batchesOf(Outcome calldata outcome) pure returns (bytes20) {
    return bytes20(bytes32(outcome.batches));
}

/// @dev Cuts off the batches.
function eraOf(Outcome calldata outcome) pure returns (uint256) {
    return uint96(outcome.batches);
}

/// @notice The hash a round keeps of its outcome.
function digestOf(Outcome memory outcome) pure returns (bytes20) {
    bytes32 digest;
    // A struct of words lies in memory as `abi.encode` would lay it.
    assembly ("memory-safe") {
        digest := keccak256(outcome, OUTCOME_SIZE)
    }
    return bytes20(digest);
}

/// @notice The same, of an outcome that is given back.
function givenDigestOf(Outcome calldata outcome) pure returns (bytes20) {
    bytes32 digest;
    // A struct of words lies in calldata as `abi.encode` would lay it. The scratch copy stays beyond the free pointer.
    assembly ("memory-safe") {
        let buffer := mload(0x40)
        calldatacopy(buffer, outcome, OUTCOME_SIZE)
        digest := keccak256(buffer, OUTCOME_SIZE)
    }
    return bytes20(digest);
}

/// @notice Emits RoundPublished with it.
function emitPublished(Outcome memory outcome, TopicId id, uint256 round) {
    bytes32 selector = ITopicRounds.RoundPublished.selector;
    // A struct of words lies in memory as `abi.encode` would lay it.
    assembly ("memory-safe") {
        log3(outcome, OUTCOME_SIZE, selector, id, round)
    }
}
