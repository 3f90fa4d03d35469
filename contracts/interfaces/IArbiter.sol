// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice How a case stands.
enum Ruling {
    Pending, // not ruled yet, and there is time
    Decided, // final, with a value
    Silent // final, without one: nobody decided in time
}

/// @title Who decides a challenged truth.
/// @notice A truth source names its arbiter once, for good. Both final rulings stay as they are.
interface IArbiter {
    /// @notice Seconds from a case's opening until `rulingOf` is no longer Pending, at most.
    function duration() external view returns (uint256);

    /// @notice What opening a case costs, in the smallest unit of `token`; taken from the caller of `open`.
    function fee() external view returns (uint256);

    /// @notice What the fee is paid in.
    function token() external view returns (IERC20);

    /// @notice Opens a case. The caller has approved the fee.
    /// @param question what is to be decided: `abi.encode(source, topic, round, targetTime, reported, claimed)`
    /// @param electorateAt unix time; only accounts that were ready to decide long enough before it may decide
    /// @param parties who may not decide, because the answer costs or pays them
    /// @param payer who gets the fee back if nobody decides
    /// @return id of the case
    function open(
        bytes calldata question,
        uint256 electorateAt,
        address[] calldata parties,
        address payer
    ) external returns (uint256 id);

    /// @return ruling how the case stands
    /// @return value what happened, 1e18 fixed point; zero unless Decided
    function rulingOf(uint256 id) external view returns (Ruling ruling, int104 value);
}
