// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

interface SwappedPool {
    function swap(
        address recipient,
        bool zeroForOne,
        int256 amountSpecified,
        uint160 sqrtPriceLimitX96,
        bytes calldata data
    ) external returns (int256, int256);

    function slot0() external view returns (uint160, int24, uint16, uint16, uint16, uint8, bool);
}

/// @title Moves a Uniswap v3 pool without liquidity to any price, which costs nothing.
contract PoolTrader {
    function moveTo(SwappedPool pool, uint160 sqrtPriceX96) external {
        (uint160 now_, , , , , , ) = pool.slot0();
        if (now_ == sqrtPriceX96) return;
        pool.swap(address(this), sqrtPriceX96 < now_, 1, sqrtPriceX96, "");
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata) external pure {
        require(amount0 <= 0 && amount1 <= 0, "owes");
    }
}

/// @title A token of any decimals that nobody holds.
contract BareToken {
    uint8 public immutable decimals;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function balanceOf(address) external pure returns (uint256) {
        return 0;
    }
}
