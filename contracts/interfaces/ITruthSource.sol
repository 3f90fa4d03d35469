// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TopicId} from "../types/Topic.sol";

/// @notice What a truth source can say of a round.
enum TruthStatus {
    Unknown, // not yet, or the proof does not prove it
    Known,
    Disputed, // under challenge: ask again later
    Void // there will never be an answer
}

/// @title The contract that knows what happened.
/// @notice Immutable per topic. One question has one answer: two Known answers for a round are always equal.
interface ITruthSource {
    /// @notice What happened at the round's target time.
    /// @dev View, so that the network calls it without giving control away. A source that needs a transaction to learn
    /// the truth (a price update, a vote) takes that transaction itself and answers here afterwards.
    /// @param proof whatever the source needs to find the answer; empty where it needs nothing
    /// @return status whether there is an answer
    /// @return value the answer, 1e18 fixed point; zero unless Known
    function truthOf(
        TopicId topic,
        uint256 round,
        uint256 targetTime,
        bytes calldata proof
    ) external view returns (TruthStatus status, int256 value);
}
