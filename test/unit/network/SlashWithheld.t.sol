// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {Consent} from "../../../contracts/types/Seal.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Stages} from "../../helpers/Stages.sol";

/// @notice Worker 2 is in the batcher's list and is never opened; workers 0 and 1 are.
contract SlashWithheldTest is Stages {
    uint256 private constant SILENT = 2;
    /// @dev Half of what 10,000 may risk in a round, 400.
    uint96 private constant AMOUNT = 200;
    uint96 private constant BOUNTY = 20;

    address private worker;

    function setUp() public {
        committed();
        worker = workerAt(SILENT);
    }

    function withheld() private {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        warpTo(publishTime(ROUND));
        publish(ROUND);
    }

    function slash() private {
        by(STRANGER);
        network.slashWithheld(topic, ROUND, worker);
    }

    function requireSlashed(uint96 stake, uint96 leaving) private view {
        Position memory position = positionOf(SILENT);
        require(position.stake == stake && position.leaving == leaving, "another slash");
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.slashWithheld(TopicId.wrap(bytes32(uint256(7))), ROUND, worker);
    }

    function test_RefusesWhileItMayStillReveal() public {
        refusePhase(Phase.Commit);
        warpTo(publishTime(ROUND) - 1);
        refusePhase(Phase.Reveal);
    }

    /// @dev Published it is already, since all was revealed.
    function test_RefusesBeforeTheRevealsAreOverThoughItIsPublished() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
        publish(ROUND);
        refusePhase(Phase.Reveal);
    }

    function test_RefusesAfterTheTruthDeadline() public {
        withheld();
        finish(ROUND, TRUTH);
        warpTo(deadline(ROUND));
        refusePhase(Phase.Expired);
    }

    function refusePhase(Phase phase) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, phase, Phase.Live));
        slash();
    }

    function test_RefusesInARoundThatNobodyCommittedTo() public {
        warpTo(publishTime(1));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
        network.slashWithheld(topic, 1, worker);
    }

    function test_RefusesInARoundWhosePlaceAYoungerOneHas() public {
        withheld();
        finish(ROUND, TRUTH);
        warpTo(openTime(4));
        commit(4, BATCHER, everybody());
        refuseStatus(RoundStatus.None);
    }

    function refuseStatus(RoundStatus status) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, status, RoundStatus.Open));
        slash();
    }

    /* WHATEVER BECAME OF THE ROUND */

    function test_CountsInARoundThatIsNotPublished() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        warpTo(publishTime(ROUND));
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsInARoundThatNobodyPublishedInTime() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        warpTo(deadline(ROUND) - 1);
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /// @dev One of three is just no outage.
    function test_CountsWhereTooFewWereHeardForTheRound() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 1);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Void, "another round");
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsWhatBecameVoidLater() public {
        withheld();
        warpTo(targetTime(ROUND));
        truth.set(TruthStatus.Void, 0);
        resolve(ROUND);
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_WaivesWhatNobodyWasHeardIn() public {
        warpTo(publishTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 0, 3));
        slash();
        publish(ROUND);
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 0, 3));
        slash();
    }

    /* OUTAGE */

    /// @dev Workers 0 and 1 are heard of as many as there are, the silent one among the rest.
    function heard2Of(uint256 count) private {
        for (uint256 i = 3; i < count; i++) deposit(i, STAKE);
        warpTo(openTime(1));
        for (uint256 i = 3; i < count; i++) seatWorker(i, uint8(i));
        Said[] memory said = new Said[](count);
        for (uint256 i = 0; i < count; i++) said[i] = say(i, 100e18, 10_000);
        warpTo(openTime(2));
        commit(2, BATCHER, said);
        warpTo(revealTime(2));
        reveal(2, FIRST, said, 3);
        warpTo(publishTime(2));
        publish(2);
    }

    function test_WaivesWhereLessThanAThirdWasRevealed() public {
        heard2Of(7);
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 2, 7));
        network.slashWithheld(topic, 2, worker);
    }

    function test_CountsWhereJustAThirdWasRevealed() public {
        heard2Of(6);
        network.slashWithheld(topic, 2, worker);
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /// @dev An outage is refused before it is looked at who is accused of it.
    function test_WaivesAnOutageForWhoeverIsNamed() public {
        heard2Of(8);
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 2, 8));
        network.slashWithheld(topic, 2, STRANGER);
    }

    /* SEAT */

    function refuseSeat() private {
        refuse(abi.encodeWithSelector(ITopicDesk.NotSeated.selector, worker, ROUND));
        slash();
    }

    function test_RefusesWhoHasNoStake() public {
        worker = workerAt(3);
        withheld();
        refuseSeat();
    }

    function test_RefusesWhoHasAStakeAndNoSeat() public {
        deposit(3, STAKE);
        withheld();
        network.activate(topic, workerAt(3));
        worker = workerAt(3);
        refuseSeat();
    }

    /// @dev In round 0 a seat never taken and one taken for all rounds must not be mistaken for each other.
    function test_RefusesWhoWasRevokedWithoutASeat() public {
        deposit(3, STAKE);
        by(workerAt(3));
        network.revoke(topic, workerAt(3));
        withheld();
        worker = workerAt(3);
        refuseSeat();
    }

    function test_RefusesWhoTookItsSeatForTheNextRound() public {
        deposit(3, STAKE);
        withheld();
        seatWorker(3, 3);
        worker = workerAt(3);
        refuseSeat();
    }

    /* WITHHELD */

    function refuseHeard() private {
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, worker, ROUND));
        slash();
    }

    function test_RefusesWhoRevealed() public {
        withheld();
        worker = workerAt(1);
        refuseHeard();
    }

    function test_RefusesWhoCommittedToNothing() public {
        deposit(3, STAKE);
        warpTo(time + terms().activationDelay);
        seatWorker(3, 3);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), 3);
        warpTo(publishTime(1));
        publish(1);
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(3), 1));
        network.slashWithheld(topic, 1, workerAt(3));
        slashSilent(1, SILENT);
    }

    function test_DoesNothingASecondTime() public {
        withheld();
        slash();
        refuseAgain();
    }

    function test_DoesNothingToWhoWasSlashedForSigningTwice() public {
        withheld();
        slashBoth(ROUND, everybody()[SILENT], say(SILENT, 1, 1));
        refuseAgain();
    }

    /// @dev Whoever comes second loses nothing but its gas, also when it comes too late.
    function refuseAgain() private {
        bytes32 before = booksDigest();
        slash();
        warpTo(deadline(ROUND));
        slash();
        require(booksDigest() == before, "slashed again");
    }

    function booksDigest() private view returns (bytes32) {
        return keccak256(abi.encode(network.positionOf(topic, worker), network.claimableOf(address(this))));
    }

    /* EFFECT */

    function test_TakesHalfOfARoundsBudget() public {
        withheld();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_GivesATenthToTheCallerAndTheRestToTheSink() public {
        withheld();
        slash();
        require(network.claimableOf(STRANGER) == BOUNTY, "another bounty");
        require(network.claimableOf(network.sink()) == AMOUNT - BOUNTY, "another rest");
        by(STRANGER);
        network.claim();
        require(token.balanceOf(STRANGER) == BOUNTY, "not paid");
    }

    function test_Tells() public {
        withheld();
        tells();
        emit ITopicDesk.Slashed(topic, ROUND, worker, AMOUNT, BOUNTY, STRANGER);
        slash();
    }

    function test_LeavesSkillSeatRoundFeedAndOthersAlone() public {
        withheld();
        bytes32 before = rest();
        slash();
        require(rest() == before, "something else moved");
    }

    function rest() private view returns (bytes32) {
        Position memory silent = positionOf(SILENT);
        silent.stake = 0;
        return
            keccak256(
                abi.encode(
                    silent,
                    positionOf(0),
                    positionOf(1),
                    network.topicOf(topic),
                    network.read(topic),
                    roundOf(ROUND)
                )
            );
    }

    /// @dev Whoever brought its commitment in: nothing need be shown of it.
    function test_CountsForAListOfItsOwn() public {
        Said[] memory others = new Said[](2);
        (others[0], others[1]) = (everybody()[0], everybody()[1]);
        warpTo(openTime(1));
        commit(1, BATCHER, others);
        commitOwn(1, everybody()[SILENT]);
        warpTo(revealTime(1));
        reveal(1, FIRST, others, ALL);
        warpTo(publishTime(1));
        publish(1);
        slashSilent(1, SILENT);
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_LetsTheRoundBeSettled() public {
        withheld();
        slash();
        finish(ROUND, TRUTH);
        require(roundOf(ROUND).status == RoundStatus.Settled, "stuck");
    }

    /* WHEN */

    function test_CountsUntilTheTruthDeadlineWhateverBecameOfTheRound() public {
        withheld();
        warpTo(targetTime(ROUND));
        resolve(ROUND, TRUTH);
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsInTheLastSecondOfASettledRound() public {
        withheld();
        finish(ROUND, TRUTH);
        warpTo(deadline(ROUND) - 1);
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /* WHAT LEAVES */

    function test_CountsWhatWasAskedBackSince() public {
        unstake(SILENT, 4_000);
        withheld();
        slash();
        requireSlashed(6_000 - AMOUNT, 4_000);
    }

    function test_TakesOfWhatStaysFirst() public {
        unstake(SILENT, STAKE - 150);
        withheld();
        slash();
        requireSlashed(0, STAKE - 150 - 50);
    }

    function test_CountsNothingThatWasAskedBackBefore() public {
        unstake(SILENT, 2_000);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), 3);
        warpTo(publishTime(1));
        publish(1);
        slashSilent(1, SILENT);
        requireSlashed(8_000 - 160, 2_000);
    }

    function test_TakesNothingWhereAllIsGone() public {
        unstake(SILENT, STAKE);
        withheld();
        finish(ROUND, TRUTH);
        by(workerAt(SILENT));
        network.withdraw(topic, worker);
        slash();
        require(network.claimableOf(STRANGER) == 0, "paid out of nothing");
    }

    /* WHO LOST ITS SEAT SINCE */

    function revoke() private {
        by(workerAt(SILENT));
        network.revoke(topic, workerAt(SILENT));
    }

    function displace() private {
        deposit(4, 3 * STAKE);
        warpTo(time + terms().activationDelay);
        seatWorker(4, 2);
    }

    function test_CountsForWhoWasRevokedSince() public {
        revoke();
        withheld();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsForWhoWasRevokedTwice() public {
        revoke();
        revoke();
        withheld();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsForWhoWasDisplacedSince() public {
        withheld();
        displace();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsForWhoWasRevokedAndDisplacedSince() public {
        revoke();
        withheld();
        displace();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsForWhoWasDisplacedAndRevokedSince() public {
        withheld();
        displace();
        revoke();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /// @dev Its successor in the seat has the same bit, in other rounds.
    function test_LeavesItsSuccessorInTheSeatAlone() public {
        withheld();
        displace();
        slash();
        require(positionOf(4).stake == 3 * STAKE, "the wrong one paid");
    }

    function test_CountsForWhoGaveUpItsSeatByAskingBack() public {
        unstake(SILENT, 6_000);
        withheld();
        slash();
        requireSlashed(4_000 - AMOUNT, 6_000);
    }

    /// @dev By then it was there to be denounced from the end of the reveals to the target time and longer.
    function test_EndsWithAnotherSeatOnceTheRoundIsFinal() public {
        revoke();
        withheld();
        finish(ROUND, TRUTH);
        by(workerAt(SILENT));
        network.takeSeat(topic, worker, 5);
        refuseSeat();
    }

    function test_EndsWithAnotherSignerOnceTheRoundIsFinal() public {
        Consent memory consent = consentOf(3, workerAt(SILENT));
        revoke();
        withheld();
        finish(ROUND, TRUTH);
        by(workerAt(SILENT));
        network.rotate(topic, worker, workerAt(3), consent);
        refuseSeat();
    }
}
