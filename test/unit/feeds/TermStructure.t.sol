// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ForecastPolicy, Policy} from "../../../contracts/feeds/ForecastPolicy.sol";
import {TermStructure} from "../../../contracts/feeds/TermStructure.sol";
import {MockTopicFeed} from "../../../contracts/mocks/MockTopicFeed.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

/// @notice Forecasts of 40 per cent over a day, 30 over a week and 20 over a month, each with an interval of a tenth of it.
contract TermStructureTest {
    MockTopicFeed private feed = new MockTopicFeed();
    TopicId[3] private topics;
    TermStructure private terms;

    function setUp() external {
        vm.warp(1_800_000_000);
        for (uint256 i = 0; i < 3; ++i) {
            TopicParams memory params;
            (params.cadence, params.horizon) = (3_600, uint24(i + 1));
            topics[i] = feed.createTopic(params);
        }
        feed.publish(topics[0], 40e18, 2e18);
        feed.publish(topics[1], 30e18, 1.5e18);
        feed.publish(topics[2], 20e18, 1e18);
        terms = build(topics[0], topics[1], topics[2]);
    }

    function build(TopicId day, TopicId week, TopicId month) private returns (TermStructure) {
        Policy memory policy;
        (policy.maxAge, policy.minContributors) = (3 hours, 5);
        return new TermStructure(feed, day, week, month, policy);
    }

    function test_RefusesAFeedWithoutCodeAndUnknownTopics() external {
        Policy memory policy;
        vm.expectRevert(abi.encodeWithSelector(TermStructure.NotAFeed.selector, address(1)));
        new TermStructure(MockTopicFeed(address(1)), topics[0], topics[1], topics[2], policy);
        TopicId unknown = TopicId.wrap(bytes32(uint256(1)));
        for (uint256 i = 0; i < 3; ++i) {
            TopicId[3] memory given = [topics[0], topics[1], topics[2]];
            given[i] = unknown;
            vm.expectRevert(abi.encodeWithSelector(TermStructure.UnknownTopic.selector, unknown));
            build(given[0], given[1], given[2]);
        }
    }

    function test_RefusesExpiriesOutsideOfThirtyDays() external {
        uint256 latest = block.timestamp + 30 days;
        vm.expectRevert(abi.encodeWithSelector(TermStructure.WrongExpiry.selector, block.timestamp, latest));
        terms.getVol(1, uint64(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(TermStructure.WrongExpiry.selector, latest + 1, latest));
        terms.getVol(1, uint64(latest + 1));
    }

    function test_AnswersEachTenorAsItsTopicDoesAndTheFirstBeforeIt() external view {
        requireVol(1, 0.4e18);
        requireVol(1 days, 0.4e18);
        requireVol(7 days, 0.3e18);
        requireVol(30 days, 0.2e18);
    }

    function requireVol(uint256 ahead, uint256 expected) private view {
        (uint256 vol, uint256 confidence) = terms.getVol(1, uint64(block.timestamp + ahead));
        require(vol == expected && confidence == 0.9e18, "vol");
    }

    /// @dev Four days: half way from 0.16 times 1 to 0.09 times 7 years' variance, over 4.
    function test_BetweenTwoTenorsVarianceGrowsStraight() external view {
        (uint256 vol, ) = terms.getVol(1, uint64(block.timestamp + 4 days));
        uint256 variance = (0.16e18 * 1 + 0.09e18 * 7) / 2;
        require(near(vol * vol * 4, variance * 1e18, 1e21), "variance");
    }

    function testFuzz_VolatilityLiesBetweenItsNeighbours(uint256 ahead) external view {
        ahead = 1 days + (ahead % 29 days);
        (uint256 vol, uint256 confidence) = terms.getVol(0, uint64(block.timestamp + ahead));
        require(vol <= 0.4e18 && vol >= 0.2e18, "vol");
        require(confidence == terms.getExpiryMinConfidence(uint64(block.timestamp + ahead)), "confidence");
    }

    function testFuzz_ConfidenceIsLessTheWiderTheIntervalAndWithinOne(uint256 half, uint256 more) external {
        half %= 30e18;
        more %= 30e18;
        feed.setWide(topics[0], half);
        uint256 before = terms.getExpiryMinConfidence(uint64(block.timestamp + 1));
        require(before == (half < 20e18 ? 1e18 - half / 20 : 0) || half % 20 != 0, "one less the share");
        feed.setWide(topics[0], half + more);
        require(terms.getExpiryMinConfidence(uint64(block.timestamp + 1)) <= before && before <= 1e18, "order");
    }

    function test_OfTwoTenorsTheLessConfidentCounts() external {
        feed.setWide(topics[1], 12e18);
        require(terms.getExpiryMinConfidence(uint64(block.timestamp + 2 days)) == 0.2e18, "the week's");
        require(terms.getExpiryMinConfidence(uint64(block.timestamp + 20 days)) == 0.2e18, "the week's too");
        require(terms.getExpiryMinConfidence(uint64(block.timestamp + 1 days)) == 0.9e18, "the day's alone");
    }

    /// @dev The attack: to silence one tenor, so that a venue prices by a stale one. What needs it is refused, and only that.
    function test_RefusesWhatNeedsAForecastThatIsNotGood() external {
        feed.setThin(topics[1]);
        terms.getVol(1, uint64(block.timestamp + 1 days));
        vm.expectRevert(abi.encodeWithSelector(ForecastPolicy.ForecastThin.selector, 1));
        terms.getVol(1, uint64(block.timestamp + 2 days));
        vm.expectRevert(abi.encodeWithSelector(ForecastPolicy.ForecastThin.selector, 1));
        terms.getExpiryMinConfidence(uint64(block.timestamp + 30 days));
        feed.publish(topics[1], 30e18, 1e18);
        feed.setUnpromised(topics[1]);
        require(terms.getExpiryMinConfidence(uint64(block.timestamp + 7 days)) == 0, "no interval, no confidence");
        feed.publish(topics[0], 0, 1e18);
        vm.expectRevert(abi.encodeWithSelector(TermStructure.NotAVolatility.selector, int256(0)));
        terms.getVol(1, uint64(block.timestamp + 1));
    }

    function near(uint256 a, uint256 b, uint256 by) private pure returns (bool) {
        return a < b ? b - a <= by : a - b <= by;
    }
}
