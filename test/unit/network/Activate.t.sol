// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Float} from "../../../contracts/maths/Float.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Stages} from "../../helpers/Stages.sol";

contract ActivateTest is Stages {
    function setUp() public {
        opened();
        deposit(0, STAKE);
    }

    function test_RefusesWhereNothingWaits() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NothingPending.selector, workerAt(1)));
        network.activate(topic, workerAt(1));
    }

    function test_RefusesASecondTooEarly() public {
        uint256 activeAt = time + terms().activationDelay;
        warpTo(activeAt - 1);
        refuse(abi.encodeWithSelector(ITopicDesk.NotActive.selector, activeAt - 1, activeAt));
        network.activate(topic, workerAt(0));
    }

    function test_TurnsTheDepositIntoStakeForAnyone() public {
        warpTo(time + terms().activationDelay);
        tells();
        emit ITopicDesk.Activated(topic, workerAt(0), STAKE);
        by(STRANGER);
        network.activate(topic, workerAt(0));
        require(positionOf(0).stake == STAKE && positionOf(0).pending == 0, "not active");
    }

    function test_DoesNothingASecondTime() public {
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(0));
        network.activate(topic, workerAt(0));
        require(positionOf(0).stake == STAKE && positionOf(0).pending == 0, "active twice");
    }

    function test_TakesInASingleUnitBesideAStake() public {
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(0));
        deposit(0, 1);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(0));
        require(positionOf(0).stake == STAKE + 1 && positionOf(0).pending == 0, "a unit waits for good");
    }

    /* A WORKER WITH A RECORD */

    function test_ThinsAGoodRecordByTheFreshShare() public {
        settled();
        require(positionOf(0).regret.unpack() > 0, "nothing to thin");
        for (uint256 i = 0; i < 3; i++) thins(i);
    }

    /// @dev Three rounds on a stake that half as much joins are worth two.
    function test_ThinsTheCountOfRoundsByTheFreshShare() public {
        settled();
        for (uint256 round = 3; round <= 6; round += 3) {
            predict(round, everybody());
            finish(round, TRUTH);
        }
        Position memory before = positionOf(1);
        deposit(1, before.stake / 2);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(1));
        require(before.tenure.count() == 3 && positionOf(1).tenure.count() == 2, "another count of rounds");
    }

    function thins(uint256 number) private {
        Position memory before = positionOf(number);
        int256 regret = before.regret.unpack();
        deposit(number, before.stake);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(number));

        int256 expected = regret > 0 ? regret / 2 : regret;
        int256 apart = positionOf(number).regret.unpack() - expected;
        require(apart <= 0 && -apart <= 1 + (expected > 0 ? expected >> 37 : int256(0)), "another record");
        uint256 count = positionOf(number).tenure.count();
        require(before.tenure.count() == 1 && count == 0, "another count of rounds");
        require(positionOf(number).tenure.era() == before.tenure.era(), "another era");
        require(positionOf(number).energy.unpack() == before.energy.unpack(), "energy moved");
    }
}
