// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../../../contracts/interfaces/ITopicFeed.sol";
import {MockTopicFeed} from "../../../contracts/mocks/MockTopicFeed.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {vm} from "../../helpers/Vm.sol";
import {TopicFeedLaws} from "./TopicFeedLaws.sol";

contract MockTopicFeedTest is TopicFeedLaws {
    MockTopicFeed private network;
    TopicId private topic;
    uint256 private time = 1_000;

    function scene() internal override returns (ITopicFeed, TopicParams memory params) {
        vm.warp(time);
        network = new MockTopicFeed();
        (params.description, params.decimals, params.cadence, params.horizon) = ("What will it be?", 8, 100, 3_600);
        topic = network.createTopic(params);
        return (network, params);
    }

    function publishNext(int256 value) internal override {
        time += 100;
        vm.warp(time);
        network.publish(topic, value, 123_456_789_012);
    }

    function passTargetTime() internal override {
        time += 1 hours;
        vm.warp(time);
    }

    function instant() internal view override returns (uint256) {
        return time;
    }
}
