// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeedFactory} from "../../../contracts/feeds/FeedFactory.sol";
import {Policies} from "../../../contracts/feeds/Policies.sol";
import {Policy} from "../../../contracts/feeds/ForecastPolicy.sol";
import {PythFeed} from "../../../contracts/feeds/PythFeed.sol";
import {QuoteFeed} from "../../../contracts/feeds/QuoteFeed.sol";
import {ITopicNetwork} from "../../../contracts/interfaces/ITopicNetwork.sol";
import {MockTopicFeed} from "../../../contracts/mocks/MockTopicFeed.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";
import {
    AaveV3,
    CompoundV3,
    Consumer,
    Euler,
    GmxV2,
    IAnswers,
    LiquityV1,
    LiquityV2,
    Morpho,
    SynthetixV2,
    Verdict
} from "./consumers/Consumers.sol";

/// @title The table of docs/Consumers.md: each consumer before each view, in each state a topic can be in.
contract DropInTest {
    enum View {
        Plain,
        Guarded,
        Fallback
    }

    enum State {
        Live,
        Unpublished,
        Zero,
        Thin,
        PastTarget,
        LongPastTarget
    }

    uint256 private constant HEARTBEAT = 3_720;
    Verdict private constant TAKES = Verdict.Takes;
    Verdict private constant FALLS = Verdict.Fallback;
    Verdict private constant REFUSES = Verdict.Refuses;
    Verdict private constant SHUTS = Verdict.ShutDown;

    MockTopicFeed private mock;
    FeedFactory private factory;
    TopicId private topic;
    IAnswers[3] private views;
    uint256 private time = 1_000_000;

    function setUp() public {
        vm.warp(time);
        mock = new MockTopicFeed();
        factory = new FeedFactory(ITopicNetwork(address(mock)));
        TopicParams memory params;
        (params.description, params.decimals, params.cadence) = ("What will it be?", 8, 3_600);
        (params.horizon, params.commitWindow, params.revealWindow) = (3_720, 60, 60);
        topic = mock.createTopic(params);

        Policy memory policy = Policies.lending();
        views[0] = IAnswers(address(factory.createFeed(topic)));
        views[1] = IAnswers(address(factory.createGuardedFeed(topic, policy)));
        views[2] = IAnswers(address(factory.createFallbackFeed(topic, policy)));
    }

    /* THE TABLE: live, unpublished, zero, thin, past target, long past target */

    function test_AaveV3() public {
        Consumer aave = new AaveV3();
        expect(aave, View.Plain, [TAKES, FALLS, FALLS, TAKES, TAKES, TAKES]);
        expect(aave, View.Guarded, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
        expect(aave, View.Fallback, [TAKES, FALLS, FALLS, FALLS, FALLS, FALLS]);
    }

    function test_CompoundV3() public {
        Consumer comet = new CompoundV3();
        expect(comet, View.Plain, [TAKES, REFUSES, REFUSES, TAKES, TAKES, TAKES]);
        expect(comet, View.Guarded, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
        expect(comet, View.Fallback, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
    }

    function test_Morpho() public {
        Consumer morpho = new Morpho();
        expect(morpho, View.Plain, [TAKES, TAKES, TAKES, TAKES, TAKES, TAKES]);
        expect(morpho, View.Guarded, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
        expect(morpho, View.Fallback, [TAKES, TAKES, TAKES, TAKES, TAKES, TAKES]);
    }

    function test_Euler() public {
        Consumer euler = new Euler(HEARTBEAT);
        expect(euler, View.Plain, [TAKES, REFUSES, REFUSES, TAKES, TAKES, REFUSES]);
        expect(euler, View.Guarded, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
        expect(euler, View.Fallback, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
    }

    function test_GmxV2() public {
        Consumer gmx = new GmxV2(HEARTBEAT);
        expect(gmx, View.Plain, [TAKES, REFUSES, REFUSES, TAKES, TAKES, REFUSES]);
        expect(gmx, View.Guarded, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
        expect(gmx, View.Fallback, [TAKES, REFUSES, REFUSES, REFUSES, REFUSES, REFUSES]);
    }

    function test_LiquityV2() public {
        Consumer liquity = new LiquityV2(24 hours);
        expect(liquity, View.Plain, [TAKES, SHUTS, SHUTS, TAKES, TAKES, SHUTS]);
        expect(liquity, View.Guarded, [TAKES, SHUTS, SHUTS, SHUTS, SHUTS, SHUTS]);
        expect(liquity, View.Fallback, [TAKES, SHUTS, SHUTS, SHUTS, SHUTS, SHUTS]);
    }

    function test_LiquityV1NeedsRecordedRounds() public {
        Consumer liquity = new LiquityV1();
        requireHistoryIsNeeded(liquity, FALLS);
    }

    function test_SynthetixV2NeedsRecordedRounds() public {
        Consumer synthetix = new SynthetixV2();
        requireHistoryIsNeeded(synthetix, REFUSES);
    }

    function requireHistoryIsNeeded(Consumer consumer, Verdict without) private {
        publish(20e18);
        publish(21e18);
        require(verdictOf(consumer, views[0]) == without, "took a round without history");

        factory.history().record(topic);
        publish(22e18);
        require(verdictOf(consumer, views[0]) == TAKES, "refused a recorded history");
    }

    function expect(Consumer consumer, View kind, Verdict[6] memory verdicts) private {
        for (uint256 i = 0; i < 6; ++i) {
            setUp();
            enter(State(i));
            require(verdictOf(consumer, views[uint256(kind)]) == verdicts[i], message(i));
        }
    }

    function message(uint256 state) private pure returns (string memory) {
        string[6] memory names = ["live", "unpublished", "zero", "thin", "past target", "long past target"];
        return names[state];
    }

    function enter(State state) private {
        if (state == State.Unpublished) return;
        publish(state == State.Zero ? int256(0) : int256(20e18));
        if (state == State.Thin) mock.setThin(topic);
        if (state == State.PastTarget) vm.warp(time + 3_700);
        if (state == State.PastTarget) mock.setStale(topic);
        if (state == State.LongPastTarget) vm.warp(time + 73 hours);
    }

    function publish(int256 value) private {
        time += 100;
        vm.warp(time);
        mock.publish(topic, value, 1e18);
    }

    function verdictOf(Consumer consumer, IAnswers feed) private view returns (Verdict) {
        try consumer.consult(feed) returns (Verdict verdict, int256) {
            return verdict;
        } catch {
            return Verdict.Refuses;
        }
    }

    /* OTHER SHAPES */

    function test_PythShape() public {
        PythFeed pyth = new PythFeed(mock);
        bytes32 id = TopicId.unwrap(topic);
        vm.expectRevert(abi.encodeWithSelector(PythFeed.PriceFeedNotFound.selector));
        pyth.getPriceUnsafe(id);

        publish(20e18);
        PythFeed.Price memory price = pyth.getPriceNoOlderThan(id, 0);
        require(price.price == 20e8 && price.conf == 1e8 && price.expo == -8, "another price");
        require(price.publishTime == time, "another time");
        mock.setUnpromised(topic);
        require(pyth.getPriceUnsafe(id).conf == type(uint64).max, "a confidence that nobody promised");

        vm.warp(time + 11);
        vm.expectRevert(abi.encodeWithSelector(PythFeed.StalePrice.selector));
        pyth.getPriceNoOlderThan(id, 10);
        mock.setThin(topic);
        vm.expectRevert(abi.encodeWithSelector(PythFeed.StalePrice.selector));
        pyth.getPriceNoOlderThan(id, 1_000);
    }

    /// @dev A feed whose clock is ahead: the same limit on both sides, as in Pyth's own contract, and no panic.
    function test_PythShapeOfATimeAhead() public {
        PythFeed pyth = new PythFeed(mock);
        bytes32 id = TopicId.unwrap(topic);
        publish(20e18);
        vm.warp(time - 11);
        require(pyth.getPriceNoOlderThan(id, 11).publishTime == time, "another time");
        vm.expectRevert(abi.encodeWithSelector(PythFeed.StalePrice.selector));
        pyth.getPriceNoOlderThan(id, 10);
    }

    function test_QuoteShape() public {
        publish(2_000e18);
        (address weth, address usd) = (address(0xe), address(840));
        Policy memory none;
        QuoteFeed quote = new QuoteFeed(mock, topic, none, weth, 18, usd, 6);
        require(quote.getQuote(3e18, weth, usd) == 6_000e6, "another quote");
        require(quote.getQuote(6_000e6, usd, weth) == 3e18, "another inverse");

        vm.expectRevert(abi.encodeWithSelector(QuoteFeed.UnsupportedPair.selector, weth, weth));
        quote.getQuote(1, weth, weth);
        mock.setNegative(topic);
        vm.expectRevert(abi.encodeWithSelector(QuoteFeed.NotAPrice.selector, -2_000e18));
        quote.getQuote(1, weth, usd);
    }
}
