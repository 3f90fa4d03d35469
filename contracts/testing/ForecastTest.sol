// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockAggregator} from "../mocks/MockAggregator.sol";
import {MockTopicFeed} from "../mocks/MockTopicFeed.sol";
import {TopicId, TopicParams} from "../types/Topic.sol";

/// @dev The cheat codes used here, as Hardhat and Foundry have them.
interface ForecastVm {
    function warp(uint256 timestamp) external;
    function etch(address target, bytes calldata code) external;
}

/// @title For tests of contracts that read a forecast: inherit it, build your contract over `feed` and `topic`, and let it
/// meet every forecast there is.
/// @notice Works in Hardhat's and in Foundry's Solidity tests.
///
/// Example:
/// ```solidity
/// contract VaultTest is ForecastTest {
///     function test_NeverReverts() public {
///         Vault vault = new Vault(feed, topic, Policies.lending());
///         assertSafeUnderEveryForecast(address(vault), abi.encodeCall(Vault.volatility, ()));
///     }
/// }
/// ```
abstract contract ForecastTest {
    /// @notice The consumer's call failed under a forecast.
    error UnsafeUnder(string forecast, bytes reason);

    ForecastVm private constant VM = ForecastVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @notice What a good forecast says here, 1e18 fixed point.
    int256 internal constant GOOD = 20e18;

    /// @notice The network's stand-in.
    MockTopicFeed internal feed;
    /// @notice A topic with a good forecast.
    TopicId internal topic;
    /// @notice A rollup's uptime feed that says "up", for policies that name one.
    MockAggregator internal sequencer;

    uint64 private time = 1_700_000_000;

    constructor() {
        VM.warp(time);
        feed = new MockTopicFeed();
        sequencer = new MockAggregator(0, "sequencer uptime");
        sequencer.push(0, time - 1 days);
        TopicParams memory params;
        (params.description, params.decimals, params.cadence) = ("What will it be?", 8, 3_600);
        (params.horizon, params.commitWindow, params.revealWindow) = (86_400, 60, 60);
        topic = feed.createTopic(params);
        publishGood();
    }

    /// @notice Calls the consumer under a good forecast and under everything that can be wrong with one; reverts with the name
    /// of the first under which the call reverts. Your own assertions about the answer belong in a loop over `forecastNames`
    /// with `enterForecast`.
    function assertSafeUnderEveryForecast(address consumer, bytes memory call) internal {
        string[12] memory names = forecastNames();
        for (uint256 i = 0; i < names.length; ++i) {
            bytes memory code = address(feed).code;
            enterForecast(i);
            (bool ok, bytes memory reason) = consumer.call(call);
            VM.etch(address(feed), code);
            publishGood();
            require(ok, UnsafeUnder(names[i], reason));
        }
    }

    /// @notice What can be wrong with a forecast, in the order of `enterForecast`.
    function forecastNames() internal pure returns (string[12] memory) {
        return
            [
                "good",
                "void",
                "stale",
                "thin",
                "disputed",
                "old",
                "wide",
                "without interval",
                "negative",
                "without backing",
                "sequencer down",
                "no code"
            ];
    }

    /// @notice Brings the i-th forecast about.
    function enterForecast(uint256 i) internal {
        publishGood();
        if (i == 1) feed.setVoid(topic);
        if (i == 2) feed.setStale(topic);
        if (i == 3) feed.setThin(topic);
        if (i == 4) feed.setDisputed(topic);
        if (i == 5) feed.setOld(topic, 365 days);
        if (i == 6) feed.setWide(topic, 1e30);
        if (i == 7) feed.setUnpromised(topic);
        if (i == 8) feed.setNegative(topic);
        if (i == 9) feed.setBacking(topic, 1, 0);
        if (i == 10) sequencer.push(1, time);
        if (i == 11) VM.etch(address(feed), "");
    }

    /// @dev A good forecast at a later time, on a rollup that has been up for a day.
    function publishGood() private {
        time += 2 days;
        VM.warp(time);
        sequencer.push(0, time - 1 days);
        feed.publish(topic, GOOD, 1e18);
    }
}
