// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Feed} from "./Feed.sol";
import {Position} from "./Position.sol";
import {Backing, Resolution, Round, SealList} from "./Round.sol";
import {Topic, TopicId} from "./Topic.sol";

/// @notice All that the network remembers. Rounds and lists have their place in a ring: round modulo ring size.
struct Network {
    mapping(TopicId => Topic) topicOf;
    mapping(TopicId => Feed) feedOf;
    mapping(TopicId => mapping(uint256 place => Round)) roundAt;
    mapping(TopicId => mapping(uint256 place => mapping(address committer => SealList))) listOf;
    mapping(TopicId => mapping(address worker => Position)) positionOf;
    mapping(TopicId => mapping(uint8 seat => address worker)) seatOf;
    mapping(address account => uint256) claimableOf;
    mapping(TopicId => mapping(uint256 round => uint256 seats)) slashedIn;
    mapping(TopicId => mapping(uint256 place => Backing)) backingAt;
    mapping(TopicId => mapping(uint256 place => Resolution)) resolutionAt;
    mapping(TopicId => address code) descriptionAt; // the question in words, as the code of a contract (SSTORE2)
}
