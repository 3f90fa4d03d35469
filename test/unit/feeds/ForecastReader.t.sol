// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Policies} from "../../../contracts/feeds/Policies.sol";
import {Policy, Reason} from "../../../contracts/feeds/ForecastPolicy.sol";
import {ForecastReader} from "../../../contracts/feeds/ForecastReader.sol";
import {ITopicFeed} from "../../../contracts/interfaces/ITopicFeed.sol";
import {MockTopicFeed} from "../../../contracts/mocks/MockTopicFeed.sol";
import {Forecast} from "../../../contracts/types/Feed.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";

contract Reader is ForecastReader {
    constructor(ITopicFeed feed_, TopicId topic_, Policy memory policy_) ForecastReader(feed_, topic_, policy_) {}
}

/// @dev Knows every topic, and answers `read` with whatever bytes a test gives it, or reverts with them.
contract HostileFeed {
    bytes private answer;
    bool private reverts;

    function set(bytes calldata answer_, bool reverts_) external {
        (answer, reverts) = (answer_, reverts_);
    }

    function isTopic(TopicId) external pure returns (bool) {
        return true;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        bytes memory told = answer;
        if (!reverts) return told;
        assembly {
            revert(add(told, 0x20), mload(told))
        }
    }
}

/// @dev Answers with a megabyte, which costs whoever copies it.
contract ReturnBomb {
    function isTopic(TopicId) external pure returns (bool) {
        return true;
    }

    fallback() external {
        assembly {
            return(0, 1000000)
        }
    }
}

contract ForecastReaderTest {
    MockTopicFeed private mock;
    TopicId private topic;
    Policy private none;

    function setUp() public {
        vm.warp(10_000);
        mock = new MockTopicFeed();
        TopicParams memory params;
        (params.description, params.decimals, params.cadence, params.horizon) = ("What will it be?", 8, 100, 3_600);
        topic = mock.createTopic(params);
        mock.publish(topic, 20e18, 1e18);
    }

    /* CONSTRUCTION */

    function test_RefusesAnAddressWithoutCode() public {
        vm.expectRevert(abi.encodeWithSelector(ForecastReader.NotAFeed.selector, address(0xbeef)));
        new Reader(ITopicFeed(address(0xbeef)), topic, none);
    }

    function test_RefusesAnUnknownTopic() public {
        TopicId unknown = TopicId.wrap(keccak256("unknown"));
        vm.expectRevert(abi.encodeWithSelector(ForecastReader.UnknownTopic.selector, unknown));
        new Reader(mock, unknown, none);
    }

    /* READS THAT NEVER REVERT */

    function test_ReadsTheWholeForecast() public {
        (bool ok, Reason reason, Forecast memory forecast) = new Reader(mock, topic, none).tryReadForecast();
        require(ok && reason == Reason.None, "refused");
        require(keccak256(abi.encode(forecast)) == keccak256(abi.encode(mock.read(topic))), "another forecast");
    }

    /// @dev Any nine words, or fewer, or more, as an answer or as the reason of a revert.
    function testFuzz_NeverRevertsWhateverTheFeedAnswers(bytes memory answer, bool reverts) public {
        HostileFeed hostile = new HostileFeed();
        hostile.set(answer, reverts);
        requireCalm(new Reader(ITopicFeed(address(hostile)), topic, Policies.lending()));
    }

    function testFuzz_NeverRevertsWhateverTheWordsAre(uint256[9] memory words, Policy memory policy) public {
        HostileFeed hostile = new HostileFeed();
        hostile.set(abi.encode(words), false);
        policy.sequencerFeed = address(0);
        requireCalm(new Reader(ITopicFeed(address(hostile)), topic, policy));
    }

    function test_CallsAFeedUnreadableThatReverts() public {
        HostileFeed hostile = new HostileFeed();
        hostile.set("", true);
        requireUnreadable(new Reader(ITopicFeed(address(hostile)), topic, none));
    }

    function test_CallsAShortAnswerUnreadable() public {
        HostileFeed hostile = new HostileFeed();
        hostile.set(new bytes(287), false);
        requireUnreadable(new Reader(ITopicFeed(address(hostile)), topic, none));
    }

    function test_CallsAStatusUnreadableThatThereIsNot() public {
        HostileFeed hostile = new HostileFeed();
        uint256[9] memory words;
        words[8] = 5;
        hostile.set(abi.encode(words), false);
        requireUnreadable(new Reader(ITopicFeed(address(hostile)), topic, none));
    }

    function test_PaysNothingForTheCopyOfAReturnBomb() public {
        Reader reader = new Reader(ITopicFeed(address(new ReturnBomb())), topic, none);
        Reader warm = new Reader(mock, topic, none);
        uint256 before = gasleft();
        warm.tryRead();
        uint256 usual = before - gasleft();

        // The feed pays for the memory it returns, some 2.1 million gas; copying it would cost as much again.
        before = gasleft();
        reader.tryRead();
        require(before - gasleft() < usual + 2_300_000, "copied");
    }

    function requireCalm(Reader reader) private view {
        (bool ok, Reason reason, Forecast memory forecast) = reader.tryReadForecast();
        require(ok == (reason == Reason.None), "two answers");
        require(reader.readOr(7) == (ok ? forecast.value : int256(7)), "neither value nor fallback");
    }

    function requireUnreadable(Reader reader) private {
        (bool ok, Reason reason, int256 value) = reader.tryRead();
        require(!ok && reason == Reason.Unreadable && value == 0, "readable");
        vm.expectRevert();
        reader.readOrRevert();
    }

    /* VALUES */

    function test_RefusesANegativeVolatility() public {
        Reader reader = new Reader(mock, topic, Policies.lending());
        require(reader.readOr(7) == 20e18, "refused");
        mock.setNegative(topic);
        (, Reason reason, ) = reader.tryRead();
        require(reason == Reason.OutOfRange, "accepted");
    }

    function testFuzz_TheRangeHoldsItsEnds(int64 a, int64 b, int64 value) public {
        Policy memory policy;
        (policy.minValue, policy.maxValue) = a < b ? (int104(a), int104(b)) : (int104(b), int104(a));
        mock.publish(topic, value, 0);
        bool isInside = (a == 0 && b == 0) || (policy.minValue <= value && value <= policy.maxValue);
        (bool ok, , ) = new Reader(mock, topic, policy).tryRead();
        require(ok == isInside, "another range");
    }

    function test_TakesAPublicationInTheFutureForOld() public {
        HostileFeed hostile = new HostileFeed();
        Forecast memory forecast = mock.read(topic);
        forecast.publishedAt = block.timestamp + 1;
        hostile.set(abi.encode(forecast), false);
        Policy memory policy;
        policy.maxAge = type(uint32).max;
        (, Reason reason, ) = new Reader(ITopicFeed(address(hostile)), topic, policy).tryRead();
        require(reason == Reason.TooOld, "young");
    }

    /* POLICIES */

    function test_EveryPolicyAcceptsAGoodForecast() public {
        mock.setBacking(topic, 10, 1);
        Policy[3] memory policies = [Policies.lending(), Policies.options(), Policies.display()];
        for (uint256 i = 0; i < 3; ++i) require(new Reader(mock, topic, policies[i]).readOr(7) == 20e18, "refused");
    }
}
