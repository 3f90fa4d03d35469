// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {LibCall} from "solady/src/utils/LibCall.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast, FeedStatus} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";

/// @notice What a consumer requires of a forecast before it relies on it. A zero requires nothing. That the forecast exists
/// and is live, not thin and not disputed is always required.
/// @param maxAge most seconds since publication
/// @param minContributors least number of workers behind it
/// @param minWagers least money at risk behind it, base units of the network's token
/// @param maxWidth widest interval, 1e18 fixed point
/// @param maxWidthBps widest interval as a share of the value, basis points, added to `maxWidth`. Suits prices;
/// `maxWidth` suits values that may be near zero
/// @param minValue least value, 1e18 fixed point. The range is required where either of its ends is not zero
/// @param maxValue greatest value, 1e18 fixed point
/// @param sequencerFeed a rollup's uptime feed in Chainlink's shape; the zero address on chains without a sequencer
/// @param grace seconds after the sequencer came back during which no forecast is accepted
struct Policy {
    uint32 maxAge;
    uint16 minContributors;
    uint96 minWagers;
    uint104 maxWidth;
    uint32 maxWidthBps;
    int104 minValue;
    int104 maxValue;
    address sequencerFeed;
    uint32 grace;
}

/// @notice Why a forecast is refused, in the order of the checks.
enum Reason {
    None,
    Unreadable, // the feed did not answer with a forecast
    SequencerDown,
    SequencerJustUp,
    Void,
    Disputed,
    Stale,
    Thin,
    TooOld,
    TooFewContributors,
    TooFewWagers,
    TooWide,
    OutOfRange
}

/// @title Judges a forecast by a policy.
library ForecastPolicy {
    error ForecastUnreadable(address feed);
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
    error ValueOutOfRange(int256 value, int256 minValue, int256 maxValue);

    uint256 private constant BPS = 10_000;
    /// @dev Five words.
    uint256 private constant ROUND_DATA = 160;
    /// @dev Nine words.
    uint256 private constant FORECAST = 288;

    /// @notice A topic's forecast from a feed that may answer anything. Never reverts, except where the call runs out of gas.
    /// @dev Copies at most the length of a forecast, so that a hostile feed cannot make the copy expensive.
    /// @return ok whether the feed answered with a forecast; if not, the forecast is empty
    function tryRead(ITopicFeed feed, TopicId topic) internal view returns (bool ok, Forecast memory forecast) {
        bytes memory call = abi.encodeCall(ITopicFeed.read, (topic));
        (bool answered, , bytes memory answer) = LibCall.tryStaticCall(
            address(feed),
            gasleft(),
            uint16(FORECAST),
            call
        );
        if (!answered || answer.length < FORECAST || !isStatus(answer)) return (false, forecast);

        return (true, abi.decode(answer, (Forecast)));
    }

    /// @dev The last word has to name a status, or decoding would revert.
    function isStatus(bytes memory answer) private pure returns (bool) {
        uint256 status;
        // `answer` holds nine words after its length, so the ninth lies within it.
        assembly ("memory-safe") {
            status := mload(add(answer, 0x120))
        }
        return status <= uint256(type(FeedStatus).max);
    }

    /// @notice The policy that a feed view's code ends with, after `abi.encode(topic, decimals, horizon, heartbeat)`.
    function decode(bytes memory terms) internal pure returns (Policy memory policy) {
        (, , , , policy) = abi.decode(terms, (TopicId, uint8, uint256, uint256, Policy));
    }

    /// @notice The first requirement that a forecast does not meet. Never reverts.
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
        if (!isInRange(policy, forecast.value)) return Reason.OutOfRange;
        return Reason.None;
    }

    /// @notice As `judge`, but reverts with the numbers that do not meet the policy.
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
        require(reason != Reason.TooWide, IntervalTooWide(widthOf(forecast), allowedWidth(policy, forecast)));
        revert ValueOutOfRange(forecast.value, policy.minValue, policy.maxValue);
    }

    /// @dev A publication in the future is older than any limit: such a feed's times mean nothing.
    function ageOf(Forecast memory forecast) private view returns (uint256) {
        if (forecast.publishedAt > block.timestamp) return type(uint256).max;
        return block.timestamp - forecast.publishedAt;
    }

    /// @dev Ends in the wrong order wrap to a width beyond any limit.
    function widthOf(Forecast memory forecast) private pure returns (uint256) {
        unchecked {
            return uint256(forecast.upper - forecast.lower);
        }
    }

    function allowedWidth(Policy memory policy, Forecast memory forecast) private pure returns (uint256) {
        if (policy.maxWidth == 0 && policy.maxWidthBps == 0) return type(uint256).max;
        uint256 share = Math.saturatingMul(SignedMath.abs(forecast.value), policy.maxWidthBps) / BPS;
        return Math.saturatingAdd(policy.maxWidth, share);
    }

    /// @notice Whether a value lies in the policy's range; always where the policy requires none.
    function isInRange(Policy memory policy, int256 value) internal pure returns (bool) {
        if (policy.minValue == 0 && policy.maxValue == 0) return true;
        return policy.minValue <= value && value <= policy.maxValue;
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

    /// @dev Answer 0 means up. A feed that has not begun, fails, answers with fewer words or lives in the future proves
    /// nothing, which counts as down. A `try` would revert where an answer cannot be decoded.
    function sequencer(address feed) private view returns (bool isUp, uint256 since) {
        bytes memory call = abi.encodeCall(AggregatorV3Interface.latestRoundData, ());
        (bool ok, , bytes memory told) = LibCall.tryStaticCall(feed, gasleft(), uint16(ROUND_DATA), call);
        if (!ok || told.length < ROUND_DATA) return (false, 0);

        int256 answer;
        (, answer, since) = abi.decode(told, (uint256, int256, uint256));
        isUp = answer == 0 && since > 0 && since <= block.timestamp;
    }
}
