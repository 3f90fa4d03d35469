// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";
import {Multicallable} from "solady/src/utils/Multicallable.sol";
import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Terms} from "../../../contracts/libraries/Terms.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {ALL_CLOSED, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic, TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

interface NetworkWithDesk {
    function desk() external view returns (address);
}

/// @notice The network's desk: reached through the network it is the network, reached directly it is nobody's.
contract DeskTest is Stages {
    ITopicDesk private desk;

    function setUp() public {
        staked();
        desk = ITopicDesk(NetworkWithDesk(address(network)).desk());
    }

    /* THROUGH THE NETWORK */

    function test_RefusesAVerbThatNobodyKnows() public {
        refuse(abi.encodeWithSelector(Errors.FailedCall.selector));
        (bool isDone, ) = address(network).call(abi.encodeWithSignature("pause()"));
        isDone;
    }

    function test_RefusesACallThatSaysNothing() public {
        refuse(abi.encodeWithSelector(Errors.FailedCall.selector));
        (bool isDone, ) = address(network).call("");
        isDone;
    }

    function test_TakesNoEther() public {
        require(address(this).balance > 0, "nothing to send");
        (bool isTaken, ) = address(network).call{value: 1}("");
        require(!isTaken, "ether is lost in it");
    }

    function test_PassesErrorsOnAsTheyAre() public {
        passesOn(
            abi.encodeCall(ITopicDesk.fund, (TopicId.wrap(0), 1)),
            abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 0)
        );
        passesOn(abi.encodeCall(ITopicDesk.fund, (topic, 0)), abi.encodeWithSelector(ITopicDesk.ZeroAmount.selector));
        passesOn(
            abi.encodeCall(ITopicDesk.takeSeat, (topic, workerAt(0), 0)),
            abi.encodeWithSelector(ITopicDesk.NotOwner.selector, address(this), workerAt(0))
        );
        TopicParams memory params = terms();
        params.description = "";
        passesOn(
            abi.encodeCall(ITopicDesk.createTopic, (params)),
            abi.encodeWithSelector(Terms.OutOfBounds.selector, "description", 0, 1, 280)
        );
    }

    function passesOn(bytes memory call, bytes memory error) private {
        (bool isDone, bytes memory actual) = address(network).call(call);
        require(!isDone && keccak256(actual) == keccak256(error), "another error");
    }

    function test_AnswersWithWholeStructs() public {
        warpTo(openTime(ROUND));
        commit(ROUND, BATCHER, everybody());
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);

        TopicParams memory params = terms();
        Topic memory kept = network.topicOf(topic);
        require(kept.start == params.start && kept.truth == params.truth, "another topic");
        require(kept.min == params.min && kept.max == params.max && kept.pool == POOL, "another topic");

        Position memory position = network.positionOf(topic, workerAt(2));
        require(position.stake == STAKE && position.owner == workerAt(2), "another position");
        require(position.seat == 2 && position.until == type(uint24).max, "another seat");

        Round memory round = network.roundOf(topic, ROUND);
        require(round.status == RoundStatus.Open && round.count == 3 && round.closed == ALL_CLOSED, "another round");
    }

    function test_TellsInTheNetworksName() public {
        mint(address(this), 5);
        tells();
        emit ITopicDesk.Funded(topic, address(this), 5);
        network.fund(topic, 5);
    }

    function test_TakesManyVerbsAtOnceTheDesksAmongThem() public {
        mint(address(this), 5);
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(ITopicDesk.fund, (topic, 5));
        calls[1] = abi.encodeCall(network.publishedOf, (topic));
        calls[2] = abi.encodeCall(ITopicDesk.claimableOf, (address(this)));
        bytes[] memory answers = Multicallable(address(network)).multicall(calls);
        require(network.topicOf(topic).pool == POOL + 5, "not funded by who called");
        require(answers.length == 3 && abi.decode(answers[2], (uint256)) == 0, "other answers");
    }

    function test_UndoesAllWhereOneOfManyIsRefused() public {
        mint(address(this), 5);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(ITopicDesk.fund, (topic, 5));
        calls[1] = abi.encodeCall(ITopicDesk.claim, ());
        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, address(this)));
        Multicallable(address(network)).multicall(calls);
        require(network.topicOf(topic).pool == POOL, "half was done");
    }

    /* DIRECTLY */

    function test_KnowsNoneOfTheNetworksTopicsStakesAndRounds() public {
        require(desk.topicOf(topic).cadence == 0, "knows the topic");
        require(desk.positionOf(topic, workerAt(0)).stake == 0, "knows a stake");
        require(desk.seatOf(topic, 0) == address(0), "knows a seat");
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, topic));
        desk.roundOf(topic, ROUND);
    }

    function test_PaysOutNothingOfTheNetworks() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, topic));
        by(workerAt(0));
        desk.unstake(topic, workerAt(0), STAKE);
        refuse(abi.encodeWithSelector(ITopicDesk.NothingToClaim.selector, KEEPER));
        by(KEEPER);
        desk.claim();
    }

    function test_KeepsBooksOfItsOwnAndMovesNoneOfTheNetworksMoney() public {
        bytes32 before = networkDigest();
        require(TopicId.unwrap(desk.createTopic(terms())) == TopicId.unwrap(topic), "another name");
        stakeDirectly();
        require(desk.positionOf(topic, STRANGER).stake == STAKE, "keeps no books");
        require(networkDigest() == before, "the network's books or money moved");

        by(STRANGER);
        desk.unstake(topic, STRANGER, STAKE);
        warpTo(time + terms().unstakeDelay);
        by(STRANGER);
        desk.withdraw(topic, STRANGER);
        require(token.balanceOf(STRANGER) == STAKE && token.balanceOf(address(desk)) == 0, "paid from elsewhere");
        require(networkDigest() == before, "the network's books or money moved");
    }

    function stakeDirectly() private {
        token.mint(STRANGER, STAKE);
        by(STRANGER);
        token.approve(address(desk), STAKE);
        by(STRANGER);
        desk.deposit(topic, STAKE);
        require(token.balanceOf(address(desk)) == STAKE, "the money went elsewhere");
        warpTo(time + terms().activationDelay);
        desk.activate(topic, STRANGER);
    }

    function networkDigest() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    token.balanceOf(address(network)),
                    network.topicOf(topic),
                    roundOf(ROUND),
                    positionOf(0),
                    network.positionOf(topic, STRANGER)
                )
            );
    }

    /// @dev A consent names the contract that keeps the books.
    function test_TakesNoConsentThatWasGivenToTheNetwork() public {
        desk.createTopic(terms());
        (bytes32 r, bytes32 vs) = consentOf(4, address(this));
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(4), address(this)));
        desk.depositFor(topic, workerAt(4), STAKE, r, vs);

        mint(address(this), STAKE);
        network.depositFor(topic, workerAt(4), STAKE, r, vs);
        require(positionOf(4).owner == address(this), "nor does the network");
    }
}
