// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract CommitTest is Stages {
    bytes20[] private seals;

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        seals = sealsOf(ROUND, everybody());
    }

    function commit() private {
        by(BATCHER);
        network.commit(topic, ROUND, seals);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.commit(TopicId.wrap(bytes32(uint256(7))), ROUND, seals);
    }

    function test_RefusesARoundBeyondTheLast() public {
        uint256 last = type(uint24).max - 1;
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, last + 1, last));
        network.commit(topic, last + 1, seals);
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, type(uint256).max, last));
        network.commit(topic, type(uint256).max, seals);
    }

    function test_RefusesOutsideTheWindow() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Pending, Phase.Commit));
        network.commit(topic, ROUND + 1, seals);

        warpTo(revealTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Commit));
        commit();
    }

    function test_RefusesAnEmptyOrOverlongList() public {
        seals = new bytes20[](0);
        refuse(abi.encodeWithSelector(ITopicRounds.ListLength.selector, 0, 256));
        commit();
        seals = new bytes20[](257);
        refuse(abi.encodeWithSelector(ITopicRounds.ListLength.selector, 257, 256));
        commit();
    }

    function test_RefusesASecondListOfTheSameCommitter() public {
        commit();
        refuse(abi.encodeWithSelector(ITopicRounds.AlreadyCommitted.selector, BATCHER, ROUND));
        commit();
    }

    /* EFFECT */

    function test_KeepsTheListForItsReveal() public {
        commit();
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, everybody(), ALL);
        require(keptOf[ROUND].revealed.workers.length == 3, "not kept");
    }

    function test_Tells() public {
        tells();
        emit ITopicRounds.PredictionsCommitted(topic, ROUND, BATCHER, 3);
        commit();
    }

    function test_OpensNoRoundAndMovesNone() public {
        bytes32 before = stateDigest(ROUND);
        commit();
        by(STRANGER);
        network.commit(topic, ROUND, seals);
        require(stateDigest(ROUND) == before, "the round moved");
        require(roundOf(ROUND).status == RoundStatus.None, "the round is open");
    }

    function test_LeavesAnUnsettledRoundItsPlaceInTheRing() public {
        predict(ROUND, everybody());
        warpTo(openTime(4));
        bytes32 before = stateDigest(ROUND);
        by(BATCHER);
        network.commit(topic, 4, seals);
        require(stateDigest(ROUND) == before, "the round moved");
        finish(ROUND, TRUTH);
        require(roundOf(ROUND).status == RoundStatus.Settled, "the round is stuck");
    }

    function stateDigest(uint256 round) private view returns (bytes32) {
        return keccak256(abi.encode(roundOf(round), positionOf(0), network.topicOf(topic), network.read(topic)));
    }

    function test_OfAnotherCommitterMayBeTheSame() public {
        commit();
        by(STRANGER);
        network.commit(topic, ROUND, seals);
        warpTo(revealTime(ROUND));
        reveal(ROUND, STRANGER, everybody(), ALL);
        require(keptOf[ROUND].revealed.workers.length == 3, "one list took the other's place");
    }

    function test_TakesTheLastSecondAndAFullList() public {
        warpTo(revealTime(ROUND) - 1);
        seals = new bytes20[](256);
        commit();
    }

    function test_TakesThePlaceOfTheCommittersListARingBefore() public {
        commit();
        warpTo(openTime(4));
        commit(4, BATCHER, everybody());
        warpTo(revealTime(4));
        reveal(4, BATCHER, everybody(), ALL);
        require(roundOf(4).status == RoundStatus.Open, "an old list holds the place of a new one");
    }
}
