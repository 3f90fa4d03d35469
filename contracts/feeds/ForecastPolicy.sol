// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {Forecast, FeedStatus} from "../types/Feed.sol";

/// @notice What a consumer asks of a forecast before it relies on it. A zero asks nothing; that the forecast is there,
/// live, not thin and not disputed is always asked.
/// @param maxAge most seconds since it was published
/// @param minContributors least number of workers behind it
/// @param minWagers least money behind it, base units of the network's token
/// @param maxWidth widest interval, 1e18 fixed point
/// @param maxWidthBps widest interval as a share of the value, basis points; `maxWidth` comes on top. Use this one for
/// prices and `maxWidth` for what may be near zero
/// @param sequencerFeed a rollup's uptime feed (Chainlink's form); zero address on chains without a sequencer
/// @param grace seconds after the sequencer came back during which nothing is relied on
struct Policy {
    uint32 maxAge;
    uint16 minContributors;
    uint96 minWagers;
    uint104 maxWidth;
    uint32 maxWidthBps;
    address sequencerFeed;
    uint32 grace;
}

/// @notice Why a forecast is not relied on, in the order it is asked.
enum Reason {
    None,
    SequencerDown,
    SequencerJustUp,
    Void,
    Disputed,
    Stale,
    Thin,
    TooOld,
    TooFewContributors,
    TooFewWagers,
    TooWide
}

/// @title Whether a forecast is good enough.
library ForecastPolicy {
    error SequencerDown();
    error SequencerJustUp(uint256 upFor, uint256 grace);
    error ForecastVoid();
    error ForecastDisputed(uint256 round);
    error ForecastStale(uint256 targetTime, uint256 time);
    error ForecastThin(uint256 round);
    error ForecastTooOld(uint256 age, uint256 maxAge);
    error TooFewContributors(uint256 actual, uint256 required);
    error TooFewWagers(uint256 actual, uint256 required);
    error IntervalTooWide(uint256 width, uint256 maxWidth);

    uint256 private constant BPS = 10_000;
    /// @dev Five words.
    uint256 private constant ROUND_DATA = 160;

    /// @notice The first thing that is wrong with a forecast. Never reverts.
    function judge(Policy memory policy, Forecast memory forecast) internal view returns (Reason) {
        Reason ofSequencer = judgeSequencer(policy);
        if (ofSequencer != Reason.None) return ofSequencer;
        if (forecast.status == FeedStatus.Void) return Reason.Void;
        if (forecast.status == FeedStatus.Disputed) return Reason.Disputed;
        if (forecast.status == FeedStatus.Stale) return Reason.Stale;
        if (forecast.status == FeedStatus.Thin) return Reason.Thin;
        if (policy.maxAge > 0 && ageOf(forecast) > policy.maxAge) return Reason.TooOld;
        if (forecast.contributors < policy.minContributors) return Reason.TooFewContributors;
        if (forecast.wagers < policy.minWagers) return Reason.TooFewWagers;
        if (widthOf(forecast) > allowedWidth(policy, forecast)) return Reason.TooWide;
        return Reason.None;
    }

    /// @notice As `judge`, but reverts, with the numbers that are wrong.
    function enforce(Policy memory policy, Forecast memory forecast) internal view {
        Reason reason = judge(policy, forecast);
        if (reason == Reason.None) return;

        require(reason != Reason.SequencerDown, SequencerDown());
        require(reason != Reason.SequencerJustUp, SequencerJustUp(upFor(policy), policy.grace));
        require(reason != Reason.Void, ForecastVoid());
        require(reason != Reason.Disputed, ForecastDisputed(forecast.round));
        require(reason != Reason.Stale, ForecastStale(forecast.targetTime, block.timestamp));
        require(reason != Reason.Thin, ForecastThin(forecast.round));
        require(reason != Reason.TooOld, ForecastTooOld(ageOf(forecast), policy.maxAge));
        require(reason != Reason.TooFewContributors, TooFewContributors(forecast.contributors, policy.minContributors));
        require(reason != Reason.TooFewWagers, TooFewWagers(forecast.wagers, policy.minWagers));
        revert IntervalTooWide(widthOf(forecast), allowedWidth(policy, forecast));
    }

    function ageOf(Forecast memory forecast) private view returns (uint256) {
        return block.timestamp - forecast.publishedAt;
    }

    function widthOf(Forecast memory forecast) private pure returns (uint256) {
        return uint256(forecast.upper - forecast.lower);
    }

    function allowedWidth(Policy memory policy, Forecast memory forecast) private pure returns (uint256) {
        if (policy.maxWidth == 0 && policy.maxWidthBps == 0) return type(uint256).max;
        return policy.maxWidth + (SignedMath.abs(forecast.value) * policy.maxWidthBps) / BPS;
    }

    function judgeSequencer(Policy memory policy) private view returns (Reason) {
        if (policy.sequencerFeed == address(0)) return Reason.None;

        (bool isUp, uint256 since) = sequencer(policy.sequencerFeed);
        if (!isUp) return Reason.SequencerDown;
        return block.timestamp - since > policy.grace ? Reason.None : Reason.SequencerJustUp;
    }

    function upFor(Policy memory policy) private view returns (uint256) {
        (, uint256 since) = sequencer(policy.sequencerFeed);
        return block.timestamp - since;
    }

    /// @dev Answer 0 means up. A feed that has not begun, fails, answers with less than it should, or lives in the future
    /// proves nothing: down. Read by hand, because a `try` reverts where an answer cannot be decoded.
    function sequencer(address feed) private view returns (bool isUp, uint256 since) {
        (bool ok, bytes memory told) = feed.staticcall(abi.encodeCall(AggregatorV3Interface.latestRoundData, ()));
        if (!ok || told.length < ROUND_DATA) return (false, 0);

        int256 answer;
        (, answer, since) = abi.decode(told, (uint256, int256, uint256));
        isUp = answer == 0 && since > 0 && since <= block.timestamp;
    }
}
