// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Phase, RoundStatus} from "../../contracts/types/Round.sol";
import {Opening, SignedCommitment} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Comes round the ring and takes the place of a list or of a round that still counts. Pass mark: all that was
/// sealed in time can be revealed to the last second, whoever withheld is found until the target time, and nothing is
/// locked where a place stays taken.
contract OverwriterTest is Stages {
    uint256 private constant NEXT = 2; // the round that has the same place

    /// @dev The tightest ring there may be: a round's place comes round again at its target time.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.ringSize, params.cadence) = (2, 30);
        (params.commitWindow, params.revealWindow, params.lead, params.horizon) = (25, 25, 10, 60);
        params.unstakeDelay = 0;
    }

    function setUp() public {
        committed();
        require(openTime(NEXT) == targetTime(ROUND), "not the tightest ring");
    }

    /* LISTS */

    function test_CannotWriteOverItsListWhileItCanBeRevealed() public {
        warpTo(publishTime(ROUND) - 1);
        refuseNext(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Pending, Phase.Commit));
        reveal(ROUND, FIRST, everybody(), ALL);
        require(roundOf(ROUND).count == 3, "a worker was kept out");
    }

    function test_CannotWriteOverItsListWhileTheRoundIsLive() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        warpTo(targetTime(ROUND) - 1);
        publish(ROUND);
        refuseNext(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Pending, Phase.Commit));
        slashSilent(ROUND, 2);
        require(positionOf(2).stake < STAKE, "got away");
    }

    function test_MayWriteOverItsListOnceNothingOfItCanBeRevealed() public {
        (Opening[] memory openings, ) = laidOut(ROUND, FIRST, everybody(), 7);
        warpTo(targetTime(ROUND));
        commit(NEXT, BATCHER, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Due, Phase.Reveal));
        network.reveal(topic, ROUND, FIRST, openings, 7, none());
    }

    /// @dev A list beside the first has a slot of its own, and so has the first where it was unfolded.
    function test_CannotWriteOverALaterListWhileItCanBeRevealed() public {
        uint256 later = 2 * NEXT;
        warpTo(openTime(later));
        commitOwn(later, everybody()[0]);
        commit(later, BATCHER, without(everybody(), 0));
        warpTo(publishTime(later) - 1);
        unfold(later);
        SignedCommitment[] memory commitments = commitmentsOf(later + 2, BATCHER, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Pending, Phase.Commit));
        by(BATCHER);
        network.commit(topic, later + 2, commitments);
        reveal(later, BATCHER, without(everybody(), 0), ALL);
        revealOwn(later, everybody()[0]);
        require(roundOf(later).count == 3, "a worker was kept out");
    }

    /// @dev Its list of the round between has another place.
    function test_CannotWriteOverTheListOfTheRoundBetween() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(openTime(NEXT));
        commit(NEXT, BATCHER, everybody());
        reveal(1, FIRST, everybody(), ALL);
        require(roundOf(1).count == 3, "a worker was kept out");
    }

    /* ROUNDS */

    function test_CannotReplaceARoundThatCanMoveMoney() public {
        playUntilTheNextOpens();
        refuseFull();
        require(roundOf(ROUND).status == RoundStatus.Published, "replaced");
    }

    /// @dev Anyone can free the place, within the window or after it; who was kept out loses nothing by it.
    function test_LocksNothingWhereThePlaceStaysTaken() public {
        playUntilTheNextOpens();
        refuseFull();
        warpTo(revealTime(NEXT) - 1);
        refuseFull();
        require(roundOf(NEXT).status == RoundStatus.None, "opened after all");

        warpTo(deadline(ROUND));
        by(STRANGER);
        network.voidRound(topic, ROUND);
        uint96 stake = positionOf(0).stake;
        unstake(0, stake);
        warpTo(targetTime(positionOf(0).exitRound));
        by(workerAt(0));
        network.withdraw(topic, workerAt(0));
        require(stake == STAKE && token.balanceOf(workerAt(0)) == STAKE, "locked");

        uint256 later = (time - terms().start) / terms().cadence + 1;
        later += later % 2;
        predict(later, without(everybody(), 0));
        require(roundOf(later).count == 2, "the place is lost for good");
    }

    function test_OpensInTheSameWindowOnceThePlaceIsSettled() public {
        playUntilTheNextOpens();
        refuseFull();
        finish(ROUND, TRUTH);
        warpTo(revealTime(NEXT) - 1);
        commit(NEXT, BATCHER, everybody());
        warpTo(revealTime(NEXT));
        reveal(NEXT, FIRST, everybody(), ALL);
        require(roundOf(NEXT).count == 3, "kept out");
    }

    function playUntilTheNextOpens() private {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(openTime(NEXT));
    }

    function refuseFull() private {
        refuseNext(abi.encodeWithSelector(ITopicRounds.RingFull.selector, NEXT, ROUND));
    }

    function refuseNext(bytes memory error) private {
        SignedCommitment[] memory commitments = commitmentsOf(NEXT, BATCHER, everybody());
        refuse(error);
        by(BATCHER);
        network.commit(topic, NEXT, commitments);
    }
}
