// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ForecastReader} from "../feeds/ForecastReader.sol";
import {Policy} from "../feeds/ForecastPolicy.sol";
import {ITopicFeed} from "../interfaces/ITopicFeed.sol";
import {Forecast} from "../types/Feed.sol";
import {TopicId} from "../types/Topic.sol";

/// @notice A pool as Uniswap v4 names it. Currencies and hooks are addresses there, as they are here.
struct PoolKey {
    address currency0;
    address currency1;
    uint24 fee;
    int24 tickSpacing;
    address hooks;
}

/// @notice A swap as Uniswap v4 hands it to hooks.
struct SwapParams {
    bool zeroForOne;
    int256 amountSpecified;
    uint160 sqrtPriceLimitX96;
}

/// @title The two callbacks of a Uniswap v4 hook that are used here, selector for selector.
interface IFeeHook {
    function beforeInitialize(address sender, PoolKey calldata key, uint160 sqrtPriceX96) external returns (bytes4);

    /// @return selector of this function
    /// @return delta what the hook takes of the swap: always zero
    /// @return fee with OVERRIDE_FEE set, in hundredths of a basis point
    function beforeSwap(
        address sender,
        PoolKey calldata key,
        SwapParams calldata params,
        bytes calldata data
    ) external returns (bytes4 selector, int256 delta, uint24 fee);
}

/// @notice How a pool's fee follows the forecast; in hundredths of a basis point, 1e6 is 100 %.
/// @param minFee what a swap pays at the least
/// @param maxFee what it pays at the most, and whenever there is no forecast to rely on
/// @param perPercent how much each per cent of volatility adds to `minFee`
struct FeeTerms {
    uint24 minFee;
    uint24 maxFee;
    uint24 perPercent;
}

/// @title An example to copy: a swap fee that rises before markets get wild.
/// @notice Liquidity providers lose to arbitrage about as the square of volatility; a fee that follows a forecast of it pays
/// them before the loss, not after. Three habits worth copying. The fee follows the interval's upper end, so that doubt is
/// never cheap. It has a floor and a ceiling, so that no forecast gives the pool away or shuts it. Where the policy refuses
/// the forecast a swap pays the ceiling and is never stopped: whoever can silence a topic gains nothing by it.
/// @dev Uniswap v4 reads from the lowest 14 bits of a hook's address which callbacks it wants: deploy this where exactly
/// BEFORE_INITIALIZE and BEFORE_SWAP are set, by CREATE2. Keeps no state, so anyone may call it.
contract DynamicFeeHook is ForecastReader, IFeeHook {
    /// @notice A floor above the ceiling, a ceiling above a half, or a slope of zero. Thrown by the constructor.
    error UnsoundTerms();
    /// @notice The address asks for other callbacks than these two. Thrown by the constructor.
    error WrongAddress(uint160 flags, uint160 required);
    /// @notice The pool's fee is fixed, and what the hook answers would be ignored. Thrown by `beforeInitialize`.
    error FixedFee(uint24 fee);

    /// @notice A pool with this for its fee asks its hook at every swap.
    uint24 public constant DYNAMIC_FEE = 0x800000;
    /// @notice Set in the answer of `beforeSwap`: take this fee.
    uint24 public constant OVERRIDE_FEE = 0x400000;
    uint160 public constant BEFORE_INITIALIZE = 1 << 13;
    uint160 public constant BEFORE_SWAP = 1 << 7;

    uint160 private constant ALL_CALLBACKS = (1 << 14) - 1;
    uint24 private constant HALF = 500_000;

    uint24 public immutable minFee;
    uint24 public immutable maxFee;
    uint24 public immutable perPercent;

    constructor(
        ITopicFeed feed_,
        TopicId topic_,
        Policy memory policy_,
        FeeTerms memory terms
    ) ForecastReader(feed_, topic_, policy_) {
        bool isBounded = terms.minFee <= terms.maxFee && terms.maxFee <= HALF;
        require(isBounded && terms.perPercent > 0, UnsoundTerms());
        uint160 flags = uint160(address(this)) & ALL_CALLBACKS;
        require(flags == BEFORE_INITIALIZE | BEFORE_SWAP, WrongAddress(flags, BEFORE_INITIALIZE | BEFORE_SWAP));

        (minFee, maxFee, perPercent) = (terms.minFee, terms.maxFee, terms.perPercent);
    }

    /// @inheritdoc IFeeHook
    function beforeInitialize(address, PoolKey calldata key, uint160) external pure returns (bytes4) {
        require(key.fee == DYNAMIC_FEE, FixedFee(key.fee));
        return IFeeHook.beforeInitialize.selector;
    }

    /// @inheritdoc IFeeHook
    function beforeSwap(
        address,
        PoolKey calldata,
        SwapParams calldata,
        bytes calldata
    ) external view returns (bytes4, int256, uint24) {
        return (IFeeHook.beforeSwap.selector, 0, fee() | OVERRIDE_FEE);
    }

    /// @notice What a swap pays now, hundredths of a basis point.
    function fee() public view returns (uint24) {
        (bool ok, , Forecast memory forecast) = tryReadForecast();
        if (!ok || forecast.upper <= 0) return maxFee;

        // An upper end has 104 bits and a slope 24.
        uint256 asked = minFee + (uint256(forecast.upper) * perPercent) / 1e18;
        return asked < maxFee ? uint24(asked) : maxFee;
    }
}
