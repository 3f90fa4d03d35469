// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {SignedCommitment} from "../../../contracts/types/Prediction.sol";
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

    address private committer = BATCHER;
    address private worker;
    bytes20[] private seals;
    uint256 private place;
    bytes32 private r;
    bytes32 private vs;

    function setUp() public {
        committed();
        give(ROUND, everybody(), SILENT);
    }

    /// @dev What is presented, made beforehand, so that a test changes one thing of it.
    function give(uint256 round, Said[] memory list, uint256 place_) private {
        SignedCommitment memory own = signed(round, list[place_]);
        (worker, seals, place) = (workerAt(list[place_].worker), sealsOf(round, list), place_);
        (r, vs) = (own.r, own.vs);
    }

    function withheld() private {
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, everybody(), 3);
        warpTo(publishTime(ROUND));
        publish(ROUND);
    }

    function slash() private {
        by(STRANGER);
        network.slashWithheld(topic, ROUND, worker, committer, seals, place, r, vs);
    }

    function requireSlashed(uint96 stake, uint96 leaving) private view {
        Position memory position = positionOf(SILENT);
        require(position.stake == stake && position.leaving == leaving, "another slash");
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.slashWithheld(TopicId.wrap(bytes32(uint256(7))), ROUND, worker, committer, seals, place, r, vs);
    }

    function test_RefusesWhileItMayStillReveal() public {
        refusePhase(Phase.Commit);
        warpTo(publishTime(ROUND) - 1);
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

    function test_RefusesAListThatWasNotCommitted() public {
        withheld();
        seals[0] = bytes20(uint160(1));
        refuseList();
        seals.pop();
        refuseList();
        delete seals;
        refuseList();
        committer = STRANGER;
        refuseList();
    }

    function test_RefusesAPlaceBeyondTheList() public {
        withheld();
        place = 3;
        refuseList();
        place = ALL;
        refuseList();
    }

    function test_RefusesAListOfItsOwnThatItNeverCommitted() public {
        withheld();
        committer = worker;
        refuseList();
    }

    /// @dev A list is kept until its place in the ring comes round.
    function test_RefusesAListThatAYoungerOneHasWrittenOver() public {
        withheld();
        warpTo(openTime(4));
        commit(4, BATCHER, everybody());
        refuseList();
    }

    function refuseList() private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, committer, ROUND));
        slash();
    }

    function test_RefusesWithoutItsSignature() public {
        withheld();
        (r, vs) = (0, 0);
        refuseSignature();
    }

    function test_RefusesTheSignatureOfAnother() public {
        withheld();
        SignedCommitment memory other = signed(ROUND, everybody()[1]);
        (r, vs) = (other.r, other.vs);
        refuseSignature();
    }

    function test_RefusesItsSignatureInAnotherPlace() public {
        withheld();
        place = 1;
        refuseSignature();
    }

    function test_RefusesItsSignatureOfAnotherRound() public {
        withheld();
        SignedCommitment memory other = signed(1, everybody()[SILENT]);
        (r, vs) = (other.r, other.vs);
        refuseSignature();
    }

    /// @dev The account that such a signature would recover to, were its high s not looked at.
    function test_RefusesAHighS() public {
        withheld();
        bytes32 high = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1;
        bytes32 digest = typed(statementOf(ROUND, seals[place]));
        uint256 x = 1;
        while (ecrecover(digest, 27, bytes32(x), high) == address(0)) x++;
        (r, vs) = (bytes32(x), high);
        worker = ecrecover(digest, 27, bytes32(x), high);
        refuseSignature();
    }

    function test_RefusesAddressZero() public {
        withheld();
        worker = address(0);
        (r, vs) = (0, 0);
        refuseSignature();
    }

    function refuseSignature() private {
        refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, worker));
        slash();
    }

    function test_RefusesInARoundThatNobodyRevealed() public {
        warpTo(publishTime(ROUND));
        refuseStatus(RoundStatus.None);
    }

    function test_RefusesInARoundThatIsNotPublished() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, everybody(), 3);
        warpTo(publishTime(ROUND));
        refuseStatus(RoundStatus.Open);
    }

    function test_WaivesWhatTooFewWereHeardIn() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, everybody(), 1);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuseStatus(RoundStatus.Void);
    }

    function test_WaivesWhatBecameVoidLater() public {
        withheld();
        warpTo(targetTime(ROUND));
        truth.set(TruthStatus.Void, 0);
        resolve(ROUND);
        refuseStatus(RoundStatus.Void);
    }

    function refuseStatus(RoundStatus status) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, status, RoundStatus.Published));
        slash();
    }

    /* OUTAGE */

    /// @dev Two are heard through the batcher; a list of `length` names the silent worker in its first place.
    function listOf(uint256 length) private {
        Said[] memory list = new Said[](length);
        for (uint256 i = 0; i < length; i++) list[i] = say(SILENT, int256(i), 1);
        commit(ROUND, STRANGER, list);
        withheld();
        committer = STRANGER;
        give(ROUND, list, 0);
    }

    function test_WaivesAListOfMoreThanThreeTimesAsManyAsRevealed() public {
        listOf(7);
        refuse(abi.encodeWithSelector(ITopicDesk.Outage.selector, 2, 7));
        slash();
    }

    function test_TakesAListOfThreeTimesAsManyAsRevealed() public {
        listOf(6);
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /* SEAT */

    function ownListOf(uint256 number) private {
        commitOwn(ROUND, say(number, 100e18, 10_000));
        withheld();
        (worker, committer) = (workerAt(number), workerAt(number));
    }

    function refuseSeat() private {
        refuse(abi.encodeWithSelector(ITopicDesk.NotSeated.selector, worker, ROUND));
        slash();
    }

    function test_RefusesWhoHasNoStake() public {
        ownListOf(3);
        refuseSeat();
    }

    function test_RefusesWhoHasAStakeAndNoSeat() public {
        deposit(3, STAKE);
        ownListOf(3);
        network.activate(topic, worker);
        refuseSeat();
    }

    /// @dev In round 0 a seat never taken and one taken for all rounds must not be mistaken for each other.
    function test_RefusesWhoWasRevokedWithoutASeat() public {
        deposit(3, STAKE);
        by(workerAt(3));
        network.revoke(topic, workerAt(3));
        ownListOf(3);
        refuseSeat();
    }

    function test_RefusesWhoTookItsSeatForTheNextRound() public {
        deposit(3, STAKE);
        ownListOf(3);
        seatWorker(3, 3);
        refuseSeat();
    }

    /* WITHHELD */

    function refuseHeard() private {
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, worker, ROUND));
        slash();
    }

    function test_RefusesWhoRevealed() public {
        give(ROUND, everybody(), 1);
        withheld();
        refuseHeard();
    }

    function test_RefusesWhoRevealedThroughAnotherList() public {
        Said memory said = say(SILENT, 101e18, 10_000);
        commitOwn(ROUND, said);
        warpTo(revealTime(ROUND));
        revealOwn(ROUND, said);
        reveal(ROUND, BATCHER, everybody(), 3);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        refuseHeard();
    }

    function test_RefusesASecondTime() public {
        commitOwn(ROUND, say(SILENT, 101e18, 10_000));
        withheld();
        slash();
        refuseAgain();
        committer = worker;
        refuseAgain();
    }

    function test_RefusesWhoWasSlashedForSigningTwice() public {
        withheld();
        slashBoth(ROUND, everybody()[SILENT], say(SILENT, 1, 1));
        refuseAgain();
    }

    function refuseAgain() private {
        refuse(abi.encodeWithSelector(ITopicDesk.AlreadySlashed.selector, worker, ROUND));
        slash();
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

    function test_NeedsNothingOfAListOfItsOwn() public {
        ownListOf(SILENT);
        by(STRANGER);
        network.slashWithheld(topic, ROUND, worker, worker, none(), 0, 0, 0);
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /// @dev Whatever is given of it is not looked at, so that nobody can waive it by giving much.
    function test_LooksAtNothingOfAListOfItsOwn() public {
        ownListOf(SILENT);
        seals = new bytes20[](200);
        slash();
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
        unstake(SILENT, 4_000);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1));
        reveal(1, BATCHER, everybody(), 3);
        warpTo(publishTime(1));
        publish(1);
        slashListed(1, BATCHER, everybody(), SILENT);
        requireSlashed(6_000 - 120, 4_000);
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
        (bytes32 consentR, bytes32 consentVs) = consentOf(3, workerAt(SILENT));
        revoke();
        withheld();
        finish(ROUND, TRUTH);
        by(workerAt(SILENT));
        network.rotate(topic, worker, workerAt(3), consentR, consentVs);
        refuseSeat();
    }
}
