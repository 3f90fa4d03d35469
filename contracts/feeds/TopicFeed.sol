// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {ITopicDesk} from "../interfaces/ITopicDesk.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {FeedHistory, RecordedRound} from "./FeedHistory.sol";

/// @title A topic in the shape of a Chainlink feed.
/// @notice Never reverts, not even when the forecast is stale: check `updatedAt` and `targetTime`, or use a GuardedFeed.
/// Round ids count the topic's published rounds, without gaps. The latest round is read from the network, an older one from
/// the history where somebody recorded it. Of any other round, and before the first, everything is zero: `updatedAt` and
/// `roundId` of zero mean that there is no answer, while an answer of zero with an `updatedAt` is a forecast of zero.
///
/// The answer is a forecast of `targetTime`, not a spot price. It may be zero or negative.
/// @dev A clone made by FeedFactory. Its code ends with `abi.encode(topic, decimals, horizon, heartbeat, ...)`, of which each
/// function decodes as much as it needs.
contract TopicFeed is AggregatorV3Interface {
    /// @notice Where the latest forecast is read.
    ITopicFeed public immutable network;
    /// @notice Where older rounds are read.
    FeedHistory public immutable history;

    /// @inheritdoc AggregatorV3Interface
    uint256 public constant version = 1;

    constructor(ITopicFeed network_, FeedHistory history_) {
        network = network_;
        history = history_;
    }

    /* READ */

    /// @notice The latest round. Answers are rounded toward zero; start and update are both the time of publication.
    function latestRoundData() public view returns (uint80, int256, uint256, uint256, uint80) {
        Forecast memory latest = forecast();
        uint80 roundId = latestRound();

        return (roundId, answerOf(latest), latest.publishedAt, latest.publishedAt, roundId);
    }

    /// @notice As `latestRoundData` for the latest round; a recorded round from the history; zeros for any other.
    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        if (roundId == latestRound()) return latestRoundData();

        RecordedRound memory round = history.roundOf(topic(), roundId);
        if (round.roundId == 0) return (0, 0, 0, 0, 0);
        return (roundId, round.value / scale(), round.publishedAt, round.publishedAt, roundId);
    }

    /// @notice The latest answer alone.
    function latestAnswer() external view returns (int256) {
        return answerOf(forecast());
    }

    /// @notice How many rounds of the topic were published; the latest round's id.
    function latestRound() public view returns (uint80) {
        return uint80(network.publishedOf(topic()));
    }

    /// @notice The moment the latest answer is a forecast of, unix time.
    function targetTime() external view returns (uint256) {
        return forecast().targetTime;
    }

    /// @notice The calibrated interval of the latest answer, rounded outwards. The widest there is while the topic promises
    /// none yet.
    function interval() external view returns (int256 lower, int256 upper) {
        Forecast memory latest = forecast();
        int256 scale_ = scale();

        return (floor(latest.lower, scale_), -floor(-latest.upper, scale_));
    }

    /// @notice All the network says of the topic, in 18 decimals.
    function forecast() public view virtual returns (Forecast memory) {
        return network.read(topic());
    }

    /// @notice A forecast's value in the feed's decimals, rounded toward zero.
    function answerOf(Forecast memory latest) internal view virtual returns (int256) {
        return latest.value / scale();
    }

    /// @dev 18 decimals down to the feed's.
    function scale() internal view returns (int256) {
        return int256(10 ** (18 - decimals()));
    }

    function floor(int256 value, int256 unit) private pure returns (int256 quotient) {
        quotient = value / unit;
        if (quotient * unit > value) quotient -= 1;
    }

    /* TERMS */

    /// @notice The topic this is a view of.
    function topic() public view returns (TopicId topic_) {
        (topic_) = abi.decode(terms(), (TopicId));
    }

    /// @inheritdoc AggregatorV3Interface
    function decimals() public view returns (uint8 decimals_) {
        (, decimals_) = abi.decode(terms(), (TopicId, uint8));
    }

    /// @notice Seconds from a round's opening to its target time.
    function horizon() public view returns (uint256 horizon_) {
        (, , horizon_) = abi.decode(terms(), (TopicId, uint8, uint256));
    }

    /// @notice The most seconds between two publications while the topic is well: its cadence and both of its windows. What
    /// consumers configure as heartbeat.
    function heartbeat() public view returns (uint256 heartbeat_) {
        (, , , heartbeat_) = abi.decode(terms(), (TopicId, uint8, uint256, uint256));
    }

    /// @notice The topic's question, marked as a forecast, with its horizon and heartbeat in seconds.
    function description() external view returns (string memory) {
        string memory question = ITopicDesk(address(network)).descriptionOf(topic());
        string memory ahead = string.concat(" (forecast, ", Strings.toString(horizon()), " s ahead, heartbeat ");
        return string.concat(question, ahead, Strings.toString(heartbeat()), " s)");
    }

    function terms() internal view returns (bytes memory) {
        return Clones.fetchCloneArgs(address(this));
    }
}
