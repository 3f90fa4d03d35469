// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What PythTruth calls of Pyth's contract; its selectors and layouts are those of `@pythnetwork/pyth-sdk-solidity`.
interface IPyth {
    /// @notice `price x 10^expo`, give or take `conf x 10^expo`.
    struct Price {
        int64 price;
        uint64 conf;
        int32 expo;
        uint256 publishTime; // unix time
    }

    struct PriceFeed {
        bytes32 id;
        Price price;
        Price emaPrice;
    }

    /// @return fee what parsing these updates costs, wei
    function getUpdateFee(bytes[] calldata updateData) external view returns (uint256 fee);

    /// @notice Verifies signed updates and answers those of `priceIds` that were published within the given times.
    /// @param checkUniqueness only the first update at or after `minAllowedPublishTime` counts: the one whose predecessor was
    /// published before it, which the update itself states
    /// @param checkUpdateDataIsMinimal refuses updates that were not asked for
    /// @param storeUpdatesIfFresh whether Pyth's latest prices move
    function parsePriceFeedUpdatesWithConfig(
        bytes[] calldata updateData,
        bytes32[] calldata priceIds,
        uint64 minAllowedPublishTime,
        uint64 maxAllowedPublishTime,
        bool checkUniqueness,
        bool checkUpdateDataIsMinimal,
        bool storeUpdatesIfFresh
    ) external payable returns (PriceFeed[] memory feeds, uint64[] memory slots);
}
