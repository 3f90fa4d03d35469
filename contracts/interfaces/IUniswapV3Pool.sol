// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What PoolTruth calls of a Uniswap v3 pool.
interface IUniswapV3Pool {
    function token0() external view returns (address);

    function token1() external view returns (address);

    /// @return sqrtPriceX96 root of the price of token 0 in token 1, 96 binary places
    /// @return tick logarithm of the price to the base 1.0001, rounded down
    /// @return observationIndex where the latest observation stands
    /// @return observationCardinality how many observations the pool keeps
    /// @return observationCardinalityNext how many it will keep once it has filled them
    /// @return feeProtocol the protocol's share of the fee
    /// @return unlocked whether the pool is not inside a call
    function slot0()
        external
        view
        returns (
            uint160 sqrtPriceX96,
            int24 tick,
            uint16 observationIndex,
            uint16 observationCardinality,
            uint16 observationCardinalityNext,
            uint8 feeProtocol,
            bool unlocked
        );

    /// @notice The sums of tick x seconds up to past moments. Reverts where the pool no longer knows one.
    /// @param secondsAgos how long ago, seconds
    function observe(
        uint32[] calldata secondsAgos
    ) external view returns (int56[] memory tickCumulatives, uint160[] memory secondsPerLiquidityCumulativeX128s);
}
