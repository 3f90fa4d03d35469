// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {Policy} from "./ForecastPolicy.sol";
import {ForecastReader} from "./ForecastReader.sol";

/// @title A forecast price in the shape of ERC-7726 (draft): how much quote an amount of base will be worth.
/// @notice For topics whose value is a price of one whole base in whole quotes. Reverts where the policy refuses the forecast
/// and where the price is not positive; rounds down.
contract QuoteFeed is ForecastReader {
    /// @notice The pair asked for is neither the feed's nor its inverse.
    error UnsupportedPair(address base, address quote);
    /// @notice A price that is zero or less quotes nothing.
    error NotAPrice(int256 value);

    address public immutable base;
    address public immutable quote;
    uint256 private immutable baseUnit;
    uint256 private immutable quoteUnit;

    /// @param base_ token, or an address that stands for a currency by ERC-7726: address(840) for the US dollar
    /// @param baseDecimals of an amount of base
    /// @param quoteDecimals of an amount of quote
    constructor(
        ITopicFeed feed_,
        TopicId topic_,
        Policy memory policy_,
        address base_,
        uint8 baseDecimals,
        address quote_,
        uint8 quoteDecimals
    ) ForecastReader(feed_, topic_, policy_) {
        (base, quote) = (base_, quote_);
        (baseUnit, quoteUnit) = (10 ** baseDecimals, 10 ** quoteDecimals);
    }

    /// @notice What an amount of base will be worth in quote at the forecast's target time, or the other way round. Units of
    /// the tokens; rounded down; reverts on overflow.
    function getQuote(uint256 amount, address base_, address quote_) external view returns (uint256) {
        bool isStraight = base_ == base && quote_ == quote;
        bool isInverse = base_ == quote && quote_ == base;
        require(isStraight || isInverse, UnsupportedPair(base_, quote_));

        Forecast memory forecast = readOrRevert();
        require(forecast.value > 0, NotAPrice(forecast.value));
        uint256 price = uint256(forecast.value) * quoteUnit; // below 2^104 times 10^18 and a few
        return isStraight ? Math.mulDiv(amount, price, 1e18 * baseUnit) : Math.mulDiv(amount, 1e18 * baseUnit, price);
    }
}
