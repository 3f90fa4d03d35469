// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";

/// @title The consumer's side of the network.
/// @notice Reads are free of charge, need no permission and never revert. A forecast is not a spot price: `targetTime` is the
/// moment it predicts. Consumers that want a stale, thin or wide forecast refused inherit ForecastReader or read a guarded feed.
interface ITopicFeed {
    /// @notice A topic's latest forecast: value and interval as 1e18 fixed point, with its round, times and status. Check
    /// `status` and the age before you use the value.
    /// @dev One cold slot. All zeros, status Void, where nothing was published or there is no such topic. The interval spans all
    /// of int104 until the topic has seen enough rounds to promise one.
    function read(TopicId topic) external view returns (Forecast memory);

    /// @notice How many rounds of a topic have reached the feed: grows by one at a time, and can serve as a round id.
    function publishedOf(TopicId topic) external view returns (uint256);

    /// @notice Whether there is a topic of this id.
    function isTopic(TopicId topic) external view returns (bool);

    /// @notice Decimals of the topic's AggregatorV3 view, 0 to 18; `read` has 18 whatever they are.
    function decimalsOf(TopicId topic) external view returns (uint8);
}
