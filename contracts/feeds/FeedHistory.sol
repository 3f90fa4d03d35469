// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LibSort} from "solady/src/utils/LibSort.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {FeedStatus, Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";
import {ForecastPolicy, Policy} from "./ForecastPolicy.sol";

/// @notice A published round as it was recorded: one slot.
/// @param value the aggregate, 1e18 fixed point
/// @param targetTime the moment it is a forecast of, unix time
/// @param publishedAt when it was published, unix time
/// @param roundId the topic's count of published rounds, the same number as in the AggregatorV3 views
/// @param round the topic's round, counted by its schedule
/// @param contributors workers behind it; 255 stands for 255 or more
struct RecordedRound {
    int104 value;
    uint32 targetTime;
    uint32 publishedAt;
    uint32 roundId;
    uint24 round;
    uint8 contributors;
}

/// @title The last published rounds of every topic, for consumers that must not rely on one round alone.
/// @notice The network itself keeps the latest round only. Anyone may record it here while it is the latest. Values come from
/// the network, so it does not matter who records. A round that nobody recorded in time stays unrecorded: reads answer zeros for it, never a neighbour.
/// @dev A ring of CAPACITY slots a topic: after the first turn a recording rewrites a slot and never takes a fresh one.
contract FeedHistory {
    /// @notice Thrown by `record` before the topic's first publication, and by `medianOf` likewise.
    error NothingPublished(TopicId topic);
    /// @notice Thrown by `medianOf` where one of the last rounds was never recorded.
    error NotRecorded(TopicId topic, uint256 roundId);
    /// @notice Thrown by `medianOf` for no rounds, or more than are kept.
    error WrongCount(uint256 count, uint256 most);
    /// @notice Thrown by `medianOf` where the topic has published fewer rounds than it shall be taken of.
    error TooFewRounds(TopicId topic, uint256 published, uint256 count);
    /// @notice Thrown by `medianOf` where an older round's value lies outside the policy's range.
    error RoundOutOfRange(uint256 roundId, int256 value, int256 minValue, int256 maxValue);

    /// @notice Emitted when a round is recorded for the first time.
    event RoundRecorded(TopicId indexed topic, uint256 indexed roundId, int256 value, uint256 targetTime);

    /// @notice How many rounds of a topic are kept.
    uint256 public constant CAPACITY = 512;
    /// @notice The most rounds a median can be taken of.
    uint256 public constant MEDIAN_MAX = 64;

    /// @notice Where forecasts are read.
    ITopicFeed public immutable network;

    mapping(TopicId topic => mapping(uint256 place => RecordedRound)) private recorded;

    constructor(ITopicFeed network_) {
        network = network_;
    }

    /* RECORD */

    /// @notice Records the topic's latest round. Without effect where it is recorded already.
    /// @return roundId the latest round's id
    function record(TopicId topic) external returns (uint256 roundId) {
        Forecast memory latest = network.read(topic);
        require(latest.status != FeedStatus.Void, NothingPublished(topic));
        roundId = network.publishedOf(topic);
        RecordedRound storage kept = recorded[topic][roundId % CAPACITY];
        if (kept.roundId == roundId) return roundId;

        // Values lie within int104, times within 32 bits, rounds within 24; of 256 contributors 255 are shown.
        recorded[topic][roundId % CAPACITY] = RecordedRound({
            value: int104(latest.value),
            targetTime: uint32(latest.targetTime),
            publishedAt: uint32(latest.publishedAt),
            roundId: uint32(roundId),
            round: uint24(latest.round),
            contributors: uint8(latest.contributors < 255 ? latest.contributors : 255)
        });

        emit RoundRecorded(topic, roundId, latest.value, latest.targetTime);
    }

    /* READ */

    /// @notice A recorded round; all zeros where it is not recorded, or no longer kept.
    function roundOf(TopicId topic, uint256 roundId) public view returns (RecordedRound memory round) {
        RecordedRound storage kept = recorded[topic][roundId % CAPACITY];
        if (roundId > 0 && kept.roundId == roundId) return kept;
    }

    /// @notice The median of the last `count` published rounds. Reverts unless all of them are recorded, the latest meets the
    /// policy, and every value lies within the policy's range.
    /// @param count 1 to MEDIAN_MAX; the mean of the two middle values where it is even
    /// @return 1e18 fixed point
    function medianOf(TopicId topic, uint256 count, Policy calldata policy) external view returns (int256) {
        require(0 < count && count <= MEDIAN_MAX, WrongCount(count, MEDIAN_MAX));
        uint256 last = network.publishedOf(topic);
        require(last > 0, NothingPublished(topic));
        require(count <= last, TooFewRounds(topic, last, count));
        ForecastPolicy.enforce(policy, network.read(topic));

        int256[] memory values = new int256[](count);
        for (uint256 i = 0; i < count; ++i) {
            RecordedRound memory round = roundOf(topic, last - i);
            require(round.roundId == last - i, NotRecorded(topic, last - i));
            requireInRange(policy, round);
            values[i] = round.value;
        }
        LibSort.insertionSort(values);
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }

    function requireInRange(Policy calldata policy, RecordedRound memory round) private pure {
        require(
            ForecastPolicy.isInRange(policy, round.value),
            RoundOutOfRange(round.roundId, round.value, policy.minValue, policy.maxValue)
        );
    }
}
