// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Hints} from "../../../contracts/types/Learning.sol";
import {Listing, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Opening, Seal} from "../../../contracts/types/Seal.sol";
import {TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Stages} from "../../helpers/Stages.sol";

contract UnfoldTest is Stages {
    int104 private center;
    uint104 private sigma;
    Seal[] private seals;

    function setUp() public {
        committed();
        lay(ROUND);
    }

    function lay(uint256 round) private {
        (center, sigma) = (keptOf[round].center, keptOf[round].sigma);
        seals = sealsIn[round][FIRST];
    }

    function unfoldGiven(uint256 round) private {
        network.unfold(topic, round, center, sigma, seals);
    }

    function requireApart(uint256 round) private view {
        bytes20 first = bytes20(keccak256(abi.encode(center, sigma)));
        require(roundOf(round).listing == Listing.Apart && roundOf(round).digest == first, "not unfolded");
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.unfold(TopicId.wrap(bytes32(uint256(7))), ROUND, center, sigma, seals);
    }

    function test_RefusesARoundThatNobodyCommittedTo() public {
        refuseStatus(1, RoundStatus.None);
        refuseStatus(4, RoundStatus.None);
        refuseStatus(type(uint256).max, RoundStatus.None);
    }

    /// @dev Whether it was unfolded before or not, and whatever is given.
    function test_RefusesARoundThatIsNoLongerOpen() public {
        warpTo(revealTime(ROUND));
        revealAndPublish(ROUND, everybody());
        refuseStatus(ROUND, RoundStatus.Published);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(publishTime(1));
        lay(1);
        publish(1);
        refuseStatus(1, RoundStatus.Void);
        delete seals;
        refuseStatus(1, RoundStatus.Void);
    }

    function refuseStatus(uint256 round, RoundStatus status) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, status, RoundStatus.Open));
        unfoldGiven(round);
    }

    function test_RefusesAnotherListAndAnotherDomain() public {
        Seal kept = seals[1];
        seals[1] = Seal.wrap(Seal.unwrap(kept) ^ 1);
        refuseList();
        seals[1] = kept;
        center++;
        refuseList();
        center--;
        sigma--;
        refuseList();
        sigma++;
        unfoldGiven(ROUND);
    }

    /// @dev What came after the first has a slot of its own, and is not what the round holds.
    function test_RefusesTheSecondList() public {
        warpTo(openTime(1));
        commitOwn(1, everybody()[0]);
        commit(1, BATCHER, without(everybody(), 0));
        lay(1);
        seals = sealsIn[1][BATCHER];
        require(seals.length == 2 && sealsIn[1][FIRST].length == 1, "the same list");
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, 1));
        unfoldGiven(1);
    }

    function refuseList() private {
        Round memory before = roundOf(ROUND);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        unfoldGiven(ROUND);
        require(keccak256(abi.encode(before)) == keccak256(abi.encode(roundOf(ROUND))), "something moved");
    }

    /* EFFECT */

    function test_TakesAnybodysCallWheneverTheRoundIsOpen() public {
        by(STRANGER);
        unfoldGiven(ROUND);
        requireApart(ROUND);
        unfoldsAt(1, revealTime(1));
        unfoldsAt(2, publishTime(2) - 1);
        unfoldsAt(3, publishTime(3));
        unfoldsAt(5, targetTime(5));
    }

    function unfoldsAt(uint256 round, uint256 at) private {
        warpTo(openTime(round));
        commit(round, BATCHER, everybody());
        warpTo(at);
        lay(round);
        by(STRANGER);
        unfoldGiven(round);
        requireApart(round);
    }

    function test_MovesNothingElse() public {
        bytes32 before = rest();
        unfoldGiven(ROUND);
        require(rest() == before, "something else moved");
    }

    function rest() private view returns (bytes32) {
        Round memory round = roundOf(ROUND);
        bytes32 kept = keccak256(abi.encode(round.number, round.status, round.peak, round.count, round.closed));
        bytes32 positions = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        return keccak256(abi.encode(kept, positions, network.topicOf(topic), network.read(topic)));
    }

    /* A SECOND TIME */

    /// @dev Whatever is given then: it is the first that counts.
    function test_DoesNothingASecondTime() public {
        unfold(ROUND);
        Round memory before = roundOf(ROUND);
        unfoldGiven(ROUND);
        network.unfold(topic, ROUND, center + 1, sigma, seals);
        network.unfold(topic, ROUND, center, sigma, none());
        require(keccak256(abi.encode(before)) == keccak256(abi.encode(roundOf(ROUND))), "something moved");
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
        require(roundOf(ROUND).count == 3, "another list");
    }

    /// @dev By then the round's digest is the chain of what was revealed.
    function test_DoesNothingOnceSomethingIsRevealed() public {
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 2);
        bytes20 digest = roundOf(ROUND).digest;
        unfoldGiven(ROUND);
        require(roundOf(ROUND).digest == digest, "another chain");
        reveal(ROUND, FIRST, everybody(), 5);
        publish(ROUND);
        require(network.read(topic).contributors == 3, "not heard");
    }

    /* IN PARTS */

    function test_LetsTheFirstListBeOpenedInParts() public {
        warpTo(revealTime(ROUND));
        unfold(ROUND);
        for (uint256 i = 3; i > 0; i--) reveal(ROUND, FIRST, everybody(), 1 << (i - 1));
        require(roundOf(ROUND).count == 3 && keptOf[ROUND].revealed.counts.length == 3, "not in parts");
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Published, "not published");
    }

    function test_LeavesWhoOpenedTheRoundNoListInItsName() public {
        warpTo(revealTime(ROUND));
        unfold(ROUND);
        (Opening[] memory openings, ) = laidOut(ROUND, FIRST, everybody(), ALL);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, BATCHER, ROUND));
        network.reveal(topic, ROUND, BATCHER, openings, 7, none());
    }

    /* BESIDE OTHERS */

    function committedTwiceIn(uint256 round, bool isUnfoldedBetween) private {
        warpTo(openTime(round));
        commitOwn(round, everybody()[1]);
        if (isUnfoldedBetween) unfold(round);
        commit(round, BATCHER, without(everybody(), 1));
        warpTo(revealTime(round));
        unfold(round);
    }

    function requireWhole(uint256 round) private {
        require(roundOf(round).count == 3, "not all of them were heard");
        publish(round);
        finish(round, TRUTH);
        require(roundOf(round).status == RoundStatus.Settled, "stuck");
    }

    function test_StandsBesideAnotherListInEitherOrder() public {
        committedTwiceIn(1, false);
        revealOwn(1, everybody()[1]);
        reveal(1, BATCHER, without(everybody(), 1), ALL);
        requireWhole(1);
        committedTwiceIn(5, false);
        reveal(5, BATCHER, without(everybody(), 1), ALL);
        revealOwn(5, everybody()[1]);
        requireWhole(5);
    }

    function test_StandsBesideAListThatCameAfterItWasUnfolded() public {
        committedTwiceIn(1, true);
        reveal(1, BATCHER, without(everybody(), 1), 1);
        revealOwn(1, everybody()[1]);
        reveal(1, BATCHER, without(everybody(), 1), 2);
        requireWhole(1);
    }

    /// @dev One of them is never opened: as in any list, its workers have withheld.
    function test_HidesNobodyWhoWithholds() public {
        committedTwiceIn(1, false);
        reveal(1, BATCHER, without(everybody(), 1), ALL);
        warpTo(publishTime(1));
        publish(1);
        slashSilent(1, 1);
        require(positionOf(1).stake == STAKE - 200, "got away");
    }
}

/// @notice Where nothing is sealed there is nothing to unfold.
contract UnfoldSignedTest is Stages {
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.commitWindow = 0;
    }

    function test_DoesNothingWhereNothingIsSealed() public {
        staked();
        warpTo(openTime(ROUND));
        revealSigned(ROUND, STRANGER, signedOpeningsOf(ROUND, everybody()));
        bytes20 digest = roundOf(ROUND).digest;
        network.unfold(topic, ROUND, 1, 2, none());
        require(roundOf(ROUND).digest == digest && roundOf(ROUND).listing == Listing.Apart, "something moved");

        Hints memory hints;
        refuse(abi.encodeWithSelector(ITopicRounds.NotSole.selector, ROUND));
        network.revealAndPublish(topic, ROUND, 1, 2, new Opening[](0), hints);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        finish(ROUND, TRUTH);
        require(roundOf(ROUND).status == RoundStatus.Settled, "stuck");
    }
}
