// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {ForecastPolicy, Policy} from "./ForecastPolicy.sol";
import {TopicFeed} from "./TopicFeed.sol";

/// @title A TopicFeed that rather reverts than answers with a forecast its policy refuses.
/// @notice For consumers that check nothing themselves. Those that must never meet a revert use TopicFeed.
contract GuardedFeed is TopicFeed {
    constructor(ITopicFeed network_) TopicFeed(network_) {}

    /// @notice As in TopicFeed; reverts with what is wrong. Everything that answers with a forecast goes through here.
    function forecast() public view override returns (Forecast memory latest) {
        latest = super.forecast();
        ForecastPolicy.enforce(policy(), latest);
    }

    /// @notice What is asked of a forecast.
    function policy() public view returns (Policy memory policy_) {
        (, , , policy_) = abi.decode(terms(), (TopicId, uint8, uint256, Policy));
    }
}
