// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The five functions by which consumers read a price feed, as Chainlink publishes them.
/// @notice Written here so that no file under another licence is shipped. Feeds of this repository state in their own
/// documentation which of these functions can revert, and when.
interface AggregatorV3Interface {
    /// @notice Decimals of every answer: 8 for most prices, 18 for some.
    /// @dev Constant for the life of the feed.
    function decimals() external view returns (uint8);

    /// @notice What the answers mean, in words, such as "ETH / USD".
    /// @dev A forecast's view says here which moment it predicts.
    function description() external view returns (string memory);

    /// @notice Version of the feed's code; consumers hardly ever read it.
    function version() external view returns (uint256);

    /// @notice One round's answer. An unknown round answers zeros or reverts, depending on the feed.
    /// @param roundId the round asked for; on proxied feeds the upper 16 bits count the aggregators behind the proxy
    /// @return id the same round
    /// @return answer in `decimals()`
    /// @return startedAt when the round began, unix time in seconds
    /// @return updatedAt when the answer was given, unix time in seconds; zero where there is none
    /// @return answeredInRound of historical use only
    function getRoundData(
        uint80 roundId
    ) external view returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);

    /// @notice The latest answer, with the same values as `getRoundData`. Some feeds revert before their first answer.
    /// @dev Never proves that the answer is fresh. A consumer checks `updatedAt` against its own limit of age.
    function latestRoundData()
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
