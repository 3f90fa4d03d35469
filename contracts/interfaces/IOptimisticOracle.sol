// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title As much of an optimistic oracle of UMA's shape (OptimisticOracleV3) as an arbiter asks.
/// @notice Somebody asserts a statement with a bond. Until its liveness is over anyone may dispute it with the same bond. An
/// undisputed assertion is true; a disputed one is what the oracle's voters find. The winner gets its bond back, and what
/// the oracle keeps no fee of from the other's.
interface IOptimisticOracle {
    /// @notice Asserts a statement. Takes the bond from the caller, who has approved it.
    /// @param claim the statement, UTF-8
    /// @param asserter who gets the bond back
    /// @param callbackRecipient whom the oracle calls when the assertion is disputed and when it is settled; zero for nobody
    /// @param escalationManager zero for the oracle's own voters
    /// @param liveness seconds in which the assertion can be disputed
    /// @param bond at least `getMinimumBond(currency)`, in the currency's smallest unit
    /// @param identifier how voters are to read the claim
    /// @param domainId zero
    /// @return assertionId names the assertion
    function assertTruth(
        bytes memory claim,
        address asserter,
        address callbackRecipient,
        address escalationManager,
        uint64 liveness,
        IERC20 currency,
        uint256 bond,
        bytes32 identifier,
        bytes32 domainId
    ) external returns (bytes32 assertionId);

    /// @notice Disputes an assertion before its liveness is over, once. Takes the assertion's bond from the caller.
    /// @param disputer who gets the bonds if the assertion is found untrue
    function disputeAssertion(bytes32 assertionId, address disputer) external;

    /// @notice Pays out an assertion whose liveness is over, or on which the voters have decided. Anyone may, once.
    function settleAssertion(bytes32 assertionId) external;

    /// @notice The least bond of an assertion in a currency.
    function getMinimumBond(address currency) external view returns (uint256);

    /// @notice The identifier of statements in plain language.
    function defaultIdentifier() external view returns (bytes32);
}

/// @title What the oracle calls on an assertion's recipient. If one of these reverts, so does what the oracle was doing.
interface IOptimisticOracleCallbacks {
    /// @notice An assertion was settled.
    function assertionResolvedCallback(bytes32 assertionId, bool assertedTruthfully) external;

    /// @notice An assertion was disputed.
    function assertionDisputedCallback(bytes32 assertionId) external;
}
