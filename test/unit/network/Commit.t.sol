// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float} from "../../../contracts/libraries/Float.sol";
import {Phase, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic, TopicId} from "../../../contracts/types/Topic.sol";
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

    function test_RefusesWhileThePlaceInTheRingIsUnsettled() public {
        commit(ROUND, BATCHER, everybody());
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, everybody(), ALL);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(openTime(4));
        refuse(abi.encodeWithSelector(ITopicRounds.RingFull.selector, 4, ROUND));
        network.commit(topic, 4, seals);

        finish(ROUND, TRUTH);
        network.commit(topic, 4, seals);
        require(roundOf(4).status == RoundStatus.Open, "the place is still taken");
        require(roundOf(ROUND).status == RoundStatus.None, "the old round is still told");
    }

    /* EFFECT */

    function test_OpensTheRoundAndFreezesItsDomain() public {
        Topic memory kept = network.topicOf(topic);
        int104 center = int104(Float.unpackSigned(kept.center));
        uint104 sigma = uint104(Float.unpack(kept.sigma));
        require(center > 99.999e18 && sigma > 4.999e18, "not the domain of the terms");
        tells();
        emit ITopicRounds.RoundOpened(topic, ROUND, center, sigma);
        tells();
        emit ITopicRounds.PredictionsCommitted(topic, ROUND, BATCHER, 3);
        commit();
        Round memory round = roundOf(ROUND);
        require(round.status == RoundStatus.Open && round.number == ROUND && round.count == 0, "not open");
    }

    function test_ByAnotherCommitterLeavesTheRoundAsItIs() public {
        commit();
        Round memory before = roundOf(ROUND);
        by(STRANGER);
        network.commit(topic, ROUND, seals);
        require(keccak256(abi.encode(roundOf(ROUND))) == keccak256(abi.encode(before)), "the round moved");
    }

    function test_TakesTheLastSecondAndAFullList() public {
        warpTo(revealTime(ROUND) - 1);
        seals = new bytes20[](256);
        commit();
    }

    function test_ReusesThePlaceOfARoundThatNobodyPublished() public {
        commit();
        warpTo(openTime(4));
        by(BATCHER);
        network.commit(topic, 4, seals);
        require(roundOf(4).status == RoundStatus.Open, "a dead round holds its place");
    }
}
