// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {SignedCommitment} from "../../contracts/types/Seal.sol";
import {PlainMath} from "../helpers/PlainMath.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Settles the rounds it won and leaves those it lost. Pass mark: it does not get out meanwhile, the ring waits for the
/// round, and whoever settles it pays the winners in full.
contract SelectiveSettlerTest is Stages {
    uint256 private constant SETTLER = 2;

    /// @dev Resolved, so that the loss is certain; nobody has settled.
    function setUp() public {
        resolved();
    }

    function test_DoesNotGetOutBeforeItsLossIsSettled() public {
        unstake(SETTLER, STAKE);
        warpTo(positionOf(SETTLER).leavesAt);
        warpTo(targetTime(positionOf(SETTLER).exitRound) + 365 days);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, ROUND));
        withdraw();

        settle(ROUND);
        withdraw();
        uint256 out = token.balanceOf(workerAt(SETTLER));
        require(out < STAKE && positionOf(SETTLER).stake == 0, "did not pay its loss");
    }

    function test_ItsRoundKeepsItsPlaceInTheRing() public {
        uint256 next = ROUND + terms().ringSize;
        warpTo(openTime(next));
        SignedCommitment[] memory own = only(unsigned(commitmentOf(next, everybody()[SETTLER])));
        refuse(abi.encodeWithSelector(ITopicRounds.RingFull.selector, next, ROUND));
        by(workerAt(SETTLER));
        network.commit(topic, next, own);
    }

    function test_WhoeverSettlesPaysTheWinnersInFull() public {
        uint256[] memory payouts = PlainMath.moneyOf(toldOf(ROUND), TRUTH, keptOf[ROUND].revealed.predictions).payouts;
        warpTo(deadline(ROUND) + 365 days);
        settle(ROUND);

        for (uint256 i = 0; i < 3; i++) {
            uint256 wager = keptOf[ROUND].revealed.predictions[i].wager();
            require(positionOf(i).stake == STAKE - wager + payouts[i], "not paid in full");
        }
        require(positionOf(0).stake > STAKE && positionOf(SETTLER).stake < STAKE, "nobody won or lost");
    }

    function withdraw() private {
        by(workerAt(SETTLER));
        network.withdraw(topic, workerAt(SETTLER));
    }
}
