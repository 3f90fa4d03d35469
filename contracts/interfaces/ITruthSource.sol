// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TopicId} from "../types/Topic.sol";

/// @notice What a truth source can answer for a round. Known and Void are final: a source that answered one of them answers
/// the same ever after.
enum TruthStatus {
    Unknown, // not yet, or the proof does not prove it; ask again, with a proof
    Known, // final: every later answer for this round is the same
    Disputed, // under challenge; the round cannot be resolved until that is decided
    Void // there will never be an answer; the round refunds its wagers
}

/// @dev What `isTruthSource` answers: its own selector, which no contract answers by accident.
bytes4 constant TRUTH_SOURCE = ITruthSource.isTruthSource.selector;

/// @title The contract that knows what happened.
/// @notice A topic names its truth source once, for good. One question has one answer: two Known answers for a round are
/// always equal, whatever proofs were given and whenever.
interface ITruthSource {
    /// @notice Marks the contract as a truth source. `createTopic` asks this, so that a price feed, a token or an account
    /// given by mistake is refused before anybody stakes on it.
    /// @dev `createTopic` refuses with NotATruthSource or TruthIsPriceFeed otherwise. The contract must answer within 100,000
    /// gas. The magic value says what a contract claims to be, not that its answers are true.
    /// @return magic always `TRUTH_SOURCE`, 0xa65dfd3f
    function isTruthSource() external view returns (bytes4 magic);

    /// @notice What it costs at least to corrupt a round's truth, so that no more than that is put at stake on it. The network
    /// asks when the topic is created and, where the source limits then, at every publication.
    /// @return units of the network's token in its smallest unit; the largest number where the source does not depend on
    /// stake, zero where nobody reports for the topic yet
    /// @param topic the topic that asks
    function truthSecurity(TopicId topic) external view returns (uint256 units);

    /// @notice What happened at the round's target time. The network asks when it resolves the round.
    /// @dev View, so that the network calls it without giving control away. A source that needs a transaction to learn
    /// the truth (a price update, a vote) takes that transaction itself and answers here afterwards.
    /// @param topic the topic that asks
    /// @param round the round's number
    /// @param targetTime the moment the round predicts, unix time in seconds
    /// @param proof what the source needs to find the answer; empty where it needs nothing
    /// @return status whether there is an answer
    /// @return value the answer, 1e18 fixed point; zero unless Known
    function truthOf(
        TopicId topic,
        uint256 round,
        uint256 targetTime,
        bytes calldata proof
    ) external view returns (TruthStatus status, int256 value);
}
