// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Topic, TopicId} from "../types/Topic.sol";

/// @title As much of the network as a truth source asks: the terms of topics anyone may write.
contract MockTopics {
    mapping(TopicId topic => Topic) private topics;

    function setTopic(
        TopicId topic,
        address truth,
        uint32 start,
        uint24 cadence,
        uint24 horizon,
        uint24 truthWindow
    ) external {
        Topic storage terms = topics[topic];
        (terms.truth, terms.start, terms.cadence) = (truth, start, cadence);
        (terms.horizon, terms.truthWindow) = (horizon, truthWindow);
    }

    function topicOf(TopicId topic) external view returns (Topic memory) {
        return topics[topic];
    }
}
