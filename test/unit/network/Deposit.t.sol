// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../../contracts/types/Seal.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {FeeToken} from "../../../contracts/mocks/FeeToken.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

contract DepositTest is Stages {
    address private constant OWNER = address(0x01DE);
    Consent private consent;

    function setUp() public {
        opened();
        mint(OWNER, 100_000);
        mint(STRANGER, 100_000);
        consent = consentOf(0, OWNER);
    }

    function depositByOwner(uint96 amount) private {
        by(OWNER);
        network.depositFor(topic, workerAt(0), amount, consent);
    }

    function test_TellsOfNoActivationWhereNothingWaited() public {
        vm.recordLogs();
        depositByOwner(5_000);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            require(logs[i].topics[0] != ITopicDesk.Activated.selector, "activated nothing");
        }
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.deposit(TopicId.wrap(bytes32(uint256(7))), STAKE);
    }

    function test_RefusesNothing() public {
        refuse(abi.encodeWithSelector(ITopicDesk.ZeroAmount.selector));
        depositByOwner(0);
    }

    function test_RefusesAStrangerToAnOwnedPosition() public {
        depositByOwner(STAKE);
        consent = consentOf(0, STRANGER);
        refuse(abi.encodeWithSelector(ITopicDesk.NotOwner.selector, STRANGER, OWNER));
        by(STRANGER);
        network.depositFor(topic, workerAt(0), STAKE, consent);
    }

    function test_RefusesWithoutTheSignersConsent() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(0), STRANGER));
        by(STRANGER);
        network.depositFor(topic, workerAt(0), STAKE, consent);

        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, workerAt(1), OWNER));
        by(OWNER);
        network.depositFor(topic, workerAt(1), STAKE, consent);
    }

    function test_RefusesAFailedRecoveryForAddressZero() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NoConsent.selector, address(0), OWNER));
        by(OWNER);
        network.depositFor(topic, address(0), STAKE, Consent(0, 0, 0));
    }

    function test_RefusesLessThanASeatNeeds() public {
        refuse(abi.encodeWithSelector(ITopicDesk.BelowMinStake.selector, 999, 1000));
        depositByOwner(999);
    }

    function test_RefusesATokenThatKeepsAPart() public {
        deployNetwork(new FeeToken());
        topic = network.createTopic(terms());
        mint(OWNER, STAKE);
        consent = consentOf(0, OWNER);
        refuse(abi.encodeWithSelector(ITopicDesk.WrongTransfer.selector, STAKE - 1, STAKE));
        depositByOwner(STAKE);
    }

    function test_RefusesMoreThanTheNetworkCanHold() public {
        uint96 rest = type(uint96).max - POOL + 1;
        mint(OWNER, rest);
        refuse(
            abi.encodeWithSelector(ITopicDesk.TooMuchHeld.selector, uint256(type(uint96).max) + 1, type(uint96).max)
        );
        depositByOwner(rest);
    }

    /* A FIRST DEPOSIT */

    function test_MakesTheCallerTheOwnerAndWaits() public {
        depositByOwner(STAKE);
        Position memory position = positionOf(0);
        require(position.owner == OWNER && position.pending == STAKE && position.stake == 0, "not waiting");
        require(position.activeAt == time + terms().activationDelay, "another delay");
        require(token.balanceOf(address(network)) == POOL + STAKE, "another balance");
    }

    function test_OfTheSignerItselfNeedsNoConsent() public {
        deposit(1, STAKE);
        require(positionOf(1).owner == workerAt(1), "not its own owner");
    }

    function test_Tells() public {
        tells();
        emit ITopicDesk.Deposited(topic, workerAt(0), OWNER, STAKE, time + terms().activationDelay);
        depositByOwner(STAKE);
    }

    /* A LATER DEPOSIT */

    function test_NeedsNoConsentAgainAndMayBeSmall() public {
        depositByOwner(STAKE);
        consent = Consent(0, 0, 0);
        depositByOwner(1);
        require(positionOf(0).pending == STAKE + 1, "not added");
    }

    function test_WaitsAnewButTakesInWhatIsDue() public {
        depositByOwner(STAKE);
        warpTo(time + terms().activationDelay);
        tells();
        emit ITopicDesk.Activated(topic, workerAt(0), STAKE);
        depositByOwner(5);
        require(positionOf(0).stake == STAKE && positionOf(0).pending == 5, "what was due still waits");
        require(positionOf(0).activeAt == time + terms().activationDelay, "fresh money did not wait");
    }

    function test_OfWhatIsNotDueWaitsTogether() public {
        depositByOwner(STAKE);
        warpTo(time + 10);
        depositByOwner(5);
        require(positionOf(0).stake == 0 && positionOf(0).pending == STAKE + 5, "not together");
    }
}
