// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float32, Float40} from "../../../contracts/maths/Float.sol";
import {Prediction, Revealed, packPrediction} from "../../../contracts/types/Prediction.sol";
import {ALL_CLOSED, Phase, RoundStatus} from "../../../contracts/types/Round.sol";
import {Consent, Backer, Opening, Seal, packBacker} from "../../../contracts/types/Seal.sol";
import {Topic, TopicId} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {PlainMath} from "../../helpers/PlainMath.sol";
import {Stages} from "../../helpers/Stages.sol";

contract RevealTest is Stages {
    Opening[] private openings;
    Seal[] private rest;

    function setUp() public {
        committed();
        warpTo(revealTime(ROUND));
        unfold(ROUND);
        lay(ROUND, everybody(), 7);
    }

    function lay(uint256 round, Said[] memory said, uint256 opened) private {
        (Opening[] memory opening, Seal[] memory unopened) = laidOut(round, FIRST, said, opened);
        delete openings;
        for (uint256 i = 0; i < opening.length; i++) openings.push(opening[i]);
        rest = unopened;
    }

    function revealAll() private {
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.reveal(TopicId.wrap(bytes32(uint256(7))), ROUND, FIRST, openings, 7, rest);
    }

    function test_RefusesARoundBeyondTheLast() public {
        uint256 last = type(uint24).max - 1;
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, last + 1, last));
        network.reveal(topic, last + 1, FIRST, openings, 7, rest);
    }

    function test_RefusesASecondTooLate() public {
        warpTo(publishTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Live, Phase.Reveal));
        revealAll();
    }

    function test_RefusesARoundThatStillSeals() public {
        warpTo(openTime(1));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Commit, Phase.Reveal));
        network.reveal(topic, 1, FIRST, openings, 7, rest);
    }

    function test_RefusesARoundThatNobodyCommittedTo() public {
        warpTo(revealTime(1));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.None, RoundStatus.Open));
        network.reveal(topic, 1, FIRST, openings, 7, rest);
    }

    function test_RefusesOnceTheRoundIsPublished() public {
        reveal(ROUND, FIRST, everybody(), ALL);
        publish(ROUND);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, RoundStatus.Published, RoundStatus.Open));
        revealAll();
    }

    /// @dev Whosever it is, and whether or not the mask fits: that is looked at afterwards.
    function test_RefusesEveryListWhileTheFirstIsFolded() public {
        warpTo(openTime(1));
        commit(1, BATCHER, without(everybody(), 0));
        commitOwn(1, everybody()[0]);
        warpTo(revealTime(1));
        refuseFolded(FIRST, 7);
        refuseFolded(workerAt(0), 7);
        refuseFolded(STRANGER, 0);

        unfold(1);
        revealOwn(1, everybody()[0]);
        require(roundOf(1).count == 1, "not heard once it is unfolded");
    }

    function refuseFolded(address committer, uint256 opened) private {
        refuse(abi.encodeWithSelector(ITopicRounds.FoldedList.selector, 1));
        network.reveal(topic, 1, committer, openings, opened, rest);
    }

    function test_RefusesAMaskThatDoesNotFitTheOpenings() public {
        refuseMask(3);
        refuseMask(15);
        refuseMask(11);
        refuseMask(ALL);
        rest.push(Seal.wrap(1));
        refuseMask(3);
        refuseMask(19);
    }

    function test_RefusesNoPlacesAndMoreThanAListHas() public {
        delete openings;
        refuseMask(0);
        for (uint256 i = 0; i < 257; i++) rest.push(Seal.wrap(i));
        refuseMask(0);
    }

    function refuseMask(uint256 opened) private {
        refuseList();
        network.reveal(topic, ROUND, FIRST, openings, opened, rest);
    }

    function refuseList() private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
    }

    function test_RefusesNoConfidenceAndTooMuch() public {
        refuseConfidence(1, 0);
        refuseConfidence(2, 10_001);
        refuseConfidence(3, type(uint16).max);
    }

    /// @dev Though that is what was sealed: who says so has said nothing.
    function refuseConfidence(uint256 round, uint16 confidence) private {
        Said[] memory said = everybody();
        said[0].confidence = confidence;
        warpTo(openTime(round));
        commit(round, BATCHER, said);
        warpTo(revealTime(round));
        unfold(round);
        lay(round, said, 7);
        refuse(abi.encodeWithSelector(ITopicRounds.ConfidenceOutOfBounds.selector, confidence));
        network.reveal(topic, round, FIRST, openings, 7, rest);
        reveal(round, FIRST, said, 6);
        require(roundOf(round).count == 2, "the others were held up");
    }

    function test_RefusesWhatWasNotCommitted() public {
        Said[] memory said = everybody();
        said[0].value += 1;
        refuseSaid(said);
        said[0].value -= 1;
        said[1].confidence -= 1;
        refuseSaid(said);
        said[1].confidence += 1;
        said[2].salt += 1;
        refuseSaid(said);
    }

    function refuseSaid(Said[] memory said) private {
        lay(ROUND, said, 7);
        refuseList();
        revealAll();
    }

    function test_RefusesAnotherOrderAListOfNobodyAndAPartOfOne() public {
        (Opening memory first, Opening memory second) = (openings[0], openings[1]);
        (openings[0], openings[1]) = (second, first);
        refuseList();
        revealAll();

        (openings[0], openings[1]) = (first, second);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, STRANGER, ROUND));
        network.reveal(topic, ROUND, STRANGER, openings, 7, rest);

        openings.pop();
        refuseMask(3);
    }

    function test_RefusesMoreThanTheList() public {
        rest.push(sealsIn[ROUND][FIRST][2]);
        refuseMask(7);
    }

    function test_RefusesAForgedSealBesideTheOpened() public {
        lay(ROUND, everybody(), 6);
        rest[0] = Seal.wrap(Seal.unwrap(rest[0]) ^ 1);
        refuseMask(6);
    }

    /// @dev The round has the same place in the ring, and its openings the same list.
    function test_RefusesTheListOfARingBefore() public {
        revealAll();
        warpTo(openTime(4));
        commitOwn(4, everybody()[0]);
        warpTo(revealTime(4));
        refuse(abi.encodeWithSelector(ITopicRounds.FoldedList.selector, 4));
        network.reveal(topic, 4, FIRST, openings, 7, rest);
        unfold(4);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, 4));
        network.reveal(topic, 4, FIRST, openings, 7, rest);
    }

    /// @dev In round 2 the list held what opens in round 6, with what stood behind it then.
    function test_RefusesAListThatWasMadeForThisRoundARingBefore() public {
        Said memory ahead = say(0, 120e18, 10_000);
        warpTo(openTime(2));
        commitOwn(2, everybody()[1]);
        commit(2, STRANGER, only(signedBy(0, 2, commitmentOf(6, ahead))));
        warpTo(openTime(6));
        commitOwn(6, everybody()[0]);
        warpTo(revealTime(6));
        unfold(6);
        Opening[] memory own = new Opening[](1);
        own[0] = openingOf(sealsIn[2][STRANGER][0], ahead);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, STRANGER, 6));
        network.reveal(topic, 6, STRANGER, own, 1, none());
    }

    /// @dev As a first list it had the slot that the round's own first list takes as it is unfolded.
    function test_RefusesAFirstListThatWasMadeForThisRoundARingBefore() public {
        Said memory ahead = say(0, 120e18, 10_000);
        warpTo(openTime(2));
        commit(2, STRANGER, only(signedBy(0, 2, commitmentOf(6, ahead))));
        unfold(2);
        warpTo(openTime(6));
        commitOwn(6, everybody()[0]);
        warpTo(revealTime(6));
        Opening[] memory own = new Opening[](1);
        own[0] = openingOf(sealsIn[2][FIRST][0], ahead);
        refuse(abi.encodeWithSelector(ITopicRounds.FoldedList.selector, 6));
        network.reveal(topic, 6, FIRST, own, 1, none());
        unfold(6);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, 6));
        network.reveal(topic, 6, FIRST, own, 1, none());
    }

    /* FORGED BACKERS */

    function refuseBacker(address worker, uint8 seat, uint40 budget, uint32 trust) private {
        Backer honest = openings[1].backer;
        openings[1].backer = packBacker(worker, seat, Float40.wrap(budget), Float32.wrap(trust), true, 0);
        refuseList();
        revealAll();
        openings[1].backer = honest;
    }

    function test_RefusesAForgedBacker() public {
        Backer honest = openings[1].backer;
        (address worker, uint8 seat, uint40 budget, uint32 trust) = (
            honest.worker(),
            honest.seat(),
            Float40.unwrap(honest.budget()),
            Float32.unwrap(honest.trust())
        );
        require(worker == workerAt(1) && seat == 1 && budget == 400 << 8 && trust == 0, "another backer");
        require(honest.isSeasoned() && honest.era() == 0, "another season");

        refuseBacker(worker, seat, budget + 256, trust);
        refuseBacker(worker, seat, budget + 1, trust);
        refuseBacker(worker, seat, budget - 256, trust);
        refuseBacker(worker, seat, budget, trust + 256);
        refuseBacker(worker, seat, budget, type(uint32).max);
        refuseBacker(worker, seat + 1, budget, trust);
        refuseBacker(worker, 255, budget, trust);
        refuseBacker(workerAt(2), seat, budget, trust);
        refuseBacker(workerAt(3), seat, budget, trust);
        refuseBacker(address(0), seat, budget, trust);
        revealAll();
    }

    function testFuzz_RefusesAnyOtherBacker(uint256 flipped) public {
        if (flipped == 0) return;
        openings[1].backer = Backer.wrap(Backer.unwrap(openings[1].backer) ^ flipped);
        refuseList();
        revealAll();
    }

    /* NOBODY LEFT */

    function test_RefusesWhenNobodyIsLeft() public {
        revealAll();
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        revealAll();
    }

    function test_RefusesToOpenNothing() public {
        lay(ROUND, everybody(), 0);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        network.reveal(topic, ROUND, FIRST, openings, 0, rest);
    }

    /* EFFECT */

    function test_TellsEachPredictionWithItsWager() public {
        Prediction[] memory predictions = new Prediction[](3);
        address[] memory workers = new address[](3);
        uint96[3] memory wagers = [uint96(400), 200, 400];
        Said[] memory said = everybody();
        for (uint256 i = 0; i < 3; i++) {
            predictions[i] = packPrediction(statementOf(said[i]), wagers[i], openings[i].backer);
            workers[i] = workerAt(i);
        }
        tells();
        emit ITopicRounds.PredictionsRevealed(topic, ROUND, FIRST, predictions, workers);
        by(STRANGER);
        revealAll();
    }

    function test_ClosesASeatEach() public {
        network.reveal(topic, ROUND, FIRST, openings, 7, rest);
        require(roundOf(ROUND).count == 3 && roundOf(ROUND).closed == ALL_CLOSED, "other seats");
    }

    function test_LeavesTheOthersAwaited() public {
        reveal(ROUND, FIRST, everybody(), 2);
        require(roundOf(ROUND).count == 1 && ~roundOf(ROUND).closed == 5, "other seats");
        reveal(ROUND, FIRST, everybody(), 4);
        require(roundOf(ROUND).count == 2 && ~roundOf(ROUND).closed == 1, "other seats");
    }

    function test_ChainsABatchACall() public {
        reveal(ROUND, FIRST, everybody(), 5);
        reveal(ROUND, FIRST, everybody(), 2);
        Revealed memory revealed = keptOf[ROUND].revealed;
        require(revealed.counts.length == 2 && revealed.counts[0] == 2 && revealed.counts[1] == 1, "other batches");
        bytes20 expected = PlainBatches.digestOf(
            keptOf[ROUND].center,
            keptOf[ROUND].sigma,
            revealed.predictions,
            PlainBatches.batchesOf(revealed)
        );
        require(roundOf(ROUND).digest == expected, "another chain");
    }

    function test_PassesOverWhoWasHeardBefore() public {
        reveal(ROUND, FIRST, everybody(), 5);
        reveal(ROUND, FIRST, everybody(), 7);
        Revealed memory revealed = keptOf[ROUND].revealed;
        require(revealed.workers.length == 3 && revealed.workers[2] == workerAt(1), "heard twice");
    }

    function test_TakesTheLastSecond() public {
        warpTo(publishTime(ROUND) - 1);
        revealAll();
    }

    function test_MovesNoMoneyAndNoSkill() public {
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2), network.topicOf(topic)));
        revealAll();
        bytes32 now_ = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2), network.topicOf(topic)));
        require(before == now_, "something moved");
    }

    /* WHAT STOOD BEHIND IT AS IT WAS COMMITTED */

    function wagerIn(uint256 round, uint256 place) private view returns (uint256) {
        return keptOf[round].revealed.predictions[place].wager();
    }

    function test_WagersWhatWasAtStakeThoughMoreCameSince() public {
        deposit(0, 10 * STAKE);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        network.activate(topic, workerAt(0));
        require(positionOf(0).stake == 11 * STAKE, "nothing came");
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), ALL);
        require(wagerIn(1, 0) == 400, "another wager");
    }

    function test_WagersWhatWasAtStakeThoughMostWasAskedBackSince() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        unstake(0, STAKE);
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), ALL);
        require(wagerIn(1, 0) == 400, "another wager");
    }

    /// @dev Between commitment and reveal a round is settled, in which worker 0 wins, worker 2 loses, and both learn.
    function test_WagersWhatWasAtStakeThoughARoundWasSettledSince() public {
        reveal(ROUND, FIRST, everybody(), ALL);
        publish(ROUND);
        warpTo(openTime(2));
        commit(2, BATCHER, everybody());
        bytes32 seals = keccak256(abi.encode(sealsIn[2][FIRST]));
        Topic memory before = network.topicOf(topic);
        finish(ROUND, TRUTH);
        require(positionOf(0).stake > STAKE && positionOf(2).stake != STAKE, "nothing was won or lost");
        require(
            positionOf(0).regret.unpack() > 0 && network.topicOf(topic).peak.unpack() > before.peak.unpack(),
            "nothing was learnt"
        );

        reveal(2, FIRST, everybody(), ALL);
        require(seals == keccak256(abi.encode(sealsIn[2][FIRST])), "told again");
        for (uint256 i = 0; i < 3; i++) {
            require(wagerIn(2, i) == (i == 1 ? 200 : 400), "another wager");
            require(keptOf[2].revealed.predictions[i].trust().unpack() == 0, "another trust");
        }
        require(roundOf(2).peak.unpack() == before.peak.unpack(), "another peak");
        warpTo(publishTime(2));
        publish(2);
        (int256 low, int256 width) = PlainMath.domainOf(
            terms(),
            keptOf[ROUND].center,
            int256(uint256(keptOf[ROUND].sigma))
        );
        require(toldOf(2).domainLow == low && toldOf(2).domainHigh == low + width, "another domain");
    }

    /* WHO LOST ITS SEAT SINCE */

    function committedIn1() private {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
    }

    function requireHeardIn1() private {
        warpTo(revealTime(1));
        reveal(1, FIRST, everybody(), ALL);
        require(keptOf[1].revealed.workers.length == 3 && wagerIn(1, 0) == 400, "lost what it committed");
        require(roundOf(1).closed == ALL_CLOSED, "another seat");
    }

    function displace() private {
        deposit(4, 3 * STAKE);
        warpTo(time + terms().activationDelay);
        seatWorker(4, 0);
    }

    function revoke() private {
        by(workerAt(0));
        network.revoke(topic, workerAt(0));
    }

    function test_HearsTheDisplaced() public {
        committedIn1();
        displace();
        require(network.seatOf(topic, 0) == workerAt(4), "not displaced");
        requireHeardIn1();
    }

    function test_HearsTheRevoked() public {
        committedIn1();
        revoke();
        requireHeardIn1();
    }

    function test_HearsTheDisplacedAndRevoked() public {
        committedIn1();
        displace();
        revoke();
        requireHeardIn1();
    }

    function test_HearsWhoAskedAllOfItBack() public {
        committedIn1();
        unstake(0, STAKE);
        require(network.seatOf(topic, 0) == address(0), "still seated");
        requireHeardIn1();
    }

    /// @dev The round holds both, what was asked back and the name, until it is final.
    function test_HoldsWhatStandsBehindIt() public {
        committedIn1();
        unstake(0, STAKE);
        revoke();
        warpTo(targetTime(1) - 1);
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, 1));
        by(workerAt(0));
        network.withdraw(topic, workerAt(0));
        Consent memory consent = consentOf(3, workerAt(0));
        refuse(abi.encodeWithSelector(ITopicDesk.RoundsOpen.selector, 1));
        by(workerAt(0));
        network.rotate(topic, workerAt(0), workerAt(3), consent);
    }

    /* TOO LITTLE TO WAGER */

    /// @dev A hundredth of a percent of 400 is nothing.
    function little(uint256 number) private pure returns (Said memory) {
        return say(number, 50e18, 1);
    }

    function test_HearsWhatWagersNothingAndRecordsItNot() public {
        Said[] memory said = everybody();
        said[1] = little(1);
        warpTo(openTime(1));
        commit(1, BATCHER, said);
        warpTo(revealTime(1));
        reveal(1, FIRST, said, ALL);
        require(roundOf(1).closed == ALL_CLOSED, "not heard");
        require(roundOf(1).count == 2 && keptOf[1].revealed.workers[1] == workerAt(2), "recorded");
    }

    /// @dev Its batch is empty, and is one of the round's all the same.
    function test_HearsWhatWagersNothingInAListOfItsOwn() public {
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (everybody()[0], everybody()[2]);
        warpTo(openTime(1));
        commit(1, BATCHER, said);
        commitOwn(1, little(1));
        warpTo(revealTime(1));
        revealOwn(1, little(1));
        reveal(1, FIRST, said, ALL);
        require(roundOf(1).closed == ALL_CLOSED && roundOf(1).count == 2, "not heard");
        require(keptOf[1].revealed.counts.length == 2 && keptOf[1].revealed.counts[0] == 0, "another batch");

        publish(1);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Live));
        slashSilent(1, 1);
        warpTo(publishTime(1));
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(1), 1));
        slashSilent(1, 1);
        finish(1, TRUTH);
        require(roundOf(1).status == RoundStatus.Settled, "stuck");
    }

    /* A LONE WORKER */

    function test_MayBeAnybodysCall() public {
        warpTo(openTime(1));
        commitOwn(1, say(0, 100e18, 10_000));
        warpTo(revealTime(1));
        unfold(1);
        (Opening[] memory own, ) = laidOut(1, FIRST, only(say(0, 100e18, 10_000)), 1);
        by(STRANGER);
        network.reveal(topic, 1, FIRST, own, 1, none());
        require(roundOf(1).count == 1, "not heard");
    }
}
