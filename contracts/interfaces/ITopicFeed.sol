// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";

/// @title The consumer's side of the network.
interface ITopicFeed {
    /// @notice A topic's latest forecast. Never reverts; check `status` and the age, or use ForecastReader which does.
    function read(TopicId topic) external view returns (Forecast memory);

    /// @notice How many rounds of a topic have reached the feed: a gap-free count that only grows.
    function publishedOf(TopicId topic) external view returns (uint256);

    /// @notice Whether there is a topic of this id.
    function isTopic(TopicId topic) external view returns (bool);

    /// @notice Decimals of the topic's AggregatorV3 view.
    function decimalsOf(TopicId topic) external view returns (uint8);
}
