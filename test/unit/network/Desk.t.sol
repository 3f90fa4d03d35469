// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Multicallable} from "solady/src/utils/Multicallable.sol";
import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../../contracts/types/Seal.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Terms} from "../../../contracts/desk/Terms.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {ALL_CLOSED, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic, TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";
import {vm} from "../../helpers/Vm.sol";

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
        refusesWithoutAWord(abi.encodeWithSignature("pause()"));
    }

    function test_RefusesACallThatSaysNothing() public {
        refusesWithoutAWord("");
    }

    function refusesWithoutAWord(bytes memory call) private {
        (bool isDone, bytes memory answer) = address(network).call(call);
        require(!isDone && answer.length == 0, "answered");
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

    /* SIGNATURES */

    /// @dev The desk's code checks a consent against the domain that the network names.
    function test_SignsInTheNetworksDomain() public {
        (, string memory name, string memory version, uint256 chain, address contract_, , ) = IERC5267(address(network))
            .eip712Domain();
        require(chain == block.chainid && contract_ == address(network), "another domain");
        require(
            keccak256(bytes(name)) == keccak256("Auspex") && keccak256(bytes(version)) == keccak256("1"),
            "renamed"
        );

        Consent memory consent = consentOf(4, address(this));
        mint(address(this), STAKE);
        network.depositFor(topic, workerAt(4), STAKE, consent);
        require(positionOf(4).owner == address(this), "not the domain that was signed");
    }

    /* DIRECTLY: test/unit/network/desk.test.ts tries every verb */

    /// @dev Money that was paid to the desk itself would be nobody's.
    function test_TakesNoMoney() public {
        token.mint(STRANGER, STAKE);
        by(STRANGER);
        token.approve(address(desk), STAKE);
        refuse(abi.encodeWithSelector(ITopicDesk.CalledDirectly.selector, desk));
        by(STRANGER);
        desk.fund(topic, STAKE);
        refuse(abi.encodeWithSelector(ITopicDesk.CalledDirectly.selector, desk));
        by(STRANGER);
        desk.deposit(topic, STAKE);
        require(token.balanceOf(STRANGER) == STAKE, "lost");
    }

    function test_OpensNoTopic() public {
        refuse(abi.encodeWithSelector(ITopicDesk.CalledDirectly.selector, desk));
        desk.createTopic(terms());
    }

    /// @dev Whoever hands the network on to what is no desk would find every verb of it "done".
    function test_NoNetworkWithoutADesk() public {
        bytes memory code = vm.getCode("TopicNetwork.sol:TopicNetwork");
        require(deployed(bytes.concat(code, abi.encode(STRANGER))) == address(0), "an account's");
        require(deployed(bytes.concat(code, abi.encode(token))) == address(0), "another contract's");
        require(deployed(bytes.concat(code, abi.encode(desk))) != address(0), "refuses its own");
    }

    function deployed(bytes memory code) private returns (address made) {
        assembly ("memory-safe") {
            made := create(0, add(code, 32), mload(code))
        }
    }
}
