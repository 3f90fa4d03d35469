// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float} from "../../../contracts/maths/Float.sol";
import {Listing, Phase, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Opening, Seal, SignedCommitment} from "../../../contracts/types/Seal.sol";
import {Topic, TopicId, TopicParams} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {PlainSeals} from "../../helpers/PlainSeals.sol";
import {Stages} from "../../helpers/Stages.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

contract CommitTest is Stages {
    SignedCommitment[] private commitments;

    function setUp() public {
        staked();
        warpTo(openTime(ROUND));
        lay(ROUND, everybody());
    }

    function lay(uint256 round, Said[] memory said) private {
        SignedCommitment[] memory laid = commitmentsOf(round, BATCHER, said);
        delete commitments;
        for (uint256 i = 0; i < laid.length; i++) commitments.push(laid[i]);
    }

    function commitBy(address committer) private {
        commit(ROUND, committer, commitments);
    }

    function nothingCommitted() private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector);
    }

    /// @dev Bits of the seats whose commitment is in and not yet revealed.
    function awaited(uint256 round) private view returns (uint256) {
        return ~roundOf(round).closed;
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.commit(TopicId.wrap(bytes32(uint256(7))), ROUND, commitments);
    }

    function test_RefusesARoundBeyondTheLast() public {
        uint256 last = type(uint24).max - 1;
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, last + 1, last));
        network.commit(topic, last + 1, commitments);
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, type(uint256).max, last));
        network.commit(topic, type(uint256).max, commitments);
    }

    function test_RefusesOutsideTheWindow() public {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Pending, Phase.Commit));
        network.commit(topic, ROUND + 1, commitments);

        warpTo(revealTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Commit));
        network.commit(topic, ROUND, commitments);
    }

    function test_RefusesASecondListOfTheSameCommitter() public {
        Said[] memory said = everybody();
        commit(ROUND, STRANGER, only(said[0]));
        commit(ROUND, BATCHER, only(said[1]));
        SignedCommitment[] memory other = only(signed(ROUND, said[2]));
        refuse(abi.encodeWithSelector(ITopicRounds.AlreadyCommitted.selector, BATCHER, ROUND));
        by(BATCHER);
        network.commit(topic, ROUND, other);
    }

    /// @dev The first list is nobody's, so who opened the round has its own list still before it.
    function test_TakesASecondListOfWhoOpenedTheRoundAndNoThird() public {
        Said[] memory said = everybody();
        commit(ROUND, BATCHER, only(said[0]));
        commit(ROUND, BATCHER, only(said[1]));
        require(awaited(ROUND) == 3 && sealsIn[ROUND][BATCHER].length == 1, "not taken in");
        SignedCommitment[] memory other = only(signed(ROUND, said[2]));
        refuse(abi.encodeWithSelector(ITopicRounds.AlreadyCommitted.selector, BATCHER, ROUND));
        by(BATCHER);
        network.commit(topic, ROUND, other);

        warpTo(revealTime(ROUND));
        reveal(ROUND, BATCHER, only(said[1]), ALL);
        reveal(ROUND, FIRST, only(said[0]), ALL);
        require(roundOf(ROUND).count == 2 && awaited(ROUND) == 0, "not heard");
    }

    function test_RefusesWhileThePlaceInTheRingIsUnsettled() public {
        predict(ROUND, everybody());
        warpTo(openTime(4));
        lay(4, everybody());
        refuseFull();
        resolve(ROUND, TRUTH);
        refuseFull();

        settle(ROUND);
        commit(4, BATCHER, commitments);
        require(roundOf(4).status == RoundStatus.Open && awaited(4) == 7, "the place is still taken");
        require(roundOf(ROUND).status == RoundStatus.None, "the old round is still told");
    }

    function refuseFull() private {
        refuse(abi.encodeWithSelector(ITopicRounds.RingFull.selector, 4, ROUND));
        by(BATCHER);
        network.commit(topic, 4, commitments);
    }

    function test_RefusesAnEmptyList() public {
        delete commitments;
        refuseNothing(BATCHER);
    }

    function test_RefusesWhenNobodyOfTheListCounts() public {
        commitBy(BATCHER);
        refuseNothing(STRANGER);
        // Nor does what is unsigned, where the caller has no seat.
        delete commitments;
        commitments.push(unsigned(commitmentOf(ROUND, say(3, 1, 1))));
        refuseNothing(STRANGER);
    }

    function test_OpensNoRoundWhereNobodyCounts() public {
        delete commitments;
        commitments.push(unsigned(commitmentOf(ROUND, say(3, 1, 1))));
        refuseNothing(STRANGER);
        require(roundOf(ROUND).status == RoundStatus.None, "open");
    }

    function refuseNothing(address committer) private {
        refuse(nothingCommitted());
        by(committer);
        network.commit(topic, ROUND, commitments);
    }

    /* THE FIRST LIST */

    function test_OpensTheRoundAndFreezesItsDomain() public {
        Topic memory kept = network.topicOf(topic);
        int104 center = int104(kept.center.unpack());
        uint104 sigma = uint104(kept.sigma.unpack());
        require(center > 99.999e18 && sigma > 4.999e18, "not the domain of the terms");
        require(roundOf(ROUND).status == RoundStatus.None, "open before");
        tells();
        emit ITopicRounds.RoundOpened(topic, ROUND, center, sigma);
        by(BATCHER);
        network.commit(topic, ROUND, commitments);
        Round memory round = roundOf(ROUND);
        require(round.status == RoundStatus.Open && round.number == ROUND && round.count == 0, "not open");
        bytes29 seals = PlainSeals.hashOf(plainSeals(STAKE));
        require(round.digest == PlainSeals.foldedOf(center, sigma, seals), "another domain or list");
    }

    /// @dev What the list as it was laid is kept as, where worker 1 has `stake`.
    function plainSeals(uint256 stake) private view returns (Seal[] memory seals) {
        seals = new Seal[](3);
        for (uint256 i = 0; i < 3; i++) {
            uint256 budget = PlainSeals.budgetOf(i == 1 ? stake : STAKE, terms().riskBps);
            seals[i] = PlainSeals.sealOf(commitments[i].commitment, workerAt(i), i, budget, 0, true, 0);
        }
    }

    function test_KeepsTheFirstListWithinTheRoundAndTheOthersApart() public {
        commit(ROUND, BATCHER, only(everybody()[0]));
        require(roundOf(ROUND).listing == Listing.Sole, "not the only one");
        bytes20 digest = roundOf(ROUND).digest;
        commitOwn(ROUND, everybody()[1]);
        require(roundOf(ROUND).listing == Listing.First, "not the first of many");
        commitOwn(ROUND, everybody()[2]);
        require(roundOf(ROUND).listing == Listing.First && roundOf(ROUND).digest == digest, "another first");
    }

    function test_KeepsAnUnfoldedRoundUnfoldedWhateverComesAfter() public {
        commit(ROUND, BATCHER, only(everybody()[0]));
        unfold(ROUND);
        bytes20 digest = roundOf(ROUND).digest;
        require(digest == bytes20(keccak256(abi.encode(keptOf[ROUND].center, keptOf[ROUND].sigma))), "not unfolded");
        commitOwn(ROUND, everybody()[1]);
        require(roundOf(ROUND).listing == Listing.Apart && roundOf(ROUND).digest == digest, "folded again");
    }

    function test_ReusesThePlaceOfARoundThatNobodyPublished() public {
        commitBy(BATCHER);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), 3);
        warpTo(openTime(4));
        commit(4, BATCHER, only(everybody()[1]));
        Round memory round = roundOf(4);
        require(round.status == RoundStatus.Open && round.number == 4, "a dead round holds its place");
        require(round.count == 0 && awaited(4) == 2, "something is left of the dead round");
    }

    /* THE SECOND LIST */

    /// @dev Between the two a truth comes in and an older round is settled, which moves what a round freezes.
    function test_DoesNotOpenTheRoundAgain() public {
        predict(ROUND, everybody());
        predict(1, everybody());
        warpTo(openTime(3));
        commitOwn(3, everybody()[0]);
        Topic memory before = network.topicOf(topic);
        Round memory opened_ = roundOf(3);
        finish(ROUND, 90e18);
        Topic memory now_ = network.topicOf(topic);
        require(now_.center.unpack() != before.center.unpack(), "no change of the center");
        require(now_.sigma.unpack() != before.sigma.unpack(), "no change of sigma");
        require(now_.peak.unpack() != before.peak.unpack(), "no change of the peak");

        require(openingsToldByASecondList(3) == 0, "told as opened again");
        Round memory round = roundOf(3);
        require(round.peak.unpack() == before.peak.unpack() && round.digest == opened_.digest, "opened again");
        require(awaited(3) == 3, "a seat was forgotten");
    }

    function openingsToldByASecondList(uint256 round) private returns (uint256 count) {
        lay(round, only(everybody()[1]));
        vm.recordLogs();
        by(BATCHER);
        network.commit(topic, round, commitments);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] == ITopicRounds.RoundOpened.selector) count++;
        }
    }

    /* EFFECT */

    /// @dev Behind worker 1 stands more than its float tells apart: it is rounded down.
    function test_TellsEachSealWithItsBacker() public {
        deposit(1, 9_876_543_210_987);
        warpTo(openTime(1));
        network.activate(topic, workerAt(1));
        lay(1, everybody());
        Seal[] memory seals = plainSeals(STAKE + 9_876_543_210_987);
        require(uint40(Seal.unwrap(seals[1]) >> 48) & 0xff > 0, "nothing to round");
        tells();
        emit ITopicRounds.PredictionsCommitted(topic, 1, FIRST, seals);
        by(BATCHER);
        network.commit(topic, 1, commitments);
    }

    /// @dev Of the second list its place is told, and who committed it.
    function test_TellsWhoseTheSecondListIs() public {
        commitOwn(ROUND, everybody()[0]);
        Seal[] memory all = plainSeals(STAKE);
        Seal[] memory seals = new Seal[](2);
        (seals[0], seals[1]) = (all[1], all[2]);
        tells();
        emit ITopicRounds.PredictionsCommitted(topic, ROUND, BATCHER, seals);
        by(BATCHER);
        network.commit(topic, ROUND, commitments);
    }

    function test_TellsWhatARecordIsWorthAsTheRoundOpens() public {
        predict(ROUND, everybody());
        finish(ROUND, TRUTH);
        warpTo(openTime(3));
        commit(3, BATCHER, everybody());
        for (uint256 i = 0; i < 3; i++) {
            uint256 trust = uint32(Seal.unwrap(sealsIn[3][FIRST][i]) >> 16);
            int256 plain = PlainMath.trustOf(
                positionOf(i).regret.unpack(),
                positionOf(i).energy.unpack(),
                roundOf(3).peak.unpack()
            );
            uint256 told = (trust >> 8) << (trust & 0xff);
            require(told <= uint256(plain) && uint256(plain) - told <= uint256(plain) >> 23, "another trust");
            require((i == 0) == (told > 0), "only the best of them has a record that counts");
        }
    }

    function test_AwaitsASeatEach() public {
        commit(ROUND, BATCHER, only(everybody()[2]));
        require(awaited(ROUND) == 4, "another seat");
        commitOwn(ROUND, everybody()[0]);
        require(awaited(ROUND) == 5, "another seat");
    }

    function test_KeepsTheListForItsReveal() public {
        commitBy(BATCHER);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, everybody(), ALL);
        require(keptOf[ROUND].revealed.workers.length == 3, "not kept");
    }

    function test_NeedsNoSignatureOfTheCaller() public {
        Said[] memory said = everybody();
        commit(ROUND, workerAt(1), said);
        require(awaited(ROUND) == 7, "its own was passed over");
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, said, ALL);
        require(roundOf(ROUND).count == 3, "not heard");
    }

    function test_MovesNoMoneyNoSkillAndNoFeed() public {
        bytes32 before = stateDigest();
        commitBy(BATCHER);
        require(stateDigest() == before, "something moved");
    }

    function stateDigest() private view returns (bytes32) {
        bytes32 positions = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        return keccak256(abi.encode(positions, network.topicOf(topic), network.read(topic)));
    }

    function test_TakesTheLastSecond() public {
        warpTo(revealTime(ROUND) - 1);
        commitBy(BATCHER);
    }

    function test_TakesThePlaceOfTheCommittersListARingBefore() public {
        commitTwiceIn(ROUND);
        commitTwiceIn(4);
        warpTo(revealTime(4));
        reveal(4, BATCHER, without(everybody(), 0), ALL);
        reveal(4, FIRST, only(everybody()[0]), ALL);
        require(roundOf(4).count == 3, "an old list holds the place of a new one");
    }

    function commitTwiceIn(uint256 round) private {
        warpTo(openTime(round));
        commitOwn(round, everybody()[0]);
        commit(round, BATCHER, without(everybody(), 0));
    }

    /* WHO IS PASSED OVER */

    /// @dev Worker 1's, in the middle of the list, and nobody else's.
    function requirePassedOver() private {
        commitBy(BATCHER);
        require(awaited(ROUND) == 5 && sealsIn[ROUND][FIRST].length == 2, "not passed over");
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (everybody()[0], everybody()[2]);
        warpTo(revealTime(ROUND));
        reveal(ROUND, FIRST, said, ALL);
        require(keptOf[ROUND].revealed.workers.length == 2, "what was taken in cannot be opened");
        require(keptOf[ROUND].revealed.workers[1] == workerAt(2), "the wrong one was passed over");
    }

    // Invariant 18
    function test_PassesOverTheSignatureOfAnother() public {
        (commitments[1].r, commitments[1].vs) = (commitments[0].r, commitments[0].vs);
        requirePassedOver();
    }

    function test_PassesOverTheSignatureOfAnotherRound() public {
        SignedCommitment memory other = signedBy(1, ROUND + 1, commitments[1].commitment);
        (commitments[1].r, commitments[1].vs) = (other.r, other.vs);
        requirePassedOver();
    }

    function test_PassesOverJunk() public {
        (commitments[1].r, commitments[1].vs) = (bytes32(uint256(7)), bytes32(uint256(8)));
        requirePassedOver();
    }

    /// @dev No recovery succeeds of it: it would be address zero's.
    function test_PassesOverAddressZero() public {
        (commitments[1].r, commitments[1].vs) = (0, bytes32(uint256(1)));
        requirePassedOver();
    }

    /// @dev What is not signed is the caller's, who has no seat here.
    function test_PassesOverWhatIsNotSigned() public {
        commitments[1] = unsigned(commitments[1].commitment);
        requirePassedOver();
    }

    /// @dev The account that such a signature recovers to has a seat here, which it would lose its round by.
    function test_PassesOverAHighS() public {
        bytes32 high = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1;
        bytes20 commitment = commitmentOf(1, everybody()[1]);
        bytes32 digest = typed(statementOf(1, commitment));
        uint256 x = 1;
        while (ecrecover(digest, 27, bytes32(x), high) == address(0)) x++;
        address account = ecrecover(digest, 27, bytes32(x), high);
        seat(account, 3);
        warpTo(openTime(1));

        SignedCommitment[] memory forged = only(SignedCommitment(commitment, bytes32(x), high));
        refuse(nothingCommitted());
        by(BATCHER);
        network.commit(topic, 1, forged);
        // It does have a seat.
        commit(1, account, only(unsigned(commitment)));
        require(awaited(1) == 8, "no seat");
    }

    function seat(address account, uint8 seat_) private {
        mint(account, STAKE);
        by(account);
        network.deposit(topic, STAKE);
        warpTo(time + terms().activationDelay);
        network.activate(topic, account);
        by(account);
        network.takeSeat(topic, account, seat_);
    }

    function test_PassesOverWhoHasAStakeAndNoSeat() public {
        deposit(3, STAKE);
        warpTo(openTime(1));
        network.activate(topic, workerAt(3));
        requireOnlyWorker0In(1);
    }

    function test_PassesOverWhoTookItsSeatForTheNextRound() public {
        deposit(3, STAKE);
        warpTo(openTime(1));
        seatWorker(3, 3);
        requireOnlyWorker0In(1);
    }

    function requireOnlyWorker0In(uint256 round) private {
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (say(3, 100e18, 10_000), say(0, 100e18, 10_000));
        commit(round, BATCHER, said);
        require(awaited(round) == 1, "who has no seat was taken in");
    }

    function test_PassesOverWhoWasRevoked() public {
        by(workerAt(1));
        network.revoke(topic, workerAt(1));
        requirePassedOver();
    }

    /* THE SECOND OF A SEAT */

    function second(uint256 number) private pure returns (Said memory) {
        return say(number, 120e18, 10_000);
    }

    function test_PassesOverTheSecondOfTheSameList() public {
        commitments.push(signed(ROUND, second(1)));
        commitBy(BATCHER);
        requireBoundTo(FIRST, 1);
        requireNotInTheList(FIRST, second(1));
    }

    function test_PassesOverTheSecondOfAnotherCommitter() public {
        commitBy(BATCHER);
        refuseNothing(STRANGER);
        commitments[1] = signed(ROUND, second(1));
        refuseNothing(STRANGER);
        requireBoundTo(FIRST, 1);
    }

    function test_PassesOverItsOwnAfterAReputers() public {
        commitBy(BATCHER);
        SignedCommitment[] memory own = only(unsigned(commitmentOf(ROUND, second(1))));
        refuse(nothingCommitted());
        by(workerAt(1));
        network.commit(topic, ROUND, own);
        requireBoundTo(FIRST, 1);
        requireNoList(workerAt(1), second(1));
    }

    function test_PassesOverAReputersAfterItsOwn() public {
        Said memory own = second(1);
        commitOwn(ROUND, own);
        commitBy(BATCHER);
        require(sealsIn[ROUND][BATCHER].length == 2 && awaited(ROUND) == 7, "not passed over");
        warpTo(revealTime(ROUND));
        revealOwn(ROUND, own);
        require(keptOf[ROUND].revealed.predictions[0].value() == own.value, "another prediction");
        requireNotInTheList(BATCHER, everybody()[1]);
    }

    /// @dev The first is heard, in its place, and nothing else of that worker can be.
    function requireBoundTo(address committer, uint256 place) private {
        require(awaited(ROUND) == 7 && sealsIn[ROUND][committer].length == 3, "a second was taken in");
        warpTo(revealTime(ROUND));
        reveal(ROUND, committer, everybody(), 1 << place);
        require(keptOf[ROUND].revealed.predictions[0].value() == everybody()[place].value, "another prediction");
    }

    /// @dev In whatever place of the list it is tried, the list is another then.
    function requireNotInTheList(address committer, Said memory said) private {
        Seal[] memory seals = sealsIn[ROUND][committer];
        for (uint256 place = 0; place < seals.length; place++) {
            Opening[] memory openings = new Opening[](1);
            openings[0] = openingOf(seals[place], said);
            Seal[] memory rest = new Seal[](seals.length - 1);
            for (uint256 i = 0; i < rest.length; i++) rest[i] = seals[i < place ? i : i + 1];
            refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, committer, ROUND));
            network.reveal(topic, ROUND, committer, openings, 1 << place, rest);
        }
    }

    function requireNoList(address committer, Said memory said) private {
        Opening[] memory openings = new Opening[](1);
        openings[0] = openingOf(sealsIn[ROUND][FIRST][said.worker], said);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, committer, ROUND));
        network.reveal(topic, ROUND, committer, openings, 1, none());
    }
}

