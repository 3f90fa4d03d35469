// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract WithdrawTest is Stages {
    function setUp() public {
        revealed();
    }

    /// @dev No rewards, so that a bad prediction always costs.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.poolRateBps = 0;
    }

    function withdraw(uint256 number) private {
        by(workerAt(number));
        network.withdraw(topic, workerAt(number));
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.withdraw(TopicId.wrap(bytes32(uint256(7))), workerAt(0));
    }

    function test_RefusesAllButTheOwner() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotOwner.selector, STRANGER, workerAt(0)));
        by(STRANGER);
        network.withdraw(topic, workerAt(0));
    }

    function test_RefusesWhereNothingLeaves() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NothingLeaving.selector, workerAt(0)));
        withdraw(0);
    }

    // Invariant 16: nothing is withdrawn before its delay, nor before its rounds are final.
    function test_RefusesASecondTooEarly() public {
        unstake(0, STAKE);
        uint256 leavesAt = positionOf(0).leavesAt;
        warpTo(leavesAt - 1);
        refuse(abi.encodeWithSelector(ITopicDesk.NotActive.selector, leavesAt - 1, leavesAt));
        withdraw(0);
    }

    function test_RefusesWhileARoundThatWasOpenIsNotFinal() public {
        unstake(0, STAKE / 2);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(targetTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        withdraw(0);
        resolve(ROUND, TRUTH);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        withdraw(0);
        settle(ROUND);
        withdraw(0);
    }

    /* EFFECT */

    function test_PaysTheOwnerWhenTheRoundsAreFinal() public {
        unstake(0, STAKE / 2);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        finish(ROUND, TRUTH);
        tells();
        emit ITopicDesk.Withdrawn(topic, workerAt(0), workerAt(0), STAKE / 2);
        withdraw(0);
        require(token.balanceOf(workerAt(0)) == STAKE / 2 && positionOf(0).leaving == 0, "another amount");
    }

    function test_DoesNotWaitForARoundThatNobodyPublished() public {
        unstake(0, STAKE);
        warpTo(targetTime(ROUND));
        withdraw(0);
        require(token.balanceOf(workerAt(0)) == STAKE, "not paid");
    }

    function test_DoesNotWaitForYoungerRounds() public {
        unstake(0, STAKE / 4);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        predict(2, everybody());
        finish(ROUND, TRUTH);
        withdraw(0);
    }

    function test_IsDoneOnce() public {
        unstake(0, STAKE);
        warpTo(targetTime(ROUND));
        withdraw(0);
        refuse(abi.encodeWithSelector(ITopicDesk.NothingLeaving.selector, workerAt(0)));
        withdraw(0);
    }

    /* A LOSS MEANWHILE */

    function test_PaysTheLossOfTheLeavingFirst() public {
        unstake(2, STAKE);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        finish(ROUND, 99e18);
        uint256 leaving = positionOf(2).leaving;
        require(leaving < STAKE && positionOf(2).stake == 0, "got away");
        withdraw(2);
        require(token.balanceOf(workerAt(2)) == leaving, "another amount");
    }
}
