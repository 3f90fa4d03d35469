// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {FeedHistory} from "./FeedHistory.sol";
import {ForecastPolicy, Policy} from "./ForecastPolicy.sol";
import {TopicFeed} from "./TopicFeed.sol";

/// @title A TopicFeed that reverts instead of answering with a forecast that its policy refuses.
/// @notice For consumers that check nothing themselves. Consumers that must never meet a revert use TopicFeed, or a
/// FallbackFeed.
contract GuardedFeed is TopicFeed {
    /// @notice The forecast is not zero, but less than one unit of the feed's decimals: an answer of zero would be a lie.
    error BelowOneUnit(int256 value, uint8 decimals);

    constructor(ITopicFeed network_, FeedHistory history_) TopicFeed(network_, history_) {}

    /// @notice As in TopicFeed; reverts with the numbers that do not meet the policy. Everything that answers with the latest
    /// forecast goes through here. Recorded older rounds are answered as they were published.
    function forecast() public view override returns (Forecast memory latest) {
        latest = super.forecast();
        ForecastPolicy.enforce(policy(), latest);
    }

    /// @inheritdoc TopicFeed
    function answerOf(Forecast memory latest) internal view override returns (int256 answer) {
        answer = super.answerOf(latest);
        require(answer != 0 || latest.value == 0, BelowOneUnit(latest.value, decimals()));
    }

    /// @notice What is required of a forecast.
    function policy() public view returns (Policy memory) {
        return ForecastPolicy.decode(terms());
    }
}
