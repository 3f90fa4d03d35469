// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlackScholes} from "../../../contracts/examples/BlackScholes.sol";
import {OptionPricer} from "../../../contracts/examples/OptionPricer.sol";
import {ForecastPolicy, Policy} from "../../../contracts/feeds/ForecastPolicy.sol";
import {Policies} from "../../../contracts/feeds/Policies.sol";
import {ForecastTest} from "../../../contracts/testing/ForecastTest.sol";
import {vm} from "../../helpers/Vm.sol";

/// @notice A pricer over a forecast of 20 give or take 1 per cent, for expiries within thirty days.
contract OptionPricerTest is ForecastTest {
    OptionPricer private pricer;
    uint256 private constant SPOT = 3_000e18;

    function setUp() external {
        pricer = new OptionPricer(feed, topic, policy(), 30 days);
    }

    function policy() private pure returns (Policy memory required) {
        required = Policies.options();
        required.minContributors = 8;
    }

    function test_RefusesToBeBuiltWithoutABoundOnWidthOrAgeOrTenor() external {
        Policy memory required = policy();
        required.maxWidthBps = 0;
        vm.expectRevert(abi.encodeWithSelector(OptionPricer.UnboundedPolicy.selector));
        new OptionPricer(feed, topic, required, 30 days);
        required = policy();
        required.maxAge = 0;
        vm.expectRevert(abi.encodeWithSelector(OptionPricer.UnboundedPolicy.selector));
        new OptionPricer(feed, topic, required, 30 days);
        required = policy();
        vm.expectRevert(abi.encodeWithSelector(OptionPricer.UnboundedPolicy.selector));
        new OptionPricer(feed, topic, required, 0);
    }

    function test_RefusesExpiriesThatPassedOrThatTheForecastSaysNothingOf() external {
        uint256 latest = block.timestamp + 30 days;
        vm.expectRevert(abi.encodeWithSelector(OptionPricer.WrongExpiry.selector, block.timestamp, latest));
        pricer.quoteCall(SPOT, SPOT, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(OptionPricer.WrongExpiry.selector, latest + 1, latest));
        pricer.quotePut(SPOT, SPOT, latest + 1);
        pricer.quotePut(SPOT, SPOT, latest);
    }

    function test_RefusesToQuoteWhereTheIntervalIsWide() external {
        // The policy allows half of the value: ten of twenty, so five to each side and no unit more.
        uint256 expiry = block.timestamp + 7 days;
        feed.setWide(topic, 5e18);
        pricer.quoteCall(SPOT, SPOT, expiry);
        feed.setWide(topic, 5e18 + 1);
        vm.expectRevert(abi.encodeWithSelector(ForecastPolicy.IntervalTooWide.selector, 10e18 + 2, 10e18));
        pricer.quoteCall(SPOT, SPOT, expiry);
    }

    function test_RefusesToQuoteUnderEveryForecastThatIsNotGood() external {
        bytes memory code = address(feed).code;
        for (uint256 i = 1; i < forecastNames().length; ++i) {
            if (i == 10) continue; // the policy names no sequencer
            enterForecast(i);
            (bool ok, ) = address(pricer).staticcall(
                abi.encodeCall(OptionPricer.quoteCall, (SPOT, SPOT, block.timestamp + 7 days))
            );
            if (i == 11) restore(code);
            require(!ok, forecastNames()[i]);
        }
        enterForecast(0);
        pricer.quoteCall(SPOT, SPOT, block.timestamp + 7 days);
    }

    function restore(bytes memory code) private {
        (bool ok, ) = address(vm).call(abi.encodeWithSignature("etch(address,bytes)", address(feed), code));
        require(ok, "etch");
    }

    /// @dev The attack: to buy and sell at once, at any strike and expiry, under any interval the policy accepts.
    function testFuzz_ARoundTripAtOneForecastGainsNothing(
        uint256 spot,
        uint256 strike,
        uint256 time,
        uint256 half
    ) external {
        spot = 1e12 + (spot % 1e27);
        strike = spot / 2 + (strike % (spot * 2)); // farther away both premiums are nearly what exercising pays
        feed.setWide(topic, half % 5e18);
        uint256 expiry = block.timestamp + 1 + (time % 30 days);

        (uint256 bid, uint256 ask) = pricer.quoteCall(spot, strike, expiry);
        // The distribution errs by 7.5e-8, at each end.
        uint256 slack = ((spot + strike) * 15) / 1e8 + 10;
        require(bid <= ask + slack && ask <= spot, "call");
        require(bid + strike >= spot, "a call below its exercise value");
        (bid, ask) = pricer.quotePut(spot, strike, expiry);
        require(bid <= ask + slack && ask <= strike, "put");
        require(bid + spot >= strike, "a put below its exercise value");
    }

    /// @dev The attack: to push one forecast as far as the policy lets it, buy, and sell when it is back. What that can gain is
    /// bounded by the spread, which the pushed forecast brings with it.
    function test_APushedForecastWidensTheQuoteOrIsRefused() external {
        uint256 expiry = block.timestamp + 7 days;
        (, uint256 ask) = pricer.quoteCall(SPOT, SPOT, expiry);
        feed.publish(topic, 1_000e18, 1e18);
        vm.expectRevert();
        pricer.quoteCall(SPOT, SPOT, expiry);
        // A pusher's round has the others' disagreement in its interval: here it reaches back to where they are.
        feed.publish(topic, 24e18, 4e18);
        (uint256 pushedBid, uint256 pushedAsk) = pricer.quoteCall(SPOT, SPOT, expiry);
        require(pushedBid <= ask, "sold to the pricer above what it asked before");
        require(pushedAsk > ask, "the ask did not follow");
    }

    function test_PricesAreNeverBeyondWhatAnOptionCanBeWorth() external pure {
        require(BlackScholes.call(100e18, 100e18, 0) == 0, "no time, at the money");
        require(BlackScholes.call(120e18, 100e18, 0) == 20e18, "no time, in the money");
        require(BlackScholes.put(80e18, 100e18, 0) == 20e18, "no time, a put");
        require(BlackScholes.call(100e18, 100e18, 1e36) == 100e18, "boundless volatility");
        require(BlackScholes.cumulative(0) - 0.5e18 < 1e11 || 0.5e18 - BlackScholes.cumulative(0) < 1e11, "the middle");
        require(BlackScholes.cumulative(10e18 + 1) == 1e18 && BlackScholes.cumulative(-10e18 - 1) == 0, "the ends");
    }

    function test_RefusesWhatIsAMillionfoldApart() external {
        vm.expectRevert(abi.encodeWithSelector(BlackScholes.FarFromTheMoney.selector, 1e18, 1e24 + 1));
        pricer.quoteCall(1e18, 1e24 + 1, block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(BlackScholes.FarFromTheMoney.selector, 0, 0));
        pricer.quotePut(0, 0, block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(BlackScholes.FarFromTheMoney.selector, 1 << 128, 1 << 128));
        pricer.quotePut(1 << 128, 1 << 128, block.timestamp + 1 days);
    }
}
