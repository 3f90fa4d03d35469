// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {FeedHistory} from "./FeedHistory.sol";
import {ForecastPolicy, Policy, Reason} from "./ForecastPolicy.sol";
import {TopicFeed} from "./TopicFeed.sol";

/// @title A TopicFeed that answers zero instead of a forecast that its policy refuses.
/// @notice For consumers that take an answer of zero for "no price" and turn to a fallback oracle of their own, as Aave v3
/// does, and that would be stopped by a revert. Round id and times stay those of the refused forecast. Never reverts.
contract FallbackFeed is TopicFeed {
    constructor(ITopicFeed network_, FeedHistory history_) TopicFeed(network_, history_) {}

    /// @notice Zero where the policy refuses the forecast.
    function answerOf(Forecast memory latest) internal view override returns (int256) {
        return ForecastPolicy.judge(policy(), latest) == Reason.None ? super.answerOf(latest) : int256(0);
    }

    /// @notice Why the latest answer is zero; None where the policy is met.
    function reason() external view returns (Reason) {
        return ForecastPolicy.judge(policy(), forecast());
    }

    /// @notice What is required of a forecast.
    function policy() public view returns (Policy memory) {
        return ForecastPolicy.decode(terms());
    }
}
