// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float} from "../../../contracts/maths/Float.sol";
import {TopicState} from "../../../contracts/storage/State.sol";
import {Money} from "../../../contracts/types/Learning.sol";
import {COUNT_MAX, ERA_MAX, packTenure} from "../../../contracts/types/Position.sol";
import {Topic} from "../../../contracts/types/Topic.sol";

contract TopicStateTest {
    using TopicState for Topic;

    Topic private topic;

    /// @dev A next era would be zero again, in which every record of the first would count.
    function test_TheLastEraStays() public {
        Money memory strange = Money(1_000, 1_000, 0);
        topic.usual = Float.down24(1_000);
        topic.tenure = packTenure(ERA_MAX - 1, COUNT_MAX);
        require(topic.isRestartedBy(strange), "the last but one does not end");
        topic.tenure = packTenure(ERA_MAX, COUNT_MAX);
        require(!topic.isRestartedBy(strange), "the last ends");
    }
}
