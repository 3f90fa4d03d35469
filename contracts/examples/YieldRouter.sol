// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ForecastReader} from "../feeds/ForecastReader.sol";
import {Policy, Reason} from "../feeds/ForecastPolicy.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";

/// @notice When a move pays.
/// @param hold seconds the money is to stay after a move: what a move gains is counted over them, and no other comes before
/// @param costBps most a move may cost of what is moved
/// @param marginBps what a move has to gain on top of its cost; both ways, so that a wavering forecast moves nothing
struct RoutingTerms {
    uint32 hold;
    uint16 costBps;
    uint16 marginBps;
}

/// @title An example to copy: money in the better of two vaults, by a forecast of the difference of their yields.
/// @notice The topic asks by how many per cent a year the first venue will yield more than the second; the value may be below
/// zero. Four habits worth copying. A move has to pay at the cautious end of the interval, not at its middle. It has to pay
/// net of cost and margin, over the time it lasts: between the two thresholds lies a band in which nothing moves. What a
/// move did cost is measured and bounded, not believed. Where there is no forecast to rely on the money stays, and can
/// always be taken out.
/// @dev Shares have OpenZeppelin's virtual offset. Both venues have to be vaults that keep to ERC-4626, over one asset.
contract YieldRouter is ForecastReader, ERC4626 {
    using SafeERC20 for IERC20;

    /// @notice No time to hold, no cost, or more than all. Thrown by the constructor.
    error UnsoundTerms();
    /// @notice The venues are one, or not over the same asset. Thrown by the constructor.
    error WrongVenues(address first, address second);
    /// @notice The last move was less than `hold` ago.
    error TooSoon(uint256 now_, uint256 from);
    /// @notice There is no forecast to move by.
    error NoForecast(Reason reason);
    /// @notice A move would not pay, by the cautious end of the interval.
    /// @param gainBps of what is moved, over the time to hold; below zero where the money is in the better place
    error DoesNotPay(int256 gainBps, uint256 requiredBps);
    /// @notice The move cost more than the terms allow.
    error TooCostly(uint256 before_, uint256 after_);

    /// @notice Emitted by `move`.
    event Moved(address indexed from, address indexed to, uint256 before_, uint256 after_);

    uint256 private constant BPS = 10_000;

    IERC4626 public immutable first;
    IERC4626 public immutable second;
    uint256 public immutable hold;
    uint256 public immutable costBps;
    uint256 public immutable marginBps;

    /// @notice Where the money is.
    IERC4626 public venue;
    uint256 public movedAt;

    constructor(
        ITopicFeed feed_,
        TopicId topic_,
        Policy memory policy_,
        IERC4626 first_,
        IERC4626 second_,
        RoutingTerms memory terms
    ) ForecastReader(feed_, topic_, policy_) ERC4626(IERC20(first_.asset())) ERC20("Auspex routed yield", "arY") {
        require(terms.hold > 0 && terms.costBps > 0 && terms.costBps < BPS, UnsoundTerms());
        bool isPair = address(first_) != address(second_) && first_.asset() == second_.asset();
        require(isPair, WrongVenues(address(first_), address(second_)));

        (first, second, venue) = (first_, second_, first_);
        (hold, costBps, marginBps) = (terms.hold, terms.costBps, terms.marginBps);
        IERC20(asset()).forceApprove(address(first_), type(uint256).max);
        IERC20(asset()).forceApprove(address(second_), type(uint256).max);
    }

    /* MOVE */

    /// @notice Moves everything to the other venue where that pays. Anyone may call it.
    function move() external {
        require(block.timestamp >= movedAt + hold, TooSoon(block.timestamp, movedAt + hold));
        int256 gainBps = gainOf();
        uint256 requiredBps = costBps + marginBps;
        require(gainBps >= int256(requiredBps), DoesNotPay(gainBps, requiredBps));

        (IERC4626 from, IERC4626 to) = (venue, isAtFirst() ? second : first);
        (venue, movedAt) = (to, block.timestamp);
        uint256 before_ = heldIn(from);
        to.deposit(from.redeem(from.balanceOf(address(this)), address(this), address(this)), address(this));
        uint256 after_ = heldIn(to);
        require(after_ * BPS >= before_ * (BPS - costBps), TooCostly(before_, after_));

        emit Moved(address(from), address(to), before_, after_);
    }

    /// @notice What a move would gain over the time to hold, at the cautious end of the interval, before its cost: basis points
    /// of what is moved.
    function gainOf() public view returns (int256) {
        (bool ok, Reason reason, Forecast memory forecast) = tryReadForecast();
        require(ok, NoForecast(reason));

        // Ends have 104 bits, times 32: nothing overflows. Per cent in 1e18 fixed point are 1e16 of a basis point.
        int256 advantage = isAtFirst() ? -forecast.upper : forecast.lower;
        return (advantage * int256(hold)) / int256(365 days) / 1e16;
    }

    function isAtFirst() private view returns (bool) {
        return address(venue) == address(first);
    }

    /* SHARES: the money lies in the venue, never here */

    /// @inheritdoc ERC4626
    function totalAssets() public view override returns (uint256) {
        return heldIn(venue);
    }

    function heldIn(IERC4626 place) private view returns (uint256) {
        return place.convertToAssets(place.balanceOf(address(this)));
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        venue.deposit(assets, address(this));
    }

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        venue.withdraw(assets, address(this), address(this));
        super._withdraw(caller, receiver, owner, assets, shares);
    }
}
