// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float} from "../maths/Float.sol";
import {Round, RoundStatus} from "../types/Round.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @title As much of the network as a truth source asks: topics and rounds that anyone may write.
contract MockTopics {
    mapping(TopicId topic => Topic) private topics;
    mapping(TopicId topic => mapping(uint256 round => RoundStatus)) private statuses;

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
        (terms.horizon, terms.truthWindow, terms.decimals) = (horizon, truthWindow, 18);
    }

    /// @param sigma 1e18 fixed point
    function setScale(TopicId topic, uint8 decimals, uint104 sigma) external {
        (topics[topic].decimals, topics[topic].sigma) = (decimals, Float.up24(sigma));
    }

    function setStatus(TopicId topic, uint256 round, RoundStatus status) external {
        statuses[topic][round] = status;
    }

    function topicOf(TopicId topic) external view returns (Topic memory) {
        return topics[topic];
    }

    function roundOf(TopicId topic, uint256 number) external view returns (Round memory round) {
        (round.number, round.status) = (uint24(number), statuses[topic][number]);
    }
}
