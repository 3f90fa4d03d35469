// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Hints} from "../../contracts/types/Learning.sol";
import {Outcome} from "../../contracts/types/Outcome.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {Opening, Seal} from "../../contracts/types/Seal.sol";
import {Medians} from "../helpers/Medians.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice Sees that a round is about to be opened and published in one call, and makes that call fail: unfolds the first
/// list before it, or has put a list of its own beside it. Pass mark: the round says and pays in the same window just what
/// it would have, by three calls instead of one; who hides behind a list of its own is found.
contract UnfolderTest is Stages {
    uint256 private constant UNFOLDER = 2;

    Opening[] private openings;
    Hints private hints;
    int104 private center;
    uint104 private sigma;

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
    }

    function committedAll() private {
        commit(ROUND, BATCHER, everybody());
        warpTo(revealTime(ROUND));
        lay(everybody());
    }

    function lay(Said[] memory said) private {
        (Opening[] memory laid, ) = laidOut(ROUND, FIRST, said, ALL);
        for (uint256 i = 0; i < laid.length; i++) openings.push(laid[i]);
        hints = Medians.hintsOf(recordsOf(laid));
        (center, sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
    }

    function unfoldAsStranger() private {
        by(STRANGER);
        network.unfold(topic, ROUND, center, sigma, sealsIn[ROUND][FIRST]);
    }

    function refuseAtOnce() private {
        refuse(abi.encodeWithSelector(ITopicRounds.NotSole.selector, ROUND));
        network.revealAndPublish(topic, ROUND, center, sigma, openings, hints);
    }

    function resultOf() private returns (bytes32) {
        require(network.read(topic).publishedAt == revealTime(ROUND), "held up");
        finish(ROUND, TRUTH);
        Outcome memory outcome = keptOf[ROUND].outcome;
        return keccak256(abi.encode(outcome, positionOf(0), positionOf(1), positionOf(2), network.topicOf(topic)));
    }

    function test_CannotChangeOrHoldUpARoundByUnfoldingIt() public {
        committedAll();
        uint256 start = vm.snapshotState();
        revealAndPublish(ROUND, everybody());
        bytes32 undisturbed = resultOf();
        vm.revertToState(start);

        unfoldAsStranger();
        refuseAtOnce();
        reveal(ROUND, FIRST, everybody(), ALL);
        publish(ROUND);
        require(resultOf() == undisturbed, "unfolding changed something");
    }

    /// @dev It does so while commitments are still taken, and at the very end of the reveals.
    function test_CannotStopARoundWheneverItUnfolds() public {
        commit(ROUND, BATCHER, everybody());
        lay(everybody());
        unfoldAsStranger();
        warpTo(revealTime(ROUND));
        refuseAtOnce();
        reveal(ROUND, FIRST, everybody(), ALL);
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Published, "stopped");
    }

    /// @dev Who opened parts of the list by itself has left the rest to be opened.
    function test_CannotKeepAnybodyOutByOpeningAPart() public {
        committedAll();
        unfoldAsStranger();
        reveal(ROUND, FIRST, everybody(), 1);
        refuseAtOnce();
        reveal(ROUND, FIRST, everybody(), ALL);
        publish(ROUND);
        require(network.read(topic).contributors == 3, "kept out");
    }

    /// @dev A seat is the price of a list beside the first; silence in it costs as everywhere, and ends with the window.
    function test_PaysForAListOfItsOwnThatItNeverOpens() public {
        Said[] memory others = without(everybody(), UNFOLDER);
        commit(ROUND, BATCHER, others);
        commitOwn(ROUND, everybody()[UNFOLDER]);
        warpTo(revealTime(ROUND));
        lay(others);
        refuseAtOnce();
        reveal(ROUND, FIRST, others, ALL);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        require(network.read(topic).contributors == 2, "stopped the others");
        slashSilent(ROUND, UNFOLDER);
        require(positionOf(UNFOLDER).stake == STAKE - 200, "got away");
    }

    /// @dev It needs no seat where it takes a signature from the batcher's own call, which is on its way.
    function test_CannotHoldUpARoundByOpeningItWithAnothersSignature() public {
        commit(ROUND, STRANGER, only(signed(ROUND, everybody()[1])));
        commit(ROUND, BATCHER, everybody());
        require(sealsIn[ROUND][BATCHER].length == 2, "taken in twice");
        warpTo(revealTime(ROUND));
        lay(only(everybody()[1]));
        refuseAtOnce();
        reveal(ROUND, FIRST, only(everybody()[1]), ALL);
        reveal(ROUND, BATCHER, without(everybody(), 1), ALL);
        publish(ROUND);
        require(network.read(topic).publishedAt == revealTime(ROUND), "held up");
        require(network.read(topic).contributors == 3, "kept out");
    }

    /// @dev It opens the round with a list of its own, and leaves the others' beside it; it never says what is in it.
    function test_CannotHideAFirstListThatItNeverOpens() public {
        Said[] memory others = without(everybody(), UNFOLDER);
        commitOwn(ROUND, everybody()[UNFOLDER]);
        commit(ROUND, BATCHER, others);
        warpTo(revealTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.FoldedList.selector, ROUND));
        network.reveal(topic, ROUND, BATCHER, openings, 3, none());
        // All that unfolding takes was told by the events.
        reveal(ROUND, BATCHER, others, ALL);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        slashSilent(ROUND, UNFOLDER);
        require(positionOf(UNFOLDER).stake == STAKE - 200, "got away");
        finish(ROUND, TRUTH);
        require(roundOf(ROUND).status == RoundStatus.Settled, "stuck");
    }

    /// @dev Nor does what it tries leave anything behind.
    function test_CannotUnfoldAnotherListThanTheFirst() public {
        committedAll();
        for (uint256 i = 0; i < 8; i++) {
            Seal[] memory other = new Seal[](i);
            refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
            network.unfold(topic, ROUND, center, sigma, other);
        }
        revealAndPublish(ROUND, everybody());
        warpTo(publishTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(0), ROUND));
        slashSilent(ROUND, 0);
    }
}
