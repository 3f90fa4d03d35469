// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What an option venue asks a source of volatilities, in the shape of Lyra v2 (Derive).
interface IVolFeed {
    /// @notice Volatility for an option.
    /// @param strike price, 1e18 fixed point
    /// @param expiry unix time
    /// @return vol a year, 1e18 fixed point: 0.2e18 is 20 %
    /// @return confidence 0 to 1e18
    function getVol(uint128 strike, uint64 expiry) external view returns (uint256 vol, uint256 confidence);

    /// @notice The confidence alone.
    function getExpiryMinConfidence(uint64 expiry) external view returns (uint256 confidence);
}
