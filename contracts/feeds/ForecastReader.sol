// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {ForecastPolicy, Policy, Reason} from "./ForecastPolicy.sol";

/// @title One topic's forecast under one policy, for contracts to inherit.
/// @notice `tryRead` and `readOr` never revert, `readOrRevert` does. For several topics use ForecastPolicy itself.
/// @dev A forecast speaks of a moment that is yet to come. It is no spot price, and one round of it should never by itself
/// liquidate anyone.
abstract contract ForecastReader {
    ITopicFeed public immutable feed;
    TopicId public immutable topic;

    uint32 private immutable maxAge;
    uint16 private immutable minContributors;
    uint96 private immutable minWagers;
    uint104 private immutable maxWidth;
    uint32 private immutable maxWidthBps;
    address private immutable sequencerFeed;
    uint32 private immutable grace;

    constructor(ITopicFeed feed_, TopicId topic_, Policy memory policy_) {
        feed = feed_;
        topic = topic_;
        maxAge = policy_.maxAge;
        minContributors = policy_.minContributors;
        minWagers = policy_.minWagers;
        maxWidth = policy_.maxWidth;
        maxWidthBps = policy_.maxWidthBps;
        sequencerFeed = policy_.sequencerFeed;
        grace = policy_.grace;
    }

    /// @notice What this contract asks of a forecast.
    function policy() public view returns (Policy memory) {
        return Policy(maxAge, minContributors, minWagers, maxWidth, maxWidthBps, sequencerFeed, grace);
    }

    /// @notice The forecast, and whether it may be relied on.
    /// @return ok whether the policy is met
    /// @return reason what is not met; None if `ok`
    /// @return value the aggregate, 1e18 fixed point, whether `ok` or not
    function tryRead() public view returns (bool ok, Reason reason, int256 value) {
        Forecast memory forecast = feed.read(topic);
        reason = ForecastPolicy.judge(policy(), forecast);

        return (reason == Reason.None, reason, forecast.value);
    }

    /// @notice The aggregate if the policy is met, else the fallback.
    function readOr(int256 fallbackValue) public view returns (int256) {
        (bool ok, , int256 value) = tryRead();
        return ok ? value : fallbackValue;
    }

    /// @notice The whole forecast; reverts with what is wrong if the policy is not met.
    function readOrRevert() public view returns (Forecast memory forecast) {
        forecast = feed.read(topic);
        ForecastPolicy.enforce(policy(), forecast);
    }
}
