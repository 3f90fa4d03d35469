// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Position} from "../../contracts/types/Position.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {DomainKind, TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Loses every round, has itself slashed in each, and asks back part of what stays once a ring, so that what stays
/// pays for wagers that once stood on more. Pass mark: every round settles, and whoever else asks back gets out.
contract StepperTest is Stages {
    uint256 private constant RING = 8;
    uint256 private constant STEPPER = 2;
    uint256 private constant ROUNDS = 64;
    uint96 private constant FORTUNE = 1e9;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.ringSize, params.riskBps) = (uint8(RING), uint16(1600 / RING));
        (params.horizon, params.truthWindow) = (uint24(RING * 100), 100_000);
        (params.poolRateBps, params.minStake) = (0, 1);
        params.domain = DomainKind.Fixed;
        (params.min, params.max, params.center) = (0, 1e18, 0.5e18);
    }

    function test_AskingBackAsMuchAsKeepsTheSeat() public {
        step(4);

        Position memory stepper = positionOf(STEPPER);
        require(stepper.until == type(uint24).max, "keeps its seat");
        require(stepper.stake < FORTUNE / 50, "has stepped down");
    }

    function test_AskingBackHalf() public {
        step(2);

        require(positionOf(STEPPER).until < 2 * RING, "gives up its seat");
    }

    /// @dev In each of three rings one part of so many is asked back, and taken out a ring later.
    function step(uint96 parts) private {
        opened();
        deposit(0, 1e16);
        deposit(1, 1e16);
        deposit(STEPPER, FORTUNE);
        warpTo(time + terms().activationDelay);
        for (uint256 i = 0; i < 3; i++) seatWorker(i, uint8(i));

        for (uint256 round = 0; round < ROUNDS; round++) {
            warpTo(openTime(round));
            if (round >= RING) finish(round - RING);
            Said[] memory all = isSeatedIn(round) ? said() : theOthers();
            if (round % RING == RING - 1) takeOut();
            commit(round, BATCHER, all);
            if (round % RING == RING - 1 && round < 3 * RING) unstake(STEPPER, positionOf(STEPPER).stake / parts);
            warpTo(revealTime(round));
            reveal(round, FIRST, all, ALL);
            publish(round);
        }
        unstake(0, 1e15);
        for (uint256 round = ROUNDS - RING; round < ROUNDS; round++) {
            warpTo(targetTime(round));
            finish(round);
        }
        warpTo(time + terms().unstakeDelay);
        vm.prank(workerAt(0));
        network.withdraw(topic, workerAt(0));
    }

    function finish(uint256 round) private {
        if (isSeatedIn(round)) slashBoth(round, said()[2], say(STEPPER, 0, 1));
        resolve(round, 0);
        settle(round);
        require(roundOf(round).status == RoundStatus.Settled, "settles");
    }

    function isSeatedIn(uint256 round) private view returns (bool) {
        return round < positionOf(STEPPER).until;
    }

    function takeOut() private {
        if (positionOf(STEPPER).leaving == 0) return;
        vm.prank(workerAt(STEPPER));
        network.withdraw(topic, workerAt(STEPPER));
    }

    function said() private pure returns (Said[] memory all) {
        all = new Said[](3);
        (all[0], all[1]) = (say(0, 0, 10_000), say(1, 0, 10_000));
        all[2] = say(STEPPER, 1e18, 10_000);
    }

    function theOthers() private pure returns (Said[] memory all) {
        all = new Said[](2);
        (all[0], all[1]) = (say(0, 0, 10_000), say(1, 0, 10_000));
    }
}
