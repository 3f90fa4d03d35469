// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicFeed} from "../../../contracts/interfaces/ITopicFeed.sol";
import {TopicParams} from "../../../contracts/types/Topic.sol";
import {NetworkDriver, Said} from "../../helpers/NetworkDriver.sol";
import {TopicFeedLaws} from "./TopicFeedLaws.sol";

contract TopicNetworkFeedTest is NetworkDriver, TopicFeedLaws {
    uint256 private round;

    function scene() internal override returns (ITopicFeed, TopicParams memory) {
        openTopic();
        rememberWorkers(3);
        seatWorkers(3, STAKE);
        return (network, terms());
    }

    /// @dev Wide enough for negative values: values of a young topic are kept in its domain.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.sigma = 100e18;
    }

    function publishNext(int256 value) internal override {
        Said[] memory list = new Said[](3);
        for (uint256 i = 0; i < 3; ++i) list[i] = say(i, value, 10_000);
        predict(round++, list);
    }

    function passTargetTime() internal override {
        warpTo(targetTime(round - 1));
    }

    function instant() internal view override returns (uint256) {
        return time;
    }
}
