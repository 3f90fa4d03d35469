// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {IVolFeed} from "../interfaces/IVolFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {ForecastPolicy, Policy} from "./ForecastPolicy.sol";

/// @title Volatility for any expiry within thirty days, from topics that forecast it over 1, 7 and 30 days.
/// @notice In the shape that option venues read. Reverts where the policy refuses a forecast that the expiry needs. Between two
/// tenors the variance of the whole time grows straight, as is usual; before the first tenor the volatility is that of
/// the first, after the last there is none. The strike plays no part: the topics say nothing of a smile.
///
/// The confidence is one less the interval's width as a share of the value, and zero where the interval is as wide as the
/// value or wider; of two tenors the lower one.
contract TermStructure is IVolFeed {
    /// @notice The address given as feed holds no code on this chain. Thrown by the constructor.
    error NotAFeed(address feed);
    /// @notice The feed has no topic of this id. Thrown by the constructor.
    error UnknownTopic(TopicId topic);
    /// @notice The expiry has passed, or lies beyond the last tenor.
    error WrongExpiry(uint256 expiry, uint256 latest);
    /// @notice A volatility is above zero.
    error NotAVolatility(int256 value);

    uint256 private constant WAD = 1e18;
    /// @dev Topics ask in per cent.
    uint256 private constant PER_CENT = 100;

    ITopicFeed public immutable feed;
    TopicId public immutable ofDay;
    TopicId public immutable ofWeek;
    TopicId public immutable ofMonth;
    Policy private policy_;

    /// @param ofDay_ topic whose forecasts are of the volatility over 1 day, per cent a year
    /// @param ofWeek_ the same over 7 days
    /// @param ofMonth_ the same over 30 days
    constructor(ITopicFeed feed_, TopicId ofDay_, TopicId ofWeek_, TopicId ofMonth_, Policy memory required) {
        require(address(feed_).code.length > 0, NotAFeed(address(feed_)));
        require(feed_.isTopic(ofDay_), UnknownTopic(ofDay_));
        require(feed_.isTopic(ofWeek_), UnknownTopic(ofWeek_));
        require(feed_.isTopic(ofMonth_), UnknownTopic(ofMonth_));

        (feed, ofDay, ofWeek, ofMonth) = (feed_, ofDay_, ofWeek_, ofMonth_);
        policy_ = required;
    }

    /// @notice What is required of each forecast.
    function policy() external view returns (Policy memory) {
        return policy_;
    }

    /// @inheritdoc IVolFeed
    function getVol(uint128, uint64 expiry) external view returns (uint256 vol, uint256 confidence) {
        return volatilityTo(expiry);
    }

    /// @inheritdoc IVolFeed
    function getExpiryMinConfidence(uint64 expiry) external view returns (uint256 confidence) {
        (, confidence) = volatilityTo(expiry);
    }

    function volatilityTo(uint256 expiry) private view returns (uint256, uint256) {
        uint256 latest = block.timestamp + 30 days;
        require(block.timestamp < expiry && expiry <= latest, WrongExpiry(expiry, latest));

        uint256 time = expiry - block.timestamp;
        if (time <= 1 days) return tenorOf(ofDay);
        if (time <= 7 days) return between(ofDay, 1 days, ofWeek, 7 days, time);
        return between(ofWeek, 7 days, ofMonth, 30 days, time);
    }

    /// @dev Volatilities have 104 bits less the division by 100: their squares times 30 days fit.
    function between(
        TopicId near,
        uint256 nearTime,
        TopicId far,
        uint256 farTime,
        uint256 time
    ) private view returns (uint256 vol, uint256 confidence) {
        (uint256 nearVol, uint256 nearConfidence) = tenorOf(near);
        (uint256 farVol, uint256 farConfidence) = tenorOf(far);

        uint256 nearPart = nearVol * nearVol * nearTime * (farTime - time);
        uint256 farPart = farVol * farVol * farTime * (time - nearTime);
        vol = FixedPointMathLib.sqrt((nearPart + farPart) / (farTime - nearTime) / time);
        confidence = FixedPointMathLib.min(nearConfidence, farConfidence);
    }

    /// @return vol a year, 1e18 fixed point
    /// @return confidence 0 to 1e18
    function tenorOf(TopicId topic) private view returns (uint256 vol, uint256 confidence) {
        (bool isReadable, Forecast memory forecast) = ForecastPolicy.tryRead(feed, topic);
        require(isReadable, ForecastPolicy.ForecastUnreadable(address(feed)));
        ForecastPolicy.enforce(policy_, forecast);
        require(forecast.value > 0, NotAVolatility(forecast.value));

        // An interval spans at most all of int104, and a value has 104 bits.
        uint256 value = uint256(forecast.value);
        uint256 doubt = (uint256(forecast.upper - forecast.lower) * WAD) / value;
        return (value / PER_CENT, FixedPointMathLib.zeroFloorSub(WAD, doubt));
    }
}
