// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Float} from "../../../contracts/libraries/Float.sol";
import {Opening, Prediction, Revealed, packPrediction} from "../../../contracts/types/Prediction.sol";
import {Phase, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Topic, TopicId} from "../../../contracts/types/Topic.sol";
import {Said} from "../../helpers/NetworkDriver.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {Stages} from "../../helpers/Stages.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

contract RevealTest is Stages {
    Opening[] private openings;
    bytes20[] private rest;

    function setUp() public {
        committed();
        warpTo(revealTime(ROUND));
        lay(everybody(), ALL >> 253);
    }

    function lay(Said[] memory said, uint256 opened) private {
        (Opening[] memory opening, bytes20[] memory unopened) = laidOut(ROUND, BATCHER, said, opened);
        delete openings;
        for (uint256 i = 0; i < opening.length; i++) openings.push(opening[i]);
        rest = unopened;
    }

    function revealAll() private {
        network.reveal(topic, ROUND, BATCHER, openings, 7, rest);
    }

    function wrongList() private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITopicRounds.WrongList.selector, BATCHER, ROUND);
    }

    /* REFUSALS */

    function test_RefusesAnUnknownTopic() public {
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.reveal(TopicId.wrap(bytes32(uint256(7))), ROUND, BATCHER, openings, 7, rest);
    }

    function test_RefusesARoundBeyondTheLast() public {
        uint256 last = type(uint24).max - 1;
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, last + 1, last));
        network.reveal(topic, last + 1, BATCHER, openings, 7, rest);
    }

    function test_RefusesASecondTooLate() public {
        warpTo(publishTime(ROUND));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Live, Phase.Reveal));
        revealAll();
    }

    function test_RefusesARoundThatStillSeals() public {
        warpTo(openTime(1));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Commit, Phase.Reveal));
        network.reveal(topic, 1, BATCHER, openings, 7, rest);
    }

    function test_RefusesWhileThePlaceInTheRingIsUnsettled() public {
        reveal(ROUND, BATCHER, everybody(), ALL);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(openTime(4));
        commit(4, BATCHER, everybody());
        warpTo(revealTime(4));
        refuseFull();
        resolve(ROUND, TRUTH);
        refuseFull();

        settle(ROUND);
        reveal(4, BATCHER, everybody(), ALL);
        require(roundOf(4).status == RoundStatus.Open && roundOf(4).count == 3, "the place is still taken");
        require(roundOf(ROUND).status == RoundStatus.None, "the old round is still told");
    }

    function refuseFull() private {
        refuse(abi.encodeWithSelector(ITopicRounds.RingFull.selector, 4, ROUND));
        network.reveal(topic, 4, BATCHER, openings, 7, rest);
    }

    function test_RefusesAMaskThatDoesNotFitTheOpenings() public {
        refuse(wrongList());
        network.reveal(topic, ROUND, BATCHER, openings, 3, rest);
        refuse(wrongList());
        network.reveal(topic, ROUND, BATCHER, openings, 15, rest);
        refuse(wrongList());
        network.reveal(topic, ROUND, BATCHER, openings, 11, rest);
    }

    function test_RefusesNoPlacesAndMoreThanAListHas() public {
        delete openings;
        refuse(wrongList());
        network.reveal(topic, ROUND, BATCHER, openings, 0, rest);
        rest = new bytes20[](257);
        refuse(wrongList());
        network.reveal(topic, ROUND, BATCHER, openings, 0, rest);
    }

    function test_RefusesNoConfidenceAndTooMuch() public {
        Said[] memory said = everybody();
        said[0].confidence = 0;
        lay(said, 7);
        refuse(abi.encodeWithSelector(ITopicRounds.ConfidenceOutOfBounds.selector, 0));
        revealAll();
        said[0].confidence = 10_001;
        lay(said, 7);
        refuse(abi.encodeWithSelector(ITopicRounds.ConfidenceOutOfBounds.selector, 10_001));
        revealAll();
    }

    function test_RefusesASignatureOfAnother() public {
        (openings[0].r, openings[0].vs) = (openings[1].r, openings[1].vs);
        refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, workerAt(0)));
        revealAll();
    }

    function test_RefusesAFailedRecoveryForAddressZero() public {
        openings[0].worker = address(0);
        (openings[0].r, openings[0].vs) = (0, 0);
        refuse(abi.encodeWithSelector(ITopicRounds.BadSignature.selector, address(0)));
        revealAll();
    }

    function test_RefusesWhatWasNotCommitted() public {
        Said[] memory said = everybody();
        said[0].value += 1;
        lay(said, 7);
        refuse(wrongList());
        revealAll();
    }

    function test_RefusesAnotherOrderAListOfNobodyAndAPartOfOne() public {
        Said[] memory said = everybody();
        (said[0], said[1]) = (said[1], said[0]);
        lay(said, 7);
        refuse(wrongList());
        revealAll();

        lay(everybody(), 7);
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, STRANGER, ROUND));
        network.reveal(topic, ROUND, STRANGER, openings, 7, rest);

        openings.pop();
        refuse(wrongList());
        network.reveal(topic, ROUND, BATCHER, openings, 3, rest);
    }

    function test_RefusesWhenNobodyIsLeft() public {
        revealAll();
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        revealAll();
    }

    /* THE FIRST REVEAL */

    function test_OpensTheRoundAndFreezesItsDomain() public {
        Topic memory kept = network.topicOf(topic);
        int104 center = int104(Float.unpackSigned(kept.center));
        uint104 sigma = uint104(Float.unpack(kept.sigma));
        require(center > 99.999e18 && sigma > 4.999e18, "not the domain of the terms");
        require(roundOf(ROUND).status == RoundStatus.None, "open before");
        tells();
        emit ITopicRounds.RoundOpened(topic, ROUND, center, sigma);
        revealAll();
        Round memory round = roundOf(ROUND);
        require(round.status == RoundStatus.Open && round.number == ROUND, "not open");
    }

    function test_OpensNoRoundWhereNobodyIsHeard() public {
        Said[] memory stranger = only(say(3, 100e18, 10_000));
        warpTo(openTime(1));
        commit(1, BATCHER, stranger);
        warpTo(revealTime(1));
        (Opening[] memory unheard, ) = laidOut(1, BATCHER, stranger, 1);
        refuse(abi.encodeWithSelector(ITopicRounds.NothingRevealed.selector));
        network.reveal(topic, 1, BATCHER, unheard, 1, none());
        require(roundOf(1).status == RoundStatus.None, "open");
    }

    function test_ReusesThePlaceOfARoundThatNobodyPublished() public {
        revealAll();
        warpTo(openTime(4));
        commit(4, BATCHER, everybody());
        warpTo(revealTime(4));
        reveal(4, BATCHER, everybody(), 2);
        Round memory round = roundOf(4);
        require(round.status == RoundStatus.Open && round.number == 4, "a dead round holds its place");
        require(round.count == 1 && round.revealed == 2, "something is left of the dead round");
    }

    /* THE SECOND REVEAL */

    /// @dev Between the two a truth comes in and an older round is settled, which moves what a round freezes.
    function test_DoesNotOpenTheRoundAgain() public {
        reveal(ROUND, BATCHER, everybody(), ALL);
        warpTo(publishTime(ROUND));
        publish(ROUND);
        warpTo(openTime(2));
        commit(2, BATCHER, everybody());
        warpTo(revealTime(2));
        reveal(2, BATCHER, everybody(), 3);
        Topic memory before = network.topicOf(topic);
        finish(ROUND, 90e18);
        Topic memory now_ = network.topicOf(topic);
        require(now_.center != before.center && now_.sigma != before.sigma && now_.peak != before.peak, "no change");

        require(openingsToldBySecondReveal(2) == 0, "told as opened again");
        Round memory round = roundOf(2);
        require(round.count == 3 && round.revealed == 7 && round.peak == before.peak, "opened again");
        warpTo(publishTime(2));
        publish(2);
        require(keptOf[2].outcome.center == int104(Float.unpackSigned(before.center)), "another domain");
    }

    function openingsToldBySecondReveal(uint256 round) private returns (uint256 count) {
        (Opening[] memory third, bytes20[] memory others) = laidOut(round, BATCHER, everybody(), 4);
        vm.recordLogs();
        network.reveal(topic, round, BATCHER, third, 4, others);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] == ITopicRounds.RoundOpened.selector) count++;
            keep(logs[i]);
        }
    }

    function test_ChainsABatchACall() public {
        reveal(ROUND, BATCHER, everybody(), 5);
        reveal(ROUND, BATCHER, everybody(), 2);
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

    /* EFFECT */

    function test_TellsEachPredictionWithItsWager() public {
        Prediction[] memory predictions = new Prediction[](3);
        address[] memory workers = new address[](3);
        uint96[3] memory wagers = [uint96(400), 200, 400];
        Said[] memory said = everybody();
        for (uint256 i = 0; i < 3; i++) {
            predictions[i] = packPrediction(said[i].value, wagers[i], 0);
            workers[i] = workerAt(i);
        }
        tells();
        emit ITopicRounds.PredictionsRevealed(topic, ROUND, BATCHER, predictions, workers);
        by(STRANGER);
        revealAll();
    }

    function test_MarksASeatEach() public {
        revealAll();
        Round memory round = roundOf(ROUND);
        require(round.count == 3 && round.revealed == 7, "other seats");
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

    /* WHO IS PASSED OVER */

    function test_PassesOverWhoHasNoSeatYet() public {
        deposit(3, STAKE);
        warpTo(openTime(1));
        seatWorker(3, 3);
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (say(3, 100e18, 10_000), say(0, 100e18, 10_000));
        commit(1, BATCHER, said);
        warpTo(revealTime(1));
        reveal(1, BATCHER, said, ALL);
        require(
            keptOf[1].revealed.workers.length == 1 && keptOf[1].revealed.workers[0] == workerAt(0),
            "a late one was heard"
        );
    }

    function test_PassesOverTheSecondOfTwoOpenings() public {
        Said[] memory said = new Said[](2);
        (said[0], said[1]) = (say(0, 100e18, 10_000), say(0, 120e18, 10_000));
        warpTo(openTime(1));
        commit(1, BATCHER, said);
        warpTo(revealTime(1));
        reveal(1, BATCHER, said, ALL);
        require(keptOf[1].revealed.workers.length == 1, "heard twice");
    }

    function test_HearsTheDisplacedInTheRoundsThatWereOpen() public {
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        deposit(4, 3 * STAKE);
        warpTo(time + terms().activationDelay);
        network.activate(topic, workerAt(4));
        by(workerAt(4));
        network.takeSeat(topic, workerAt(4), 0);
        reveal(1, BATCHER, everybody(), ALL);
        require(keptOf[1].revealed.workers.length == 3, "a displaced worker lost its open round");
    }

    /* A LONE WORKER */

    function test_NeedsNoSignatureForItsOwnList() public {
        warpTo(openTime(1));
        commitOwn(1, say(0, 100e18, 10_000));
        warpTo(revealTime(1));
        revealOwn(1, say(0, 100e18, 10_000));
        Revealed memory revealed = keptOf[1].revealed;
        require(revealed.workers.length == 1 && revealed.predictions[0].wager() == 400, "not heard");
    }
}
