// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {Consent} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Stays silent in a round that needs it, which makes the round void and so final at once, and is gone in the same
/// second, the first in which it can be slashed: to another seat, under another name, or with its money. Pass mark: it is
/// found by its seat until the target time.
contract MoverTest is Stages {
    uint256 private constant MOVER = 2;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.minWorkers = 3;
    }

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        Said[] memory others = without(everybody(), MOVER);
        commit(ROUND, BATCHER, others);
        commitOwn(ROUND, everybody()[MOVER]);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, others, ALL);
    }

    function makeVoid() private {
        warpTo(publishTime(ROUND));
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Void, "not void");
    }

    function requireSlashed() private {
        warpTo(targetTime(ROUND) - 1);
        slashSilent(ROUND, MOVER);
        require(positionOf(MOVER).stake + positionOf(MOVER).leaving == STAKE - 200, "got away");
    }

    function refuseOpen() private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        by(workerAt(MOVER));
    }

    function revoke() private {
        by(workerAt(MOVER));
        network.revoke(topic, workerAt(MOVER));
    }

    function test_DoesNotSitElsewhere() public {
        revoke();
        makeVoid();
        refuseOpen();
        network.takeSeat(topic, workerAt(MOVER), 5);
        requireSlashed();
    }

    function test_IsNotAnother() public {
        Consent memory consent = consentOf(3, workerAt(MOVER));
        revoke();
        makeVoid();
        refuseOpen();
        network.rotate(topic, workerAt(MOVER), workerAt(3), consent);
        requireSlashed();
    }

    function test_DoesNotTakeItsMoney() public {
        unstake(MOVER, STAKE);
        warpTo(positionOf(MOVER).leavesAt);
        makeVoid();
        refuseOpen();
        network.withdraw(topic, workerAt(MOVER));
        requireSlashed();
    }

    function test_MayGoAtTheTargetTime() public {
        revoke();
        makeVoid();
        warpTo(targetTime(ROUND));
        by(workerAt(MOVER));
        network.takeSeat(topic, workerAt(MOVER), 5);
    }
}
