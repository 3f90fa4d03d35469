// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {RoutingTerms, YieldRouter} from "../../../contracts/examples/YieldRouter.sol";
import {Policy} from "../../../contracts/feeds/ForecastPolicy.sol";
import {TestToken} from "../../../contracts/mocks/TestToken.sol";
import {ForecastTest} from "../../../contracts/testing/ForecastTest.sol";
import {vm} from "../../helpers/Vm.sol";

/// @notice A vault that keeps a share of every deposit, as venues with an entry fee do.
contract FeeVenue is ERC4626 {
    uint256 public feeBps;

    constructor(IERC20 asset_) ERC4626(asset_) ERC20("Venue", "V") {}

    function setFee(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function previewDeposit(uint256 assets) public view override returns (uint256) {
        return super.previewDeposit(assets - (assets * feeBps) / 10_000);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        TestToken(asset()).transfer(address(0xfee), (assets * feeBps) / 10_000);
    }
}

/// @notice A router over two venues, 1,000 in it and all in the first; a move holds for 30 days, may cost 10 basis points and
/// has to gain 10 on top: 20 in 30 days are about 2.43 % a year.
contract YieldRouterTest is ForecastTest {
    uint32 private constant HOLD = 30 days;

    TestToken private token;
    FeeVenue private first;
    FeeVenue private second;
    YieldRouter private router;

    function setUp() external {
        token = new TestToken("Asset", "A");
        (first, second) = (new FeeVenue(token), new FeeVenue(token));
        router = build(first, second, RoutingTerms(HOLD, 10, 10));
        token.mint(address(this), 2_000e18);
        token.approve(address(router), type(uint256).max);
        router.deposit(1_000e18, address(this));
    }

    function build(FeeVenue one, FeeVenue other, RoutingTerms memory terms) private returns (YieldRouter) {
        Policy memory policy;
        (policy.maxAge, policy.minContributors, policy.maxWidth) = (3 hours, 5, 10e18);
        return new YieldRouter(feed, topic, policy, one, other, terms);
    }

    function test_RefusesUnsoundTermsAndVenuesThatAreNoPair() external {
        RoutingTerms[3] memory unsound = [
            RoutingTerms(0, 10, 10),
            RoutingTerms(HOLD, 0, 10),
            RoutingTerms(HOLD, 10_000, 10)
        ];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(YieldRouter.UnsoundTerms.selector));
            build(first, second, unsound[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(YieldRouter.WrongVenues.selector, first, first));
        build(first, first, RoutingTerms(HOLD, 10, 10));
        FeeVenue other = new FeeVenue(new TestToken("Other", "O"));
        vm.expectRevert(abi.encodeWithSelector(YieldRouter.WrongVenues.selector, first, other));
        build(first, other, RoutingTerms(HOLD, 10, 10));
    }

    function test_MovesWhereItPaysAtTheCautiousEndAndNotBelow() external {
        // In the first venue the cautious end is the upper one: -3 and 0.5 pay 20.5 basis points, -3 and 0.6 pay 19.7.
        feed.publish(topic, -3e18, 0.6e18);
        vm.expectRevert(abi.encodeWithSelector(YieldRouter.DoesNotPay.selector, int256(19), 20));
        router.move();
        feed.publish(topic, -3e18, 0.5e18);
        router.move();
        require(address(router.venue()) == address(second), "not moved");
        require(first.balanceOf(address(router)) == 0, "left behind");
        require(router.totalAssets() >= 1_000e18 - 1, "lost on the way");
    }

    function test_HoldsAfterAMoveAndComesBackOnlyWhereThatPaysToo() external {
        feed.publish(topic, -5e18, 0);
        router.move();
        feed.publish(topic, 50e18, 0);
        vm.expectRevert();
        router.move();
        vm.warp(block.timestamp + HOLD);
        feed.publish(topic, 2.4e18, 0);
        vm.expectRevert(abi.encodeWithSelector(YieldRouter.DoesNotPay.selector, int256(19), 20));
        router.move();
        feed.publish(topic, 2.5e18, 0);
        router.move();
        require(address(router.venue()) == address(first), "not back");
    }

    function test_RefusesAMoveThatCostsMoreThanTheTermsAllow() external {
        feed.publish(topic, -5e18, 0);
        second.setFee(11);
        vm.expectRevert();
        router.move();
        require(address(router.venue()) == address(first) && router.totalAssets() == 1_000e18, "moved all the same");
        second.setFee(9);
        router.move();
        require(router.totalAssets() >= 999.1e18 - 2, "cost more than its fee");
    }

    /// @dev The attack: to flip the forecast each round, so that the router pays the venues' fees again and again.
    function testFuzz_AFlappingForecastCostsAtMostOneMoveEachHold(uint256 seed) external {
        first.setFee(10);
        second.setFee(10);
        uint256 start = block.timestamp;
        uint256 moves;
        for (uint256 i = 0; i < 60; ++i) {
            vm.warp(start + i * 1 days);
            int256 value = int256(uint256(keccak256(abi.encode(seed, i))) % 100e18) - 50e18;
            feed.publish(topic, value, 0);
            try router.move() {
                ++moves;
            } catch {}
        }
        require(moves <= 2, "moved more than once in thirty days");
        require(router.totalAssets() >= (1_000e18 * (10_000 - 10 * moves)) / 10_000 - 1e6, "cost more");
    }

    function testFuzz_AForecastThatWaversWithinTheBandMovesNothing(uint256 seed) external {
        for (uint256 i = 0; i < 20; ++i) {
            int256 value = int256(uint256(keccak256(abi.encode(seed, i))) % 4.8e18) - 2.4e18;
            feed.publish(topic, value, i * 0.1e18);
            vm.expectRevert();
            router.move();
        }
    }

    function test_MoneyStaysAndCanLeaveUnderEveryForecast() external {
        vm.warp(block.timestamp + HOLD);
        for (uint256 i = 1; i < forecastNames().length - 1; ++i) {
            if (i == 8 || i == 10) continue; // differences may be negative, and the policy names no sequencer
            enterForecast(i);
            (bool ok, bytes memory reason) = address(router).call(abi.encodeCall(YieldRouter.move, ()));
            require(!ok && bytes4(reason) == YieldRouter.NoForecast.selector, forecastNames()[i]);
            router.withdraw(1e18, address(this), address(this));
        }
        router.redeem(router.balanceOf(address(this)), address(this), address(this));
        require(token.balanceOf(address(this)) >= 2_000e18 - 20, "left behind");
    }

    /// @dev The attack: to come in before a move and leave right after it.
    function test_AGuestAroundAMoveGainsNothing() external {
        second.setFee(10);
        address guest = address(0x90e57);
        token.mint(guest, 1_000e18);
        vm.prank(guest);
        token.approve(address(router), type(uint256).max);
        vm.prank(guest);
        uint256 shares = router.deposit(1_000e18, guest);
        feed.publish(topic, -5e18, 0);
        router.move();
        vm.prank(guest);
        router.redeem(shares, guest, guest);
        require(token.balanceOf(guest) <= 1_000e18, "gained");
    }

    /// @dev The attack: the first depositor gives to the venue, so that the second one's shares round to nothing.
    function test_ADonationDoesNotRobTheNextDepositor() external {
        YieldRouter empty = build(first, second, RoutingTerms(HOLD, 10, 10));
        token.approve(address(empty), type(uint256).max);
        empty.deposit(1, address(this));
        uint256 given = 100e18;
        token.approve(address(first), given);
        first.deposit(given, address(empty));

        address guest = address(0x90e57);
        token.mint(guest, 50e18);
        vm.prank(guest);
        token.approve(address(empty), type(uint256).max);
        vm.prank(guest);
        empty.deposit(50e18, guest);
        uint256 taken = empty.previewRedeem(1);
        require(taken <= given, "the donor gained by it");
    }
}
