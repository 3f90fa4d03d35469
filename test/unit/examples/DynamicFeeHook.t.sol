// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DynamicFeeHook, FeeTerms, IFeeHook, PoolKey, SwapParams} from "../../../contracts/examples/DynamicFeeHook.sol";
import {Policy} from "../../../contracts/feeds/ForecastPolicy.sol";
import {Policies} from "../../../contracts/feeds/Policies.sol";
import {ForecastTest} from "../../../contracts/testing/ForecastTest.sol";
import {vm} from "../../helpers/Vm.sol";

/// @notice A hook with a fee of 0.05 % and 0.01 % for each per cent of volatility, up to 1 %, over a forecast of 20 give or
/// take 1 per cent.
contract DynamicFeeHookTest is ForecastTest {
    uint24 private constant MIN = 500;
    uint24 private constant MAX = 10_000;
    uint24 private constant SLOPE = 100;

    DynamicFeeHook private hook;
    PoolKey private key;

    function setUp() external {
        hook = deploy(FeeTerms(MIN, MAX, SLOPE));
        (key.fee, key.tickSpacing, key.hooks) = (0x800000, 60, address(hook));
    }

    function policy() private view returns (Policy memory required) {
        required = Policies.lending();
        required.sequencerFeed = address(sequencer);
    }

    /// @dev CREATE2 at an address whose lowest 14 bits name the two callbacks: one in 16,384.
    function deploy(FeeTerms memory terms) private returns (DynamicFeeHook) {
        bytes memory args = abi.encode(feed, topic, policy(), terms);
        bytes32 code = keccak256(bytes.concat(type(DynamicFeeHook).creationCode, args));
        for (uint256 salt = 0; ; ++salt) {
            bytes32 hash = keccak256(abi.encodePacked(hex"ff", address(this), salt, code));
            if (uint256(hash) & 0x3fff == 0x2080)
                return new DynamicFeeHook{salt: bytes32(salt)}(feed, topic, policy(), terms);
        }
        revert();
    }

    function test_RefusesUnsoundTermsAndAnAddressThatAsksForOtherCallbacks() external {
        FeeTerms[3] memory unsound = [
            FeeTerms(MAX + 1, MAX, SLOPE),
            FeeTerms(MIN, 500_001, SLOPE),
            FeeTerms(MIN, MAX, 0)
        ];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(DynamicFeeHook.UnsoundTerms.selector));
            new DynamicFeeHook(feed, topic, policy(), unsound[i]);
        }
        vm.expectRevert();
        new DynamicFeeHook{salt: bytes32(uint256(1))}(feed, topic, policy(), FeeTerms(MIN, MAX, SLOPE));
    }

    function test_AnswersWithTheSelectorsOfUniswap() external {
        require(hook.beforeInitialize(address(this), key, 1) == bytes4(0xdc98354e), "beforeInitialize");
        (bytes4 selector, int256 delta, uint24 fee) = swap();
        require(selector == bytes4(0x575e24b4) && delta == 0, "beforeSwap");
        require(fee == 0x400000 + MIN + 21 * SLOPE, "the fee of the upper end, marked as an override");
    }

    function test_RefusesAPoolWithAFixedFee() external {
        key.fee = 3_000;
        vm.expectRevert(abi.encodeWithSelector(DynamicFeeHook.FixedFee.selector, uint24(3_000)));
        hook.beforeInitialize(address(this), key, 1);
    }

    function testFuzz_TheFeeFollowsTheUpperEndWithinItsBounds(uint256 value, uint256 half) external {
        int256 volatility = int256(1e16 + (value % 900e18));
        half %= uint256(volatility) / 2;
        feed.publish(topic, volatility, half);
        uint256 asked = MIN + ((uint256(volatility) + half) * SLOPE) / 1e18;
        require(hook.fee() == (asked > MAX ? MAX : asked), "fee");
    }

    /// @dev The attack: to silence or spoil the topic before a large swap.
    function test_NoSwapIsStoppedAndNoneIsCheapUnderAnyForecast() external {
        assertSafeUnderEveryForecast(
            address(hook),
            abi.encodeCall(IFeeHook.beforeSwap, (address(this), key, SwapParams(true, -1e18, 0), ""))
        );
        for (uint256 i = 1; i < forecastNames().length - 1; ++i) {
            enterForecast(i);
            require(hook.fee() == MAX, forecastNames()[i]);
        }
    }

    /// @dev The attack: to push the forecast down, swap at the low fee, and let it go.
    function testFuzz_APushedForecastNeverOpensThePoolBelowItsFloor(int256 value, uint256 half) external {
        feed.publish(topic, value % 1e30, half % 1e30);
        uint24 fee = hook.fee();
        require(MIN <= fee && fee <= MAX, "out of bounds");
        // Doubt is never cheap: whoever widens the interval pays for it.
        feed.publish(topic, 20e18, 5e18);
        uint24 wide = hook.fee();
        feed.publish(topic, 20e18, 0);
        require(wide >= hook.fee(), "doubt was cheap");
    }

    function swap() private view returns (bytes4, int256, uint24) {
        return hook.beforeSwap(address(this), key, SwapParams(true, -1e18, 0), "");
    }
}
