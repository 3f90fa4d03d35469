// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {Topic, TopicId} from "../types/Topic.sol";
import {Policy} from "./ForecastPolicy.sol";
import {GuardedFeed} from "./GuardedFeed.sol";
import {TopicFeed} from "./TopicFeed.sol";

/// @title Deploys AggregatorV3 views of topics, each at an address that follows from the topic, and its policy if it has one.
/// @notice Anyone may deploy one; the address and the code are the same whoever does, and a second call returns the first
/// one's feed. The topic's id is all that is needed: the network holds the terms and the description.
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

    /// @notice Deploys a topic's feed, or returns the one that exists. Refuses with UnknownTopic.
    function createFeed(TopicId topic) external returns (TopicFeed feed) {
        feed = feedOf(topic);
        if (address(feed).code.length > 0) return feed;

        Clones.cloneDeterministicWithImmutableArgs(topicFeed, argsOf(topic), TopicId.unwrap(topic));

        emit FeedCreated(topic, address(feed));
    }

    /// @notice Deploys a topic's feed under a policy, or returns the one that exists. Refuses with UnknownTopic.
    function createGuardedFeed(TopicId topic, Policy calldata policy) external returns (GuardedFeed feed) {
        feed = guardedFeedOf(topic, policy);
        if (address(feed).code.length > 0) return feed;

        Clones.cloneDeterministicWithImmutableArgs(guardedFeed, argsOf(topic, policy), TopicId.unwrap(topic));

        emit GuardedFeedCreated(topic, address(feed), policy);
    }

    /// @notice The address of a topic's feed, deployed or not. Refuses with UnknownTopic.
    function feedOf(TopicId topic) public view returns (TopicFeed) {
        bytes32 salt = TopicId.unwrap(topic);
        return TopicFeed(Clones.predictDeterministicAddressWithImmutableArgs(topicFeed, argsOf(topic), salt));
    }

    /// @notice The address of a topic's feed under a policy, deployed or not. Refuses with UnknownTopic.
    function guardedFeedOf(TopicId topic, Policy calldata policy) public view returns (GuardedFeed) {
        bytes32 salt = TopicId.unwrap(topic);
        bytes memory args = argsOf(topic, policy);
        return GuardedFeed(Clones.predictDeterministicAddressWithImmutableArgs(guardedFeed, args, salt));
    }

    function existing(TopicId topic) private view returns (Topic memory terms) {
        terms = network.topicOf(topic);
        require(terms.cadence > 0, UnknownTopic(topic));
    }

    function argsOf(TopicId topic) private view returns (bytes memory) {
        Topic memory terms = existing(topic);
        return abi.encode(topic, terms.decimals, terms.horizon);
    }

    function argsOf(TopicId topic, Policy calldata policy) private view returns (bytes memory) {
        Topic memory terms = existing(topic);
        return abi.encode(topic, terms.decimals, terms.horizon, policy);
    }
}
