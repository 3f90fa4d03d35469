// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FallbackFeed} from "../../../contracts/feeds/FallbackFeed.sol";
import {FeedFactory} from "../../../contracts/feeds/FeedFactory.sol";
import {FeedHistory, RecordedRound} from "../../../contracts/feeds/FeedHistory.sol";
import {ForecastPolicy, Policy, Reason} from "../../../contracts/feeds/ForecastPolicy.sol";
import {GuardedFeed} from "../../../contracts/feeds/GuardedFeed.sol";
import {TopicFeed} from "../../../contracts/feeds/TopicFeed.sol";
import {ITopicNetwork} from "../../../contracts/interfaces/ITopicNetwork.sol";
import {MockTopicFeed} from "../../../contracts/mocks/MockTopicFeed.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

contract FeedHistoryTest {
    MockTopicFeed private mock;
    FeedFactory private factory;
    FeedHistory private history;
    TopicId private topic;
    Policy private none;
    uint256 private time = 10_000;

    function setUp() public {
        vm.warp(time);
        mock = new MockTopicFeed();
        factory = new FeedFactory(ITopicNetwork(address(mock)));
        history = factory.history();
        TopicParams memory params;
        (params.description, params.decimals, params.cadence, params.horizon) = ("What will it be?", 8, 100, 3_600);
        topic = mock.createTopic(params);
    }

    function publish(int256 value) private {
        time += 100;
        vm.warp(time);
        mock.publish(topic, value, 1e18);
    }

    function publishAndRecord(int256 value) private {
        publish(value);
        history.record(topic);
    }

    /* RECORD */

    function test_RefusesToRecordBeforeTheFirstPublication() public {
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.NothingPublished.selector, topic));
        history.record(topic);
    }

    function test_RecordsTheLatestRoundOnce() public {
        publish(20e18);
        require(history.record(topic) == 1, "another id");
        RecordedRound memory round = history.roundOf(topic, 1);
        require(round.value == 20e18 && round.roundId == 1 && round.contributors == 8, "another round");
        require(round.publishedAt == time && round.targetTime == time + 1 hours, "another time");

        // A value that changed behind the same id is not taken: the first recording stands.
        mock.setNegative(topic);
        history.record(topic);
        require(history.roundOf(topic, 1).value == 20e18, "rewritten");
    }

    function test_ARingOfRoundsIsKept() public {
        for (uint256 i = 1; i <= history.CAPACITY() + 1; ++i) publishAndRecord(int256(i) * 1e18);
        require(history.roundOf(topic, 1).roundId == 0, "the first is still there");
        require(history.roundOf(topic, 2).value == 2e18, "the second is gone");
        require(history.roundOf(topic, history.CAPACITY() + 1).roundId > 0, "the last is missing");
    }

    /* VIEWS */

    function test_ViewsAnswerRecordedRoundsAndZerosForOthers() public {
        publishAndRecord(1e18);
        publish(2e18);
        publishAndRecord(3e18);
        publish(4e18);
        TopicFeed feed = factory.createFeed(topic);

        requireAnswer(feed, 1, 1e8);
        requireAnswer(feed, 2, 0);
        requireAnswer(feed, 3, 3e8);
        requireAnswer(feed, 4, 4e8);
        requireAnswer(feed, 5, 0);
        requireAnswer(feed, 0, 0);
        requireAnswer(feed, 1 + uint80(history.CAPACITY()), 0);
        requireAnswer(feed, type(uint80).max, 0);
    }

    function requireAnswer(TopicFeed feed, uint80 asked, int256 expected) private view {
        (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = feed.getRoundData(asked);
        require(answer == expected, "another answer");
        require(id == (expected == 0 ? 0 : asked) && answeredIn == id, "another id");
        require(startedAt == updatedAt && (updatedAt == 0) == (expected == 0), "another time");
    }

    function test_AGuardedFeedRefusesToCallALittleZero() public {
        GuardedFeed feed = factory.createGuardedFeed(topic, none);
        publish(-9e9);
        vm.expectRevert(abi.encodeWithSelector(GuardedFeed.BelowOneUnit.selector, -9e9, uint8(8)));
        feed.latestAnswer();

        publish(1e10);
        require(feed.latestAnswer() == 1, "refused one unit");
        publish(0);
        require(feed.latestAnswer() == 0, "refused zero itself");
    }

    function test_AFallbackFeedAnswersZeroWhereItsPolicyRefuses() public {
        FallbackFeed feed = factory.createFallbackFeed(topic, none);
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        require(answer == 0 && updatedAt == 0 && feed.reason() == Reason.Void, "an answer before the first round");

        publish(20e18);
        require(feed.latestAnswer() == 20e8 && feed.reason() == Reason.None, "refused");
        mock.setThin(topic);
        require(feed.latestAnswer() == 0 && feed.reason() == Reason.Thin, "accepted a thin round");
        publish(20e18);
        vm.warp(time + 1 hours);
        (, answer, , updatedAt, ) = feed.latestRoundData();
        require(answer == 0 && updatedAt == time, "accepted a stale round, or hid its time");
    }

    /* MEDIAN */

    function test_TheMedianNeedsEveryRoundRecorded() public {
        publishAndRecord(1e18);
        publish(2e18);
        publishAndRecord(3e18);

        require(history.medianOf(topic, 1, none) == 3e18, "another median");
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.NotRecorded.selector, topic, 2));
        history.medianOf(topic, 2, none);
    }

    function test_TheMedianNeedsTheLatestRoundRecorded() public {
        publishAndRecord(1e18);
        publish(2e18);
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.NotRecorded.selector, topic, 2));
        history.medianOf(topic, 1, none);
    }

    function test_TheMedianNeedsAsManyRoundsAsAsked() public {
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.NothingPublished.selector, topic));
        history.medianOf(topic, 1, none);
        publishAndRecord(1e18);
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.TooFewRounds.selector, topic, 1, 2));
        history.medianOf(topic, 2, none);
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.WrongCount.selector, 0, 64));
        history.medianOf(topic, 0, none);
        vm.expectRevert(abi.encodeWithSelector(FeedHistory.WrongCount.selector, 65, 64));
        history.medianOf(topic, 65, none);
    }

    function test_TheMedianNeedsAFreshForecast() public {
        publishAndRecord(1e18);
        vm.warp(time + 1 hours);
        vm.expectRevert(abi.encodeWithSelector(ForecastPolicy.ForecastStale.selector, time + 1 hours, time + 1 hours));
        history.medianOf(topic, 1, none);
    }

    function test_TheMedianNeedsEveryValueInRange() public {
        publishAndRecord(-1e18);
        publishAndRecord(3e18);
        Policy memory policy;
        (policy.minValue, policy.maxValue) = (1, 100e18);

        require(history.medianOf(topic, 1, policy) == 3e18, "another median");
        vm.expectRevert(
            abi.encodeWithSelector(FeedHistory.RoundOutOfRange.selector, 1, -1e18, int256(1), int256(100e18))
        );
        history.medianOf(topic, 2, policy);
    }

    /// @dev One round pushed as far as you like moves the median of five no further than to a neighbour.
    function testFuzz_OneRoundAloneCannotMoveTheMedian(int104 pushed, uint8 place) public {
        for (uint256 i = 0; i < 5; ++i) publishAndRecord(i == place % 5 ? int256(pushed) : int256(20e18 + i * 1e16));
        int256 median = history.medianOf(topic, 5, none);
        require(20e18 <= median && median <= 20.04e18, "moved");
    }

    function testFuzz_TheMedianSplitsTheRounds(int64[8] memory values, uint8 count) public {
        uint256 n = 1 + (count % 8);
        for (uint256 i = 0; i < n; ++i) publishAndRecord(values[i]);
        int256 median = history.medianOf(topic, n, none);
        (uint256 below, uint256 above) = (0, 0);
        for (uint256 i = 0; i < n; ++i) {
            if (values[i] < median) ++below;
            if (values[i] > median) ++above;
        }
        require(2 * below <= n && 2 * above <= n, "no median");
    }
}
