// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract UnstakeTest is Stages {
    function setUp() public {
        committed();
    }

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.unstake(TopicId.wrap(bytes32(uint256(7))), workerAt(0), 1);
    }

    function test_RefusesAllButTheOwner() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotOwner.selector, STRANGER, workerAt(0)));
        by(STRANGER);
        network.unstake(topic, workerAt(0), 1);
    }

    function test_RefusesNothingAndMoreThanThereIs() public {
        refuse(abi.encodeWithSelector(ITopicDesk.ZeroAmount.selector));
        unstake(0, 0);
        refuse(abi.encodeWithSelector(ITopicDesk.InsufficientStake.selector, STAKE, STAKE + 1));
        unstake(0, STAKE + 1);
    }

    function test_SetsApartWhatLeavesUntilTheDelayIsOver() public {
        uint256 leavesAt = time + terms().unstakeDelay;
        tells();
        emit ITopicDesk.Unstaked(topic, workerAt(0), 4_000, leavesAt);
        unstake(0, 4_000);
        Position memory position = positionOf(0);
        require(position.stake == 6_000 && position.leaving == 4_000, "another part");
        require(position.leavesAt == leavesAt && position.exitRound == ROUND, "another time");
        require(token.balanceOf(workerAt(0)) == 0, "paid at once");
    }

    function test_KeepsTheSeatWhereThreeTimesAsMuchStays() public {
        unstake(0, STAKE / 4);
        require(positionOf(0).until == type(uint24).max && network.seatOf(topic, 0) == workerAt(0), "lost its seat");
    }

    function test_GivesUpTheSeatWhereLessThanThatStays() public {
        unstake(0, STAKE / 4);
        unstake(0, 1);
        require(positionOf(0).until == ROUND + 1 && network.seatOf(topic, 0) == address(0), "kept its seat");
    }

    function test_GivesUpTheSeatWhereTooLittleStays() public {
        deposit(3, 1_500);
        warpTo(time + terms().activationDelay);
        seatWorker(3, 3);
        unstake(3, 501);
        require(network.seatOf(topic, 3) == address(0), "kept its seat");
    }

    function test_StopsBackingWagersAtOnce() public {
        warpTo(openTime(1));
        unstake(0, 2_000);
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), ALL);
        require(keptOf[1].revealed.predictions[0].wager() == 320, "leaving stake backs a wager");
    }

    function test_WaitsAnewForAllThatLeaves() public {
        unstake(0, 1_000);
        warpTo(openTime(1));
        unstake(0, 1_000);
        require(positionOf(0).leaving == 2_000 && positionOf(0).exitRound == 1, "not together");
        require(positionOf(0).leavesAt == time + terms().unstakeDelay, "not anew");
    }
}
