// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ForecastReader} from "../feeds/ForecastReader.sol";
import {Policy} from "../feeds/ForecastPolicy.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {TopicId} from "../types/Topic.sol";

/// @notice How the loan-to-value follows the forecast.
/// @param minBps where it starts, and where it returns to without a forecast to rely on
/// @param maxBps what it reaches in calm times
/// @param stepBps most it moves at once
/// @param pause least seconds between two moves, above zero: otherwise one block could hold any number of steps
/// @param calm volatility up to which times are calm, 1e18 fixed point; twice that halves the loan-to-value
struct LendingTerms {
    uint16 minBps;
    uint16 maxBps;
    uint16 stepBps;
    uint32 pause;
    uint256 calm;
}

/// @title An example to copy: a lender that grows careful before markets get wild.
/// @notice Collateral and loans are of equal worth here (two dollars, say), so that the example shows one thing: the share
/// of the collateral that may be borrowed falls with the forecast volatility.
///
/// Three habits worth copying. The forecast decides what can be *newly* borrowed, never whether someone is liquidated. It
/// moves the limit in bounded steps, so that no single round does harm. When it cannot be relied on, the limit drifts to
/// the careful end instead of stopping the market.
contract VolatilityLending is ForecastReader {
    using SafeERC20 for IERC20;

    /// @notice The terms leave no room to move, or no pause between two moves. Thrown by the constructor.
    error UnsoundTerms();
    /// @notice One unit of collateral is not worth one unit of the asset. Thrown by the constructor.
    error DecimalsDiffer(uint8 collateral, uint8 asset);
    error TooMuch(uint256 amount, uint256 most);
    error NotCovered(uint256 debt, uint256 limit);

    event LoanToValueMoved(uint256 fromBps, uint256 toBps, bool wasForecast);
    event Supplied(address indexed borrower, uint256 amount);
    event Borrowed(address indexed borrower, uint256 amount);
    event Repaid(address indexed borrower, uint256 amount);
    event Withdrawn(address indexed borrower, uint256 amount);

    uint256 private constant BPS = 10_000;

    IERC20 public immutable collateral;
    IERC20 public immutable asset;
    uint256 public immutable minBps;
    uint256 public immutable maxBps;
    uint256 public immutable stepBps;
    uint256 public immutable pause;
    uint256 public immutable calm;

    uint128 public loanToValueBps;
    uint128 public movedAt;
    mapping(address borrower => uint256) public collateralOf;
    mapping(address borrower => uint256) public debtOf;

    constructor(
        ITopicFeed feed_,
        TopicId topic_,
        Policy memory policy_,
        IERC20 collateral_,
        IERC20 asset_,
        LendingTerms memory terms
    ) ForecastReader(feed_, topic_, policy_) {
        bool isLimited = terms.minBps <= terms.maxBps && terms.maxBps < BPS;
        require(isLimited && terms.stepBps > 0 && terms.pause > 0 && terms.calm > 0, UnsoundTerms());
        requireSameDecimals(collateral_, asset_);

        (collateral, asset) = (collateral_, asset_);
        (minBps, maxBps, stepBps) = (terms.minBps, terms.maxBps, terms.stepBps);
        (pause, calm) = (terms.pause, terms.calm);
        loanToValueBps = terms.minBps;
    }

    function requireSameDecimals(IERC20 collateral_, IERC20 asset_) private view {
        uint8 ofCollateral = IERC20Metadata(address(collateral_)).decimals();
        uint8 ofAsset = IERC20Metadata(address(asset_)).decimals();
        require(ofCollateral == ofAsset, DecimalsDiffer(ofCollateral, ofAsset));
    }

    /* FORECAST */

    /// @notice Moves the loan-to-value one step towards what the forecast asks for. Anyone may, as often as it likes.
    function update() public {
        if (block.timestamp < movedAt + pause) return;

        (bool ok, , int256 volatility) = tryRead();
        uint256 fromBps = loanToValueBps;
        uint256 aimBps = ok ? aimOf(volatility) : minBps;
        uint256 toBps = Math.max(Math.min(aimBps, fromBps + stepBps), Math.saturatingSub(fromBps, stepBps));
        if (toBps == fromBps) return;
        (loanToValueBps, movedAt) = (uint128(toBps), uint128(block.timestamp));

        emit LoanToValueMoved(fromBps, toBps, ok);
    }

    /// @dev A volatility that is not positive is no volatility.
    function aimOf(int256 volatility) private view returns (uint256) {
        if (volatility <= 0) return minBps;
        return Math.max(minBps, Math.min(maxBps, (maxBps * calm) / uint256(volatility)));
    }

    /* LENDING */

    /// @notice Supplies collateral.
    function supply(uint256 amount) external {
        collateralOf[msg.sender] += amount;

        emit Supplied(msg.sender, amount);

        collateral.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Borrows against collateral, up to today's loan-to-value.
    function borrow(uint256 amount) external {
        update();
        debtOf[msg.sender] += amount;
        requireCover(msg.sender, loanToValueBps);

        emit Borrowed(msg.sender, amount);

        asset.safeTransfer(msg.sender, amount);
    }

    /// @notice Pays debt back.
    function repay(uint256 amount) external {
        uint256 debt = debtOf[msg.sender];
        require(amount <= debt, TooMuch(amount, debt));

        debtOf[msg.sender] = debt - amount;

        emit Repaid(msg.sender, amount);

        asset.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Takes collateral back that no debt needs under today's loan-to-value.
    function withdraw(uint256 amount) external {
        uint256 supplied = collateralOf[msg.sender];
        require(amount <= supplied, TooMuch(amount, supplied));

        update();
        collateralOf[msg.sender] = supplied - amount;
        requireCover(msg.sender, loanToValueBps);

        emit Withdrawn(msg.sender, amount);

        collateral.safeTransfer(msg.sender, amount);
    }

    function requireCover(address borrower, uint256 bps) private view {
        uint256 limit = (collateralOf[borrower] * bps) / BPS;
        require(debtOf[borrower] <= limit, NotCovered(debtOf[borrower], limit));
    }
}
