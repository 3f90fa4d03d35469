// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "./ITopicDesk.sol";
import {ITopicFeed} from "./ITopicFeed.sol";
import {ITopicRounds} from "./ITopicRounds.sol";

/// @title The prediction topic network: topics, rounds and stakes.
/// @notice A round: workers `commit` sealed predictions and `reveal` them; anyone may `publish` the aggregate, bring the
/// truth with `resolve`, and `settle`, which moves stake from the inaccurate to the accurate. Nobody owns the network,
/// nothing can be paused or upgraded.
/// @dev All that can be called at the network's address, but `multicall`, `desk` and `eip712Domain`. Values are 1e18 fixed point,
/// money is in base units of `token`, shares are in basis points, times are unix seconds. docs/Protocol.md has the states of a
/// round, the callers of each verb and the storage layout.
interface ITopicNetwork is ITopicRounds, ITopicDesk, ITopicFeed {}
