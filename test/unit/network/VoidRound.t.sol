// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract VoidRoundTest is Stages {
    function setUp() public {
        published();
        warpTo(deadline(ROUND));
    }

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.voidRound(TopicId.wrap(bytes32(uint256(7))), ROUND);
    }

    function test_RefusesARoundThatIsNotPublished() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Published));
        network.voidRound(topic, 1);
    }

    function test_DoesNothingASecondTime() public {
        network.voidRound(topic, ROUND);
        network.voidRound(topic, ROUND);
        require(roundOf(ROUND).status == RoundStatus.Void, "no longer void");
    }

    /// @dev Settled is final too, and is not what it would make of the round.
    function test_RefusesARoundThatIsSettled() public {
        network.voidRound(topic, ROUND);
        predict(5, everybody());
        finish(5, TRUTH);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.Settled, RoundStatus.Published));
        network.voidRound(topic, 5);
    }

    function test_RefusesBeforeTheDeadline() public {
        network.voidRound(topic, ROUND);
        predict(5, everybody());
        warpTo(deadline(5) - 1);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Due, Phase.Expired));
        network.voidRound(topic, 5);
    }

    function test_LeavesThePoolAsItIsAndMovesNothingElse() public {
        require(toldOf(ROUND).reward == 5, "nothing was owed");
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2), network.read(topic)));
        tells();
        emit ITopicRounds.RoundVoided(topic, ROUND);
        by(STRANGER);
        network.voidRound(topic, ROUND);
        require(roundOf(ROUND).status == RoundStatus.Void && network.topicOf(topic).pool == POOL, "not void");
        bytes32 now_ = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2), network.read(topic)));
        require(now_ == before, "something else moved");
    }
}
