// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Multicallable} from "solady/src/utils/Multicallable.sol";

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {Hints} from "../../contracts/types/Learning.sol";
import {Batch, Prediction, Revealed} from "../../contracts/types/Prediction.sol";
import {Listing, Phase, RoundStatus} from "../../contracts/types/Round.sol";
import {Opening, Seal} from "../../contracts/types/Seal.sol";
import {Medians} from "../helpers/Medians.sol";
import {PlainBatches} from "../helpers/PlainBatches.sol";
import {Stages} from "../helpers/Stages.sol";
import {vm} from "../helpers/Vm.sol";

/// @notice A stranger without a seat, a stake or an opening unfolds the sole list right before it is revealed and published.
/// Pass mark: it costs gas, and whoever reveals late enough that no second try is left reveals in a way that bears it.
contract LateUnfolderTest is Stages {
    Opening[] private openings;
    Seal[] private rest;
    Prediction[] private said;
    address[] private workers;

    function setUp() public {
        committed();
        (Opening[] memory laid, ) = laidOut(ROUND, FIRST, everybody(), 7);
        for (uint256 i = 0; i < 3; i++) openings.push(laid[i]);
        Prediction[] memory records = recordsOf(laid);
        for (uint256 i = 0; i < 3; i++) {
            said.push(records[i]);
            workers.push(workerAt(i));
        }
        warpTo(publishTime(ROUND) - 1);
    }

    function test_KeepsASoleListFromBeingOpenedAsAWhole() public {
        unfoldAsStranger();
        refuse(abi.encodeWithSelector(ITopicRounds.NotSole.selector, ROUND));
        network.revealAndPublish(
            topic,
            ROUND,
            keptOf[ROUND].center,
            keptOf[ROUND].sigma,
            openings,
            Medians.hintsOf(said)
        );
    }

    /// @dev In the last block of the window there is no second try: the round that everybody wanted to open is void.
    function test_InTheLastBlockThatStopsTheRound() public {
        test_KeepsASoleListFromBeingOpenedAsAWhole();

        warpTo(publishTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Live, Phase.Reveal));
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Void, "not stopped");
    }

    /// @dev `unfold` does nothing where it was done, so that a call that begins with it bears a stranger's before it.
    function test_WhoUnfoldsRevealsAndPublishesInOneCallBearsIt() public {
        unfoldAsStranger();
        Multicallable(address(network)).multicall(parts());
        require(roundOf(ROUND).status == RoundStatus.Published, "stopped");
    }

    function test_AndNeedsNoStrangerForIt() public {
        Multicallable(address(network)).multicall(parts());
        require(roundOf(ROUND).status == RoundStatus.Published, "stopped");
    }

    /// @dev What the whole call shows on its way is enough to open a part of it before: who is left out is slashed. Neither
    /// does the call of three parts bear that, for it stands and falls with its publication; a reveal that goes alone does.
    function test_InTheLastBlockWhoIsLeftOutIsSlashed() public {
        uint96 stake = positionOf(2).stake;
        unfoldAsStranger();
        reveal(ROUND, FIRST, everybody(), 3);
        bytes[] memory calls = parts();
        vm.expectRevert();
        Multicallable(address(network)).multicall(calls);
        uint256 start = vm.snapshotState();

        warpTo(publishTime(ROUND));
        publish(ROUND);
        slashSilent(ROUND, 2);
        require(positionOf(2).stake < stake, "not slashed");
        vm.revertToState(start);

        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
        require(roundOf(ROUND).count == 3, "left out");
    }

    function parts() private view returns (bytes[] memory calls) {
        (int104 center, uint104 sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
        uint256[] memory counts = new uint256[](1);
        counts[0] = 3;
        Batch[] memory batches = PlainBatches.batchesOf(Revealed(said, workers, counts));
        Hints memory hints = Medians.hintsOf(said);
        calls = new bytes[](3);
        calls[0] = abi.encodeCall(ITopicDesk.unfold, (topic, ROUND, center, sigma, sealsIn[ROUND][FIRST]));
        calls[1] = abi.encodeCall(ITopicDesk.reveal, (topic, ROUND, FIRST, openings, 7, rest));
        calls[2] = abi.encodeCall(ITopicRounds.publish, (topic, ROUND, center, sigma, said, batches, hints));
    }

    function unfoldAsStranger() private {
        by(STRANGER);
        unfold(ROUND);
        require(roundOf(ROUND).listing == Listing.Apart, "still folded");
    }

    /* WHAT DOES NOT HOLD */

    function test_NoOtherListPassesForTheSoleOne() public {
        openings.pop();
        refuseWrong();
        openings.push(openings[1]);
        refuseWrong();
        (openings[0], openings[1]) = (openings[1], openings[0]);
        refuseWrong();
        delete openings;
        refuseWrong();
    }

    function refuseWrong() private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        network.revealAndPublish(
            topic,
            ROUND,
            keptOf[ROUND].center,
            keptOf[ROUND].sigma,
            openings,
            Medians.hintsOf(said)
        );
    }

    function test_MoreThanThereAreSeatsAreRefused() public {
        while (openings.length < 257) openings.push(openings[0]);
        Hints memory hints = Medians.hintsOf(said);
        (int104 center, uint104 sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
        vm.expectRevert();
        network.revealAndPublish(topic, ROUND, center, sigma, openings, hints);
    }

    function test_AFoldedRoundIsNotPublishedAsIfNobodyHadSpoken() public {
        warpTo(publishTime(ROUND));
        (int104 center, uint104 sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
        vm.expectRevert();
        network.publish(topic, ROUND, center, sigma, new Prediction[](0), new Batch[](0), Hints(0, 0));
        require(roundOf(ROUND).status == RoundStatus.Open, "voided");
    }

    function test_AHeardRoundIsNeitherUnfoldedNorOpenedAgain() public {
        revealAndPublish(ROUND, everybody());
        bytes memory over = abi.encodeWithSelector(
            ITopicRounds.WrongStatus.selector,
            RoundStatus.Published,
            RoundStatus.Open
        );
        (int104 center, uint104 sigma) = (keptOf[ROUND].center, keptOf[ROUND].sigma);
        Seal[] memory seals = sealsIn[ROUND][FIRST];
        refuse(over);
        network.unfold(topic, ROUND, center, sigma, seals);
        refuse(over);
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
        warpTo(publishTime(ROUND));
        vm.expectRevert();
        network.slashWithheld(topic, ROUND, workerAt(0));
    }
}
