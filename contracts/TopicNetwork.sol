// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Multicallable} from "solady/src/utils/Multicallable.sol";

import {ITopicDesk} from "./interfaces/ITopicDesk.sol";
import {ITopicFeed} from "./interfaces/ITopicFeed.sol";
import {Delegation} from "./desk/Delegation.sol";
import {Settling} from "./rounds/Settling.sol";
import {Feed, FeedStatus, Forecast, Spread} from "./types/Feed.sol";
import {TopicId} from "./types/Topic.sol";

/// @title The prediction topic network: the life of a round, stage by stage, and the feed. Documented in ITopicRounds and
/// ITopicFeed.
/// @notice Together with its desk it is an ITopicNetwork: a verb that is not here is run by the desk's code.
contract TopicNetwork is ITopicFeed, Settling, Multicallable {
    /* IMMUTABLES */

    /// @notice The code of everything that not every round needs: topics, stakes, seats, reveals in parts. Its storage is
    /// this contract's.
    address public immutable desk;

    /// @param desk_ a TopicDesk, which knows the token. It is part of the network's code: an auditor has to check both.
    /// (Created here, it would make the creation code larger than a chain takes.)
    constructor(address desk_) {
        Address.functionDelegateCall(desk_, abi.encodeCall(ITopicDesk.token, ()));
        desk = desk_;
    }

    /* DESK */

    /// @dev A verb that is not here is run by the desk's code.
    fallback() external {
        Delegation.forward(desk);
    }

    /* READ */

    /// @inheritdoc ITopicFeed
    function read(TopicId id) external view returns (Forecast memory forecast) {
        Feed storage feed = network.feedOf[id];
        (uint256 targetTime, uint256 ahead, uint256 others) = (feed.targetTime, feed.ahead, feed.lastContributor);
        if (targetTime == 0) return forecast;

        forecast.value = feed.value;
        Spread spread = feed.spread;
        (forecast.lower, forecast.upper) = intervalOf(feed.value, spread);
        forecast.targetTime = targetTime;
        forecast.round = feed.round;
        forecast.wagers = spread.wagers();
        forecast.status = statusOf(targetTime, feed.thin);
        // Parts of one slot: no sum of them comes near an overflow.
        unchecked {
            forecast.publishedAt = targetTime - ahead;
            forecast.contributors = others + 1;
        }
        // A struct of words lies in memory as the ABI encodes it.
        assembly ("memory-safe") {
            return(forecast, 0x120)
        }
    }

    /// @dev A width may reach beyond what int104 holds, but not beyond 2^105.
    function intervalOf(int256 value, Spread spread) private pure returns (int256 lower, int256 upper) {
        if (!spread.isPromised()) return (type(int104).min, type(int104).max);
        unchecked {
            return (value - int256(spread.below()), value + int256(spread.above()));
        }
    }

    function statusOf(uint256 targetTime, bool thin) private view returns (FeedStatus) {
        if (targetTime <= block.timestamp) return FeedStatus.Stale;
        return thin ? FeedStatus.Thin : FeedStatus.Live;
    }

    /// @inheritdoc ITopicFeed
    function publishedOf(TopicId id) external view returns (uint256) {
        Feed storage feed = network.feedOf[id];
        return feed.targetTime == 0 ? 0 : uint256(feed.round) + 1 - network.topicOf[id].missed;
    }

    /// @inheritdoc ITopicFeed
    function isTopic(TopicId id) external view returns (bool) {
        return network.topicOf[id].cadence > 0;
    }

    /// @inheritdoc ITopicFeed
    function decimalsOf(TopicId id) external view returns (uint8) {
        return network.topicOf[id].decimals;
    }
}
