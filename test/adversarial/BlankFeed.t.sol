// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ForecastReader} from "../../contracts/feeds/ForecastReader.sol";
import {Policy} from "../../contracts/feeds/ForecastPolicy.sol";
import {ITopicFeed} from "../../contracts/interfaces/ITopicFeed.sol";
import {Stages} from "../helpers/Stages.sol";
import {TopicId} from "../../contracts/types/Topic.sol";

/// @dev A contract that answers everything with nothing, as a proxy does whose code is gone.
contract Blank {
    fallback() external {}
}

contract Reader is ForecastReader {
    constructor(ITopicFeed feed_, TopicId topic_, Policy memory policy_) ForecastReader(feed_, topic_, policy_) {}
}

/// @notice The sequencer's feed answers with nothing. Pass mark: `readOr` answers with the fallback, as it promises.
contract BlankFeedTest is Stages {
    function test_ReadsTheFallback() public {
        published();
        Policy memory policy;
        policy.sequencerFeed = address(new Blank());
        Reader reader = new Reader(network, topic, policy);
        require(reader.readOr(7) == 7, "another value");
    }
}
