// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {SignedOpening} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Deposits a fortune and predicts in one transaction. Pass mark: weight zero, and the money is not there to be
/// paid back.
contract FlashLenderTest is Stages {
    uint256 private constant LENDER = 4;
    uint96 private constant FORTUNE = 1e24;

    /// @dev Everything can happen in one instant here: nothing is sealed, and a seat is free.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.commitWindow = 0;
        params.activationDelay = 1;
    }

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        deposit(LENDER, FORTUNE);
    }

    function test_CannotActivateTakeASeatOrBackAWagerAtOnce() public {
        refuse(abi.encodeWithSelector(ITopicDesk.NotActive.selector, time, time + 1));
        network.activate(topic, workerAt(LENDER));
        refuse(abi.encodeWithSelector(ITopicDesk.BelowMinStake.selector, 0, 1000));
        by(workerAt(LENDER));
        network.takeSeat(topic, workerAt(LENDER), 7);

        refuseReveal();
    }

    function test_HasNoWeightInARoundThatWasOpenBefore() public {
        warpTo(time + 1);
        seatWorker(LENDER, 7);
        refuseReveal();
    }

    function refuseReveal() private {
        SignedOpening[] memory openings = only(ownOpeningOf(say(LENDER, 150e18, 10_000)));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        by(workerAt(LENDER));
        network.revealSigned(topic, ROUND, openings);
    }

    function test_CannotPumpTheWagerOfASeatedWorker() public {
        deposit(0, FORTUNE);
        revealSigned(ROUND, workerAt(0), only(ownOpeningOf(say(0, 150e18, 10_000))));
        require(keptOf[ROUND].revealed.predictions[0].wager() == 400, "counted at once");
    }

    function test_CannotTakeTheMoneyBackInTime() public {
        refuse(abi.encodeWithSelector(ITopicDesk.InsufficientStake.selector, 0, 1));
        unstake(LENDER, 1);
        refuse(abi.encodeWithSelector(ITopicDesk.NothingLeaving.selector, workerAt(LENDER)));
        by(workerAt(LENDER));
        network.withdraw(topic, workerAt(LENDER));
    }
}
