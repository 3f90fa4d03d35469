// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {FeeToken} from "../../../contracts/mocks/FeeToken.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract FundTest is Stages {
    function setUp() public {
        openTopic();
        mint(STRANGER, 100);
    }

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.fund(TopicId.wrap(bytes32(uint256(7))), 1);
    }

    function test_RefusesNothing() public {
        refuse(abi.encodeWithSelector(ITopicDesk.ZeroAmount.selector));
        network.fund(topic, 0);
    }

    // Invariant 23
    function test_RefusesATokenThatKeepsAPart() public {
        deployNetwork(new FeeToken());
        topic = network.createTopic(terms());
        mint(STRANGER, 100);
        refuse(abi.encodeWithSelector(ITopicDesk.WrongTransfer.selector, 59, 60));
        by(STRANGER);
        network.fund(topic, 60);
        require(network.topicOf(topic).pool == 0, "taken in all the same");
    }

    function test_RefusesMoreThanTheNetworkCanHold() public {
        mint(STRANGER, type(uint96).max);
        by(STRANGER);
        network.fund(topic, 100);
        uint96 rest = type(uint96).max - 100;
        mint(address(network), 1);

        refuse(
            abi.encodeWithSelector(ITopicDesk.TooMuchHeld.selector, uint256(type(uint96).max) + 1, type(uint96).max)
        );
        by(STRANGER);
        network.fund(topic, rest);
    }

    function test_PaysIntoThePoolOfAnyone() public {
        by(STRANGER);
        network.fund(topic, 60);
        require(network.topicOf(topic).pool == 60, "another pool");
        require(token.balanceOf(STRANGER) == 40 && token.balanceOf(address(network)) == 60, "another balance");
    }

    function test_Tells() public {
        tells();
        emit ITopicDesk.Funded(topic, STRANGER, 60);
        by(STRANGER);
        network.fund(topic, 60);
    }
}