/// @notice Where a seat costs next to nothing, a stake may be too small to risk anything of.
contract CommitOfLittleTest is Stages {
    uint256 private constant POOR = 3;

    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        params.minStake = 1;
    }

    function setUp() public {
        staked();
        // Four hundredths of it are less than a unit.
        deposit(POOR, 24);
        warpTo(time + terms().activationDelay);
        seatWorker(POOR, 3);
        warpTo(openTime(1));
    }

    function test_PassesOverWhoHasNothingToRisk() public {
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (say(POOR, 100e18, 10_000), everybody()[0]);
        commit(1, BATCHER, said);
        require(~roundOf(1).closed == 1 && sealsIn[1][FIRST].length == 1, "taken in");
    }

    function test_RefusesWhoHasNothingToRiskAlone() public {
        SignedCommitment[] memory own = only(unsigned(commitmentOf(1, say(POOR, 100e18, 10_000))));
        refuse(abi.encodeWithSelector(ITopicRounds.NothingCommitted.selector));
        by(workerAt(POOR));
        network.commit(topic, 1, own);
        require(roundOf(1).status == RoundStatus.None, "open");
    }

    function test_TakesInWhoHasAUnitToRisk() public {
        deposit(POOR, 1);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(POOR));
        warpTo(openTime(2));
        commitOwn(2, say(POOR, 100e18, 10_000));
        require(~roundOf(2).closed == 8, "passed over");
    }
}
