// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Terms} from "./Terms.sol";
import {NetworkBase} from "../rounds/RoundBase.sol";
import {TopicId, TopicParams} from "../types/Topic.sol";

/// @title How a topic is created. Documented in ITopicDesk.
/// @dev Code of the desk's that has an address of its own, because checking terms takes a quarter of what one contract can
/// hold. The desk deploys it, and runs it by delegation in the network's storage.
contract TopicTerms is NetworkBase {
    address private immutable self = address(this);

    function createTopic(TopicParams calldata params) external returns (TopicId) {
        requireDelegated(self);
        return Terms.create(network, params);
    }
}
