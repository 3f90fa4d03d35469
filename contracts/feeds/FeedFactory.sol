// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {Topic, TopicId} from "../types/Topic.sol";
import {FallbackFeed} from "./FallbackFeed.sol";
import {FeedHistory} from "./FeedHistory.sol";
import {Policy} from "./ForecastPolicy.sol";
import {GuardedFeed} from "./GuardedFeed.sol";
import {TopicFeed} from "./TopicFeed.sol";

/// @title Deploys AggregatorV3 views of topics, each at an address that follows from the topic, and its policy if it has one.
/// @notice Anyone may deploy one; the address and the code are the same whoever does, and a second call returns the first
/// one's feed. The topic's id is all that is needed: the network holds the terms and the description. Every function that
/// takes a topic refuses an unknown one with UnknownTopic.
///
/// | view | where the policy refuses the forecast |
/// |---|---|
/// | TopicFeed | has none: answers with whatever the network has |
/// | GuardedFeed | reverts |
/// | FallbackFeed | answers zero |
contract FeedFactory {
    /// @notice There is no topic of this id in the network.
    error UnknownTopic(TopicId topic);

    /// @notice Emitted when a topic's feed is deployed.
    event FeedCreated(TopicId indexed topic, address feed);
    /// @notice Emitted when a topic's guarded feed is deployed.
    event GuardedFeedCreated(TopicId indexed topic, address feed, Policy policy);
    /// @notice Emitted when a topic's fallback feed is deployed.
    event FallbackFeedCreated(TopicId indexed topic, address feed, Policy policy);

    /// @notice The network whose topics these are.
    ITopicNetwork public immutable network;
    /// @notice Where the views find older rounds, and anyone records new ones.
    FeedHistory public immutable history;

    address private immutable topicFeed;
    address private immutable guardedFeed;
    address private immutable fallbackFeed;

    constructor(ITopicNetwork network_) {
        network = network_;
        history = new FeedHistory(network_);
        topicFeed = address(new TopicFeed(network_, history));
        guardedFeed = address(new GuardedFeed(network_, history));
        fallbackFeed = address(new FallbackFeed(network_, history));
    }

    /* CREATE */

    /// @notice Deploys a topic's feed, or returns the one that exists.
    function createFeed(TopicId topic) external returns (TopicFeed feed) {
        feed = feedOf(topic);
        if (address(feed).code.length > 0) return feed;

        deploy(topicFeed, topic, argsOf(topic));
        emit FeedCreated(topic, address(feed));
    }

    /// @notice Deploys a topic's feed that reverts where the policy is not met, or returns the one that exists.
    function createGuardedFeed(TopicId topic, Policy calldata policy) external returns (GuardedFeed feed) {
        feed = guardedFeedOf(topic, policy);
        if (address(feed).code.length > 0) return feed;

        deploy(guardedFeed, topic, argsOf(topic, policy));
        emit GuardedFeedCreated(topic, address(feed), policy);
    }

    /// @notice Deploys a topic's feed that answers zero where the policy is not met, or returns the one that exists.
    function createFallbackFeed(TopicId topic, Policy calldata policy) external returns (FallbackFeed feed) {
        feed = fallbackFeedOf(topic, policy);
        if (address(feed).code.length > 0) return feed;

        deploy(fallbackFeed, topic, argsOf(topic, policy));
        emit FallbackFeedCreated(topic, address(feed), policy);
    }

    function deploy(address view_, TopicId topic, bytes memory args) private {
        Clones.cloneDeterministicWithImmutableArgs(view_, args, TopicId.unwrap(topic));
    }

    /* FIND */

    /// @notice The address of a topic's feed, deployed or not.
    function feedOf(TopicId topic) public view returns (TopicFeed) {
        return TopicFeed(addressOf(topicFeed, topic, argsOf(topic)));
    }

    /// @notice The address of a topic's guarded feed, deployed or not.
    function guardedFeedOf(TopicId topic, Policy calldata policy) public view returns (GuardedFeed) {
        return GuardedFeed(addressOf(guardedFeed, topic, argsOf(topic, policy)));
    }

    /// @notice The address of a topic's fallback feed, deployed or not.
    function fallbackFeedOf(TopicId topic, Policy calldata policy) public view returns (FallbackFeed) {
        return FallbackFeed(addressOf(fallbackFeed, topic, argsOf(topic, policy)));
    }

    function addressOf(address view_, TopicId topic, bytes memory args) private view returns (address) {
        return Clones.predictDeterministicAddressWithImmutableArgs(view_, args, TopicId.unwrap(topic));
    }

    /* TERMS */

    function argsOf(TopicId topic) private view returns (bytes memory) {
        Topic memory terms = network.topicOf(topic);
        require(terms.cadence > 0, UnknownTopic(topic));

        return abi.encode(topic, terms.decimals, terms.horizon, heartbeatOf(terms));
    }

    /// @dev A policy is a struct of words: encoded alone it lies as it would after the terms.
    function argsOf(TopicId topic, Policy calldata policy) private view returns (bytes memory) {
        return bytes.concat(argsOf(topic), abi.encode(policy));
    }

    function heartbeatOf(Topic memory terms) private pure returns (uint256) {
        return uint256(terms.cadence) + terms.commitWindow + terms.revealWindow;
    }
}
