// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Sits before the topic starts, when no round bounds a term, revokes itself and takes the next seat, all in one
/// block. Pass mark: one seat, until round 0 is over.
contract EarlySitterTest is Stages {
    uint256 private constant EARLY = 4;

    function setUp() public {
        opened();
        seatWorkers(3, STAKE);
        deposit(EARLY, 2 * STAKE);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(EARLY));
        require(time < openTime(0), "too late");
    }

    function take(uint8 seat) private {
        by(workerAt(EARLY));
        network.takeSeat(topic, workerAt(EARLY), seat);
    }

    function refuseTheNext() private {
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, 0));
        take(1);
        require(network.seatOf(topic, 1) == workerAt(1), "displaced");
    }

    function test_DisplacesOneByRevokingItself() public {
        take(0);
        by(workerAt(EARLY));
        network.revoke(topic, workerAt(EARLY));
        refuseTheNext();
        warpTo(targetTime(0) - 1);
        refuseTheNext();
        warpTo(targetTime(0));
        take(1);
    }

    function test_DisplacesOneByLeaving() public {
        take(0);
        unstake(EARLY, STAKE + STAKE / 2);
        warpTo(time + terms().unstakeDelay);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, 0));
        by(workerAt(EARLY));
        network.withdraw(topic, workerAt(EARLY));
    }

    /// @dev No round was open, and no seat was taken: nothing is waited for but the delay.
    function test_WhoNeverSatLeavesBeforeTheStart() public {
        unstake(EARLY, STAKE);
        warpTo(time + terms().unstakeDelay);
        by(workerAt(EARLY));
        network.withdraw(topic, workerAt(EARLY));
        require(token.balanceOf(workerAt(EARLY)) == STAKE && time < openTime(0), "held back");
    }
}
