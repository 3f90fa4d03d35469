// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A proposal for one parameter of one market, in the shape that risk stewards of Aave and Venus read.
/// @param timestamp when it was made, unix time
/// @param newValue the value proposed, as `abi.encode(uint256)`
/// @param referenceId what it follows from, in words
/// @param previousValue the value proposed before, as `newValue`
/// @param updateType the parameter's name
/// @param updateId counts proposals from 1 on
/// @param market the market's address
/// @param additionalData `abi.encode` of the forecast it follows from
struct RiskParameterUpdate {
    uint256 timestamp;
    bytes newValue;
    string referenceId;
    bytes previousValue;
    string updateType;
    uint256 updateId;
    address market;
    bytes additionalData;
}

/// @title What a risk steward asks a source of risk parameters.
interface IRiskOracle {
    /// @notice The latest proposal for a parameter of a market. Reverts where there is none.
    function getLatestUpdateByParameterAndMarket(
        string calldata updateType,
        address market
    ) external view returns (RiskParameterUpdate memory);

    /// @notice A proposal by its number. Reverts where there is none.
    function getUpdateById(uint256 updateId) external view returns (RiskParameterUpdate memory);
}
