// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {ForecastReader} from "../feeds/ForecastReader.sol";
import {Policy} from "../feeds/ForecastPolicy.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {BlackScholes} from "./BlackScholes.sol";

/// @title An example to copy: two-sided quotes for options, from a forecast of volatility in per cent a year.
/// @notice Two habits worth copying. The interval is the spread: the bid is priced at its lower end and the ask at its upper
/// end, so that the less the topic knows, the less others can win by trading against the quote. Where the interval is wider
/// than the policy allows, or the forecast cannot be relied on, there is no quote: a venue that has to answer would be
/// the one that pays.
contract OptionPricer is ForecastReader {
    /// @notice The policy bounds no width, or no age: every quote would be for sale. Thrown by the constructor.
    error UnboundedPolicy();
    /// @notice The expiry has passed, or lies further ahead than the forecast says anything about.
    error WrongExpiry(uint256 expiry, uint256 latest);

    uint256 private constant PER_CENT = 100;

    /// @notice Most seconds from now to an expiry.
    uint256 public immutable maxTenor;

    /// @param maxTenor_ most seconds from now to an expiry; the topic's horizon as a rule
    constructor(
        ITopicFeed feed_,
        TopicId topic_,
        Policy memory policy_,
        uint256 maxTenor_
    ) ForecastReader(feed_, topic_, policy_) {
        bool isNarrow = policy_.maxWidth > 0 || policy_.maxWidthBps > 0;
        require(isNarrow && policy_.maxAge > 0 && maxTenor_ > 0, UnboundedPolicy());
        maxTenor = maxTenor_;
    }

    /// @notice Premiums of the right to buy one unit: what a writer should pay at most, and what it should ask at least. Reverts
    /// with the numbers that do not meet the policy.
    /// @param spot price of one unit now, 1e18 fixed point: from a source of spot prices, never from a forecast
    /// @param strike price of one unit at the expiry, 1e18 fixed point
    /// @param expiry unix time
    function quoteCall(uint256 spot, uint256 strike, uint256 expiry) external view returns (uint256 bid, uint256 ask) {
        (uint256 low, uint256 high) = deviations(expiry);
        return (BlackScholes.call(spot, strike, low), BlackScholes.call(spot, strike, high));
    }

    /// @notice As `quoteCall`, of the right to sell one unit.
    function quotePut(uint256 spot, uint256 strike, uint256 expiry) external view returns (uint256 bid, uint256 ask) {
        (uint256 low, uint256 high) = deviations(expiry);
        return (BlackScholes.put(spot, strike, low), BlackScholes.put(spot, strike, high));
    }

    /// @dev Standard deviations until the expiry at both ends of the interval, 1e18 fixed point. Below zero there is no
    /// volatility: an interval may reach there.
    function deviations(uint256 expiry) private view returns (uint256 low, uint256 high) {
        uint256 latest = block.timestamp + maxTenor;
        require(block.timestamp < expiry && expiry <= latest, WrongExpiry(expiry, latest));

        Forecast memory forecast = readOrRevert();
        uint256 rootOfYears = FixedPointMathLib.sqrtWad(((expiry - block.timestamp) * 1e18) / 365 days);
        return (deviation(forecast.lower, rootOfYears), deviation(forecast.upper, rootOfYears));
    }

    function deviation(int256 volatility, uint256 rootOfYears) private pure returns (uint256) {
        uint256 size = volatility > 0 ? uint256(volatility) : 0;
        return FixedPointMathLib.mulWad(size, rootOfYears) / PER_CENT;
    }
}
