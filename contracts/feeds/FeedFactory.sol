// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {TopicId, TopicParams} from "../types/Topic.sol";
import {Policy} from "./ForecastPolicy.sol";
import {GuardedFeed} from "./GuardedFeed.sol";
import {TopicFeed} from "./TopicFeed.sol";

/// @title Makes a topic's feeds, each at an address that follows from its terms.
/// @notice Anyone may make one, and it does not matter who does. The topic's terms are given again, because the network
/// keeps only their hash; a feed for other terms would be one for another topic.
contract FeedFactory {
    error UnknownTopic(TopicId topic);

    event FeedCreated(TopicId indexed topic, address feed);
    event GuardedFeedCreated(TopicId indexed topic, address feed, Policy policy);

    ITopicNetwork public immutable network;
    address private immutable topicFeed;
    address private immutable guardedFeed;

    constructor(ITopicNetwork network_) {
        network = network_;
        topicFeed = address(new TopicFeed(network_));
        guardedFeed = address(new GuardedFeed(network_));
    }

    /// @notice Makes a topic's feed, or finds the one that is there.
    /// @param params the terms the topic was created with
    function createFeed(TopicParams calldata params) external returns (TopicFeed feed) {
        feed = feedOf(params);
        if (address(feed).code.length > 0) return feed;

        TopicId topic = existing(params);
        Clones.cloneDeterministicWithImmutableArgs(topicFeed, argsOf(params), TopicId.unwrap(topic));

        emit FeedCreated(topic, address(feed));
    }

    /// @notice Makes a topic's feed under a policy, or finds the one that is there.
    /// @param params the terms the topic was created with
    function createGuardedFeed(
        TopicParams calldata params,
        Policy calldata policy
    ) external returns (GuardedFeed feed) {
        feed = guardedFeedOf(params, policy);
        if (address(feed).code.length > 0) return feed;

        TopicId topic = existing(params);
        Clones.cloneDeterministicWithImmutableArgs(guardedFeed, argsOf(params, policy), TopicId.unwrap(topic));

        emit GuardedFeedCreated(topic, address(feed), policy);
    }

    /// @notice Where a topic's feed is or will be.
    function feedOf(TopicParams calldata params) public view returns (TopicFeed) {
        bytes32 salt = TopicId.unwrap(idOf(params));
        return TopicFeed(Clones.predictDeterministicAddressWithImmutableArgs(topicFeed, argsOf(params), salt));
    }

    /// @notice Where a topic's feed under a policy is or will be.
    function guardedFeedOf(TopicParams calldata params, Policy calldata policy) public view returns (GuardedFeed) {
        bytes32 salt = TopicId.unwrap(idOf(params));
        bytes memory args = argsOf(params, policy);
        return GuardedFeed(Clones.predictDeterministicAddressWithImmutableArgs(guardedFeed, args, salt));
    }

    function existing(TopicParams calldata params) private view returns (TopicId topic) {
        topic = idOf(params);
        require(network.topicOf(topic).cadence > 0, UnknownTopic(topic));
    }

    function idOf(TopicParams calldata params) private pure returns (TopicId) {
        return TopicId.wrap(keccak256(abi.encode(params)));
    }

    function argsOf(TopicParams calldata params) private pure returns (bytes memory) {
        return abi.encode(idOf(params), params.decimals, params.horizon, params.description);
    }

    function argsOf(TopicParams calldata params, Policy calldata policy) private pure returns (bytes memory) {
        return abi.encode(idOf(params), params.decimals, params.horizon, params.description, policy);
    }
}
