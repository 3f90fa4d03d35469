// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {FeedStatus, Forecast} from "../types/Feed.sol";
import {Topic, TopicId, TopicParams} from "../types/Topic.sol";

/// @title The consumer's side of the network with whatever forecast a test wants to see.
/// @notice `publish` gives a good forecast; each `set` spoils it in one way.
contract MockTopicFeed is ITopicFeed {
    mapping(TopicId topic => Topic) private topics;
    mapping(TopicId topic => Forecast) private forecasts;

    /// @notice A topic's question in words.
    mapping(TopicId topic => string) public descriptionOf;

    /// @notice Opens a topic, with as many of its terms as a feed asks for.
    function createTopic(TopicParams calldata params) external returns (TopicId topic) {
        topic = TopicId.wrap(keccak256(abi.encode(params)));
        (topics[topic].decimals, topics[topic].cadence) = (params.decimals, params.cadence);
        (topics[topic].truth, topics[topic].horizon) = (params.truth, params.horizon);
        (topics[topic].commitWindow, topics[topic].revealWindow) = (params.commitWindow, params.revealWindow);
        descriptionOf[topic] = params.description;
    }

    /* SCENARIOS */

    /// @notice A live forecast of eight workers with 1,000 at risk, for an hour from now.
    function publish(TopicId topic, int256 value, uint256 half) public {
        forecasts[topic] = Forecast({
            value: value,
            lower: value - int256(half),
            upper: value + int256(half),
            targetTime: block.timestamp + 1 hours,
            publishedAt: block.timestamp,
            round: forecasts[topic].round + 1,
            contributors: 8,
            wagers: 1_000e18,
            status: FeedStatus.Live
        });
    }

    /// @notice Nothing was ever published.
    function setVoid(TopicId topic) external {
        delete forecasts[topic];
    }

    /// @notice The target time has just passed.
    function setStale(TopicId topic) external {
        forecasts[topic].targetTime = block.timestamp;
    }

    /// @notice The last round was thin.
    function setThin(TopicId topic) external {
        forecasts[topic].status = FeedStatus.Thin;
    }

    /// @notice The truth is under challenge.
    function setDisputed(TopicId topic) external {
        forecasts[topic].status = FeedStatus.Disputed;
    }

    /// @notice Published long ago, for a target that is still ahead.
    function setOld(TopicId topic, uint256 age) external {
        forecasts[topic].publishedAt = block.timestamp - age;
    }

    /// @notice The value and its interval with the other sign.
    function setNegative(TopicId topic) external {
        Forecast storage forecast = forecasts[topic];
        (forecast.value, forecast.lower, forecast.upper) = (-forecast.value, -forecast.upper, -forecast.lower);
    }

    /// @notice An interval this wide to each side.
    function setWide(TopicId topic, uint256 half) external {
        Forecast storage forecast = forecasts[topic];
        (forecast.lower, forecast.upper) = (forecast.value - int256(half), forecast.value + int256(half));
    }

    /// @notice No interval is promised yet.
    function setUnpromised(TopicId topic) external {
        (forecasts[topic].lower, forecasts[topic].upper) = (type(int104).min, type(int104).max);
    }

    /// @notice Little behind the forecast.
    function setBacking(TopicId topic, uint256 contributors, uint256 wagers) external {
        (forecasts[topic].contributors, forecasts[topic].wagers) = (contributors, wagers);
    }

    /* READ */

    /// @inheritdoc ITopicFeed
    function read(TopicId topic) external view returns (Forecast memory forecast) {
        forecast = forecasts[topic];
        bool isPast = forecast.status != FeedStatus.Void && forecast.targetTime <= block.timestamp;
        if (isPast) forecast.status = FeedStatus.Stale;
    }

    /// @inheritdoc ITopicFeed
    function publishedOf(TopicId topic) external view returns (uint256) {
        return forecasts[topic].round;
    }

    /// @inheritdoc ITopicFeed
    function isTopic(TopicId topic) external view returns (bool) {
        return topics[topic].cadence > 0;
    }

    /// @inheritdoc ITopicFeed
    function decimalsOf(TopicId topic) external view returns (uint8) {
        return topics[topic].decimals;
    }

    function topicOf(TopicId topic) external view returns (Topic memory) {
        return topics[topic];
    }
}
