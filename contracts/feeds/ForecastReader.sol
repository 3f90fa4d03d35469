// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {ForecastPolicy, Policy, Reason} from "./ForecastPolicy.sol";

/// @title One topic's forecast under one policy, for contracts to inherit.
/// @notice `tryReadForecast`, `tryRead` and `readOr` never revert; `readOrRevert` does. For several topics use
/// ForecastPolicy itself. `Policies` has policies to start from.
///
/// Example: `contract Vault is ForecastReader { ... }`, in the README and in docs/Consumers.md.
/// @dev A forecast predicts a moment in the future. It is not a spot price, and one round should never by itself liquidate
/// a position.
abstract contract ForecastReader {
    /// @notice The address given as feed holds no code on this chain.
    error NotAFeed(address feed);
    /// @notice The feed has no topic of this id. A topic's id is the hash of its terms.
    error UnknownTopic(TopicId topic);

    ITopicFeed public immutable feed;
    TopicId public immutable topic;

    uint32 private immutable maxAge;
    uint16 private immutable minContributors;
    uint96 private immutable minWagers;
    uint104 private immutable maxWidth;
    uint32 private immutable maxWidthBps;
    int104 private immutable minValue;
    int104 private immutable maxValue;
    address private immutable sequencerFeed;
    uint32 private immutable grace;

    constructor(ITopicFeed feed_, TopicId topic_, Policy memory policy_) {
        require(address(feed_).code.length > 0, NotAFeed(address(feed_)));
        require(feed_.isTopic(topic_), UnknownTopic(topic_));

        feed = feed_;
        topic = topic_;
        maxAge = policy_.maxAge;
        minContributors = policy_.minContributors;
        minWagers = policy_.minWagers;
        maxWidth = policy_.maxWidth;
        maxWidthBps = policy_.maxWidthBps;
        minValue = policy_.minValue;
        maxValue = policy_.maxValue;
        sequencerFeed = policy_.sequencerFeed;
        grace = policy_.grace;
    }

    /// @notice What this contract requires of a forecast.
    function policy() public view returns (Policy memory) {
        return
            Policy({
                maxAge: maxAge,
                minContributors: minContributors,
                minWagers: minWagers,
                maxWidth: maxWidth,
                maxWidthBps: maxWidthBps,
                minValue: minValue,
                maxValue: maxValue,
                sequencerFeed: sequencerFeed,
                grace: grace
            });
    }

    /// @notice The whole forecast, and whether it meets the policy. Never reverts, whatever the feed does.
    /// @return ok whether the policy is met
    /// @return reason the first requirement that is not met; None if `ok`
    /// @return forecast the forecast, whether `ok` or not; empty where it is unreadable
    function tryReadForecast() public view returns (bool ok, Reason reason, Forecast memory forecast) {
        bool isReadable;
        (isReadable, forecast) = ForecastPolicy.tryRead(feed, topic);
        reason = isReadable ? ForecastPolicy.judge(policy(), forecast) : Reason.Unreadable;
        ok = reason == Reason.None;
    }

    /// @notice As `tryReadForecast`, with the value alone.
    /// @return ok whether the policy is met
    /// @return reason the first requirement that is not met; None if `ok`
    /// @return value the aggregate, 1e18 fixed point, whether `ok` or not
    function tryRead() public view returns (bool ok, Reason reason, int256 value) {
        Forecast memory forecast;
        (ok, reason, forecast) = tryReadForecast();
        value = forecast.value;
    }

    /// @notice The aggregate if the policy is met, else the fallback.
    /// @param fallbackValue the cautious answer, 1e18 fixed point
    function readOr(int256 fallbackValue) public view returns (int256) {
        (bool ok, , int256 value) = tryRead();
        return ok ? value : fallbackValue;
    }

    /// @notice The whole forecast; reverts with the numbers that do not meet the policy.
    function readOrRevert() public view returns (Forecast memory forecast) {
        bool isReadable;
        (isReadable, forecast) = ForecastPolicy.tryRead(feed, topic);
        require(isReadable, ForecastPolicy.ForecastUnreadable(address(feed)));
        ForecastPolicy.enforce(policy(), forecast);
    }
}
