// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../../contracts/interfaces/ITruthSource.sol";
import {Position} from "../../../contracts/types/Position.sol";
import {Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {SignedCommitment} from "../../../contracts/types/Seal.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {Stages} from "../../helpers/Stages.sol";

/// @notice Worker 2 signed one prediction for the batcher and another for somebody else, who came second.
contract SlashEquivocationTest is Stages {
    uint256 private constant TWOFACED = 2;
    /// @dev All that 10,000 may risk in a round.
    uint96 private constant AMOUNT = 400;
    uint96 private constant BOUNTY = 40;

    address private worker;
    SignedCommitment private one;
    SignedCommitment private other;

    function setUp() public {
        revealed();
        worker = workerAt(TWOFACED);
        one = signed(ROUND, everybody()[TWOFACED]);
        other = signed(ROUND, second(TWOFACED));
    }

    function second(uint256 number) private pure returns (Said memory) {
        return say(number, 90e18, 10_000);
    }

    function slash() private {
        by(STRANGER);
        network.slashEquivocation(topic, ROUND, worker, one, other);
    }

    function swap() private {
        SignedCommitment memory kept = one;
        one = other;
        other = kept;
    }

    function heard() private {
        warpTo(publishTime(ROUND));
        publish(ROUND);
    }

    function requireSlashed(uint96 stake, uint96 leaving) private view {
        Position memory position = positionOf(TWOFACED);
        require(position.stake == stake && position.leaving == leaving, "another slash");
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.slashEquivocation(TopicId.wrap(bytes32(uint256(7))), ROUND, worker, one, other);
    }

    /// @dev Before the reveals are over nobody shall learn of a second prediction by its price.
    function test_RefusesWhileItMayStillReveal() public {
        warpTo(publishTime(ROUND) - 1);
        refusePhase(Phase.Reveal);
    }

    function test_RefusesAfterTheTruthDeadline() public {
        heard();
        warpTo(deadline(ROUND));
        refusePhase(Phase.Expired);
    }

    function refusePhase(Phase phase) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, phase, Phase.Live));
        slash();
    }

    /// @dev It is published in the same second as all was revealed, and may be denounced as late as every round.
    function test_RefusesBeforeTheRevealsAreOverThoughItIsPublished() public {
        publish(ROUND);
        refusePhase(Phase.Reveal);
        warpTo(publishTime(ROUND));
        slash();
    }

    /// @dev Nobody committed in round 1: it has no place in the ring, and harmed nobody.
    function test_RefusesInARoundThatNeverOpened() public {
        (one, other) = (signed(1, everybody()[TWOFACED]), signed(1, second(TWOFACED)));
        warpTo(publishTime(1));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
        network.slashEquivocation(topic, 1, worker, one, other);
    }

    function test_RefusesInARoundWhosePlaceAYoungerOneHas() public {
        heard();
        finish(ROUND, TRUTH);
        warpTo(openTime(4));
        commit(4, BATCHER, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
        slash();
    }

    function test_RefusesTheSameTwice() public {
        heard();
        other = one;
        refuse(abi.encodeWithSelector(ITopicDesk.NotEquivocal.selector, one.commitment));
        slash();
    }

    function test_RefusesWithoutBothSignatures() public {
        heard();
        SignedCommitment memory kept = one;
        (one.r, one.vs) = (0, 0);
        refuseSignature();
        swap();
        refuseSignature();
        (one, other) = (kept, signed(ROUND, everybody()[1]));
        refuseSignature();
    }

    function test_RefusesTheSignatureOfAnotherRound() public {
        heard();
        bytes20 commitment = other.commitment;
        other = signed(1, second(TWOFACED));
        other.commitment = commitment;
        refuseSignature();
    }

    function test_RefusesAddressZero() public {
        heard();
        worker = address(0);
        (one.r, one.vs, other.r, other.vs) = (0, 0, 0, 0);
        refuseSignature();
    }

    function refuseSignature() private {
        refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, worker));
        slash();
    }

    function test_RefusesWhoNeverHadASeat() public {
        heard();
        worker = workerAt(3);
        (one, other) = (signed(ROUND, say(3, 1, 1)), signed(ROUND, second(3)));
        refuse(abi.encodeWithSelector(ITopicDesk.NotSeated.selector, worker, ROUND));
        slash();
    }

    function test_DoesNothingASecondTime() public {
        heard();
        slash();
        refuseAgain();
        swap();
        refuseAgain();
        one = signed(ROUND, say(TWOFACED, 7, 7));
        refuseAgain();
    }

    function refuseAgain() private {
        bytes32 before = booksDigest();
        slash();
        require(booksDigest() == before, "slashed again");
    }

    function booksDigest() private view returns (bytes32) {
        return keccak256(abi.encode(network.positionOf(topic, worker), network.claimableOf(address(this))));
    }

    function test_DoesNothingToWhoWasSlashedForWithholding() public {
        warpTo(openTime(3));
        commit(3, BATCHER, everybody());
        warpTo(revealTime(3));
        reveal(3, FIRST, everybody(), 3);
        warpTo(publishTime(3));
        publish(3);
        slashSilent(3, TWOFACED);
        (one, other) = (signed(3, everybody()[TWOFACED]), signed(3, second(TWOFACED)));
        bytes32 before = booksDigest();
        network.slashEquivocation(topic, 3, worker, one, other);
        require(booksDigest() == before, "slashed again");
    }

    /* EFFECT */

    function test_TakesAllOfARoundsBudget() public {
        heard();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_GivesATenthToTheCallerAndTheRestToTheSink() public {
        heard();
        slash();
        require(network.claimableOf(STRANGER) == BOUNTY, "another bounty");
        require(network.claimableOf(network.sink()) == AMOUNT - BOUNTY, "another rest");
    }

    function test_Tells() public {
        heard();
        tells();
        emit ITopicDesk.Slashed(topic, ROUND, worker, AMOUNT, BOUNTY, STRANGER);
        slash();
    }

    function test_LeavesSkillSeatRoundFeedAndOthersAlone() public {
        heard();
        bytes32 before = rest();
        slash();
        require(rest() == before, "something else moved");
    }

    function rest() private view returns (bytes32) {
        Position memory slashed = positionOf(TWOFACED);
        slashed.stake = 0;
        bytes32 others = keccak256(abi.encode(positionOf(0), positionOf(1), network.topicOf(topic)));
        return keccak256(abi.encode(slashed, others, network.read(topic), roundOf(ROUND)));
    }

    function test_CountsWhatWasAskedBackSinceAndTakesOfWhatStaysFirst() public {
        unstake(TWOFACED, STAKE - 150);
        heard();
        slash();
        requireSlashed(0, STAKE - 150 - 250);
    }

    function test_CountsWhetherItWasHeardOrNot() public {
        heard();
        worker = workerAt(0);
        (one, other) = (signed(ROUND, everybody()[0]), signed(ROUND, second(0)));
        slash();
        require(positionOf(0).stake == STAKE - AMOUNT, "heard, and not slashed");
    }

    function test_CountsForWhoWasRevokedSince() public {
        by(worker);
        network.revoke(topic, worker);
        heard();
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /* WHEN */

    function test_CountsBeforeTheRoundIsPublished() public {
        warpTo(publishTime(ROUND));
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_CountsUntilTheTruthDeadline() public {
        heard();
        finish(ROUND, TRUTH);
        uint96 stake = positionOf(TWOFACED).stake;
        warpTo(deadline(ROUND) - 1);
        slash();
        requireSlashed(stake - (stake * 400) / 10_000, 0);
    }

    /// @dev The round is open since somebody committed to it.
    function test_CountsWhereNobodyRevealed() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        (one, other) = (signed(1, everybody()[TWOFACED]), signed(1, second(TWOFACED)));
        warpTo(publishTime(1));
        network.slashEquivocation(topic, 1, worker, one, other);
        requireSlashed(STAKE - AMOUNT, 0);
    }

    /// @dev A round that tells nothing forgives silence, and no second word.
    function test_CountsInAVoidRound() public {
        heard();
        warpTo(targetTime(ROUND));
        truth.set(TruthStatus.Void, 0);
        resolve(ROUND);
        slash();
        requireSlashed(STAKE - AMOUNT, 0);
    }

    function test_LetsTheRoundBeSettled() public {
        heard();
        slash();
        finish(ROUND, TRUTH);
        require(roundOf(ROUND).status == RoundStatus.Settled, "stuck");
    }
}
