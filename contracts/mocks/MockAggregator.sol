// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";

/// @title A Chainlink-shaped feed with a history anyone may write.
/// @notice Round ids are `phase << 64 | number`; numbers count from 1 without gaps in each phase. An unknown round is
/// all zeros.
contract MockAggregator is AggregatorV3Interface {
    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    /// @dev One slot, so that proving a round costs one load for each round read.
    struct Answer {
        int192 value;
        uint64 updatedAt;
    }

    uint8 public immutable decimals;
    string public description;
    uint256 public constant version = 1;

    uint80 public latestRound;
    mapping(uint80 roundId => Answer) private answerOf;

    constructor(uint8 decimals_, string memory description_) {
        decimals = decimals_;
        description = description_;
        latestRound = uint80(1) << 64;
    }

    /* WRITE */

    /// @notice Adds the next round of the phase.
    function push(int192 answer, uint64 updatedAt) public returns (uint80 roundId) {
        roundId = latestRound + 1;
        latestRound = roundId;
        set(roundId, answer, updatedAt);
    }

    /// @notice Adds many rounds in one transaction.
    function pushMany(int192[] calldata answers, uint64[] calldata updatedAts) external {
        for (uint256 i = 0; i < answers.length; ++i) {
            push(answers[i], updatedAts[i]);
        }
    }

    /// @notice Starts the next phase, as replacing the aggregator behind a proxy does.
    function startPhase() external {
        latestRound = uint80((latestRound >> 64) + 1) << 64;
    }

    /// @notice Writes any round as it pleases: incomplete ones, other phases, other times.
    function set(uint80 roundId, int192 answer, uint64 updatedAt) public {
        answerOf[roundId] = Answer(answer, updatedAt);

        emit AnswerUpdated(answer, roundId, updatedAt);
    }

    /* READ */

    function getRoundData(uint80 roundId) public view virtual returns (uint80, int256, uint256, uint256, uint80) {
        Answer memory answer = answerOf[roundId];

        if (answer.updatedAt == 0) return (0, 0, 0, 0, 0);
        return (roundId, answer.value, answer.updatedAt, answer.updatedAt, roundId);
    }

    /// @notice The newest round; before the first of a phase its id ends in zero and the rest is zeros.
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        Answer memory answer = answerOf[latestRound];

        return (latestRound, answer.value, answer.updatedAt, answer.updatedAt, latestRound);
    }

    function latestAnswer() external view returns (int256) {
        return answerOf[latestRound].value;
    }
}
