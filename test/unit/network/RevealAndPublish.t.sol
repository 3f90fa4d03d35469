// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../../contracts/interfaces/ITopicRounds.sol";
import {Aggregation} from "../../../contracts/maths/Aggregation.sol";
import {FeedStatus, Forecast} from "../../../contracts/types/Feed.sol";
import {Hints} from "../../../contracts/types/Learning.sol";
import {Revealed} from "../../../contracts/types/Prediction.sol";
import {Listing, Phase, Round, RoundStatus} from "../../../contracts/types/Round.sol";
import {Backer, Opening, Seal, SignedCommitment} from "../../../contracts/types/Seal.sol";
import {TopicId} from "../../../contracts/types/Topic.sol";
import {Medians} from "../../helpers/Medians.sol";
import {Kept, Said} from "../../helpers/NetworkDriver.sol";
import {PlainBatches} from "../../helpers/PlainBatches.sol";
import {Stages} from "../../helpers/Stages.sol";
import {Vm, vm} from "../../helpers/Vm.sol";

contract RevealAndPublishTest is Stages {
    Opening[] private openings;
    Hints private hints;
    int104 private center;
    uint104 private sigma;

    function setUp() public {
        committed();
        warpTo(revealTime(ROUND));
        lay(ROUND, everybody());
    }

    function lay(uint256 round, Said[] memory said) private {
        (Opening[] memory laid, ) = laidOut(round, FIRST, said, ALL);
        delete openings;
        for (uint256 i = 0; i < laid.length; i++) openings.push(laid[i]);
        hints = Medians.hintsOf(recordsOf(laid));
        (center, sigma) = (keptOf[round].center, keptOf[round].sigma);
    }

    function call(uint256 round) private {
        network.revealAndPublish(topic, round, center, sigma, openings, hints);
    }

    function committedIn(uint256 round, Said[] memory said) private {
        warpTo(openTime(round));
        commit(round, BATCHER, said);
        warpTo(revealTime(round));
        lay(round, said);
    }

    /* REFUSALS, in their order: what comes later is wrong, too */

    function test_RefusesAnUnknownTopic() public {
        uint256 beyond = type(uint24).max;
        refuse(abi.encodeWithSelector(ITopicRounds.UnknownTopic.selector, 7));
        network.revealAndPublish(TopicId.wrap(bytes32(uint256(7))), beyond, center, sigma, openings, hints);
    }

    function test_RefusesARoundBeyondTheLast() public {
        uint256 last = type(uint24).max - 1;
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, last + 1, last));
        call(last + 1);
        refuse(abi.encodeWithSelector(ITopicRounds.RoundOutOfBounds.selector, type(uint256).max, last));
        call(type(uint256).max);
    }

    function test_RefusesOutsideTheWindow() public {
        refusePhase(2, Phase.Pending);
        warpTo(openTime(1));
        commit(1, BATCHER, everybody());
        warpTo(revealTime(1) - 1);
        refusePhase(1, Phase.Commit);
        warpTo(publishTime(1));
        refusePhase(1, Phase.Live);
        warpTo(targetTime(1));
        refusePhase(1, Phase.Due);
        warpTo(deadline(1));
        refusePhase(1, Phase.Expired);
    }

    function refusePhase(uint256 round, Phase phase) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, phase, Phase.Reveal));
        call(round);
    }

    function test_RefusesARoundThatNobodyCommittedTo() public {
        warpTo(revealTime(1));
        refuseStatus(1, RoundStatus.None);
    }

    /// @dev Whatever it is given then, and whenever.
    function test_DoesNothingASecondTime() public {
        call(ROUND);
        doesNothing(ROUND);
        center++;
        doesNothing(ROUND);
        warpTo(targetTime(ROUND));
        doesNothing(ROUND);
    }

    function test_DoesNothingToARoundThatIsVoidAlready() public {
        committedIn(1, only(everybody()[0]));
        call(1);
        doesNothing(1);
    }

    function doesNothing(uint256 round) private {
        bytes32 before = keccak256(abi.encode(roundOf(round), network.topicOf(topic), network.read(topic)));
        call(round);
        bytes32 afterwards = keccak256(abi.encode(roundOf(round), network.topicOf(topic), network.read(topic)));
        require(before == afterwards, "something moved");
    }

    function refuseStatus(uint256 round, RoundStatus status) private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongStatus.selector, status, RoundStatus.Open));
        call(round);
    }

    function test_RefusesWhereThereIsASecondList() public {
        warpTo(openTime(1));
        commit(1, BATCHER, without(everybody(), 0));
        commitOwn(1, everybody()[0]);
        warpTo(revealTime(1));
        lay(1, without(everybody(), 0));
        refuseSole(1);
    }

    function test_RefusesWhatIsUnfolded() public {
        unfold(ROUND);
        refuseSole(ROUND);
        reveal(ROUND, FIRST, everybody(), 1);
        refuseSole(ROUND);
    }

    /// @dev Even where what is opened could not be heard, or is not the list.
    function refuseSole(uint256 round) private {
        bytes memory error = abi.encodeWithSelector(ITopicRounds.NotSole.selector, round);
        refuse(error);
        call(round);
        openings[0].statement = statementOf(say(0, 1, 0));
        refuse(error);
        call(round);
    }

    function test_RefusesNoConfidenceAndTooMuch() public {
        refuseConfidence(1, 0);
        refuseConfidence(2, 10_001);
        refuseConfidence(3, type(uint16).max);
    }

    /// @dev Of what was sealed, and of what was not: the list is looked at afterwards. The others can be heard in parts.
    function refuseConfidence(uint256 round, uint16 confidence) private {
        Said[] memory said = everybody();
        said[0].confidence = confidence;
        committedIn(round, said);
        bytes memory error = abi.encodeWithSelector(ITopicRounds.ConfidenceOutOfBounds.selector, confidence);
        refuse(error);
        call(round);
        openings.pop();
        refuse(error);
        call(round);
        reveal(round, FIRST, said, 6);
        require(roundOf(round).count == 2, "the others were held up");
    }

    function refuseList() private {
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, ROUND));
        call(ROUND);
    }

    function test_RefusesAnotherDomain() public {
        center++;
        refuseList();
        center--;
        sigma++;
        refuseList();
        sigma--;
        call(ROUND);
    }

    function test_RefusesLessThanTheList() public {
        Opening memory last = openings[2];
        openings.pop();
        refuseList();
        openings[0] = openings[1];
        openings[1] = last;
        refuseList();
        delete openings;
        refuseList();
    }

    function test_RefusesMoreThanTheList() public {
        openings.push(openings[2]);
        refuseList();
        openings[3] = openingOf(sealsIn[ROUND][FIRST][0], say(3, 100e18, 10_000));
        refuseList();
        while (openings.length < 256) openings.push(openings[0]);
        refuseList();
        openings.push(openings[0]);
        vm.expectRevert();
        call(ROUND);
    }

    function test_RefusesAnotherOrder() public {
        (Opening memory first, Opening memory second) = (openings[0], openings[1]);
        (openings[0], openings[1]) = (second, first);
        refuseList();
    }

    function test_RefusesWhatWasNotCommitted() public {
        Said[] memory said = everybody();
        said[0].value += 1;
        lay(ROUND, said);
        refuseList();
        said[0].value -= 1;
        said[1].confidence -= 1;
        lay(ROUND, said);
        refuseList();
        said[1].confidence += 1;
        said[2].salt += 1;
        lay(ROUND, said);
        refuseList();
    }

    function testFuzz_RefusesAnyOtherBacker(uint256 flipped) public {
        if (flipped == 0) return;
        openings[1].backer = Backer.wrap(Backer.unwrap(openings[1].backer) ^ flipped);
        refuseList();
    }

    /// @dev What was sealed for the round before is signed for this one, and opens in neither.
    function test_RefusesWhatWasSealedForAnotherRound() public {
        SignedCommitment[] memory list = new SignedCommitment[](3);
        for (uint256 i = 0; i < 3; i++) list[i] = signedBy(i, 1, commitmentOf(ROUND, everybody()[i]));
        warpTo(openTime(1));
        commit(1, BATCHER, list);
        require(keptOf[1].center == center && keptOf[1].sigma == sigma, "another domain");
        warpTo(revealTime(1));
        refuse(abi.encodeWithSelector(ITopicRounds.WrongList.selector, FIRST, 1));
        call(1);
    }

    function test_RefusesWrongMedians() public {
        hints.anchor += 1;
        refuse(abi.encodeWithSelector(Aggregation.WrongMedian.selector, hints.anchor));
        call(ROUND);

        hints.anchor -= 1;
        hints.mad += 1;
        refuse(abi.encodeWithSelector(Aggregation.WrongDeviation.selector, hints.mad));
        call(ROUND);

        hints.mad -= 1;
        call(ROUND);
    }

    /* EFFECT */

    function test_PutsTheAggregateOnTheFeedAtOnce() public {
        by(STRANGER);
        call(ROUND);
        Forecast memory forecast = network.read(topic);
        require(forecast.value == 102e18 && forecast.round == ROUND && forecast.contributors == 3, "another value");
        require(forecast.publishedAt == revealTime(ROUND) && forecast.status == FeedStatus.Live, "not at once");
        Round memory round = roundOf(ROUND);
        require(round.status == RoundStatus.Published && round.count == 3, "not published");
        require(round.listing == Listing.Revealed, "not heard");
    }

    function test_TellsWhatWasHeardOfTheFirstList() public {
        Revealed memory expected = Revealed(recordsOf(openings), new address[](3), new uint256[](0));
        for (uint256 i = 0; i < 3; i++) expected.workers[i] = workerAt(i);
        tells();
        emit ITopicRounds.PredictionsRevealed(topic, ROUND, FIRST, expected.predictions, expected.workers);
        call(ROUND);
    }

    function test_TakesTheLastSecond() public {
        warpTo(publishTime(ROUND) - 1);
        call(ROUND);
        require(network.read(topic).publishedAt == publishTime(ROUND) - 1, "another time");
    }

    function test_MovesNoMoneyAndNoSkill() public {
        bytes32 before = keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2)));
        call(ROUND);
        require(before == keccak256(abi.encode(positionOf(0), positionOf(1), positionOf(2))), "something moved");
        require(network.topicOf(topic).pool == POOL, "the pool moved");
    }

    function test_EndsTheRoundForItsLists() public {
        revealAndPublish(ROUND, everybody());
        bytes memory error = abi.encodeWithSelector(
            ITopicRounds.WrongStatus.selector,
            RoundStatus.Published,
            RoundStatus.Open
        );
        Seal[] memory seals = sealsIn[ROUND][FIRST];
        refuse(error);
        network.unfold(topic, ROUND, center, sigma, seals);
        refuse(error);
        network.reveal(topic, ROUND, FIRST, openings, 7, none());
        publish(ROUND);
        require(roundOf(ROUND).status == RoundStatus.Published, "published again");
    }

    function test_LetsTheRoundBeSettledAndItsPlaceBeTaken() public {
        revealAndPublish(ROUND, everybody());
        finish(ROUND, TRUTH);
        require(roundOf(ROUND).status == RoundStatus.Settled && positionOf(0).stake > STAKE, "not settled");
        committedIn(4, everybody());
        require(roundOf(4).listing == Listing.Sole && ~roundOf(4).closed == 7, "something is left of the old round");
        reveal(4, FIRST, everybody(), 3);
        warpTo(publishTime(4));
        publish(4);
        slashSilent(4, 2);
        require(positionOf(2).stake < STAKE, "heard as in the old round");
    }

    /* TOO LITTLE */

    function little(uint256 number) private pure returns (Said memory) {
        return say(number, 50e18, 1);
    }

    function test_HearsWhatWagersNothingAndRecordsItNot() public {
        Said[] memory said = everybody();
        said[1] = little(1);
        warpTo(openTime(1));
        commit(1, BATCHER, said);
        warpTo(revealTime(1));
        revealAndPublish(1, said);
        require(roundOf(1).count == 2 && keptOf[1].revealed.workers[1] == workerAt(2), "recorded");
        require(network.read(topic).contributors == 2 && network.read(topic).round == 1, "not published");
        finish(1, TRUTH);
        require(roundOf(1).status == RoundStatus.Settled, "stuck");
    }

    function test_OfTooFewIsVoidAndThin() public {
        revealAndPublish(ROUND, everybody());
        warpTo(openTime(1));
        commitOwn(1, everybody()[0]);
        warpTo(revealTime(1));
        lay(1, only(everybody()[0]));
        // No hint is looked at.
        hints.anchor++;
        requireVoid(1, 1);
    }

    function test_OfNothingButLittleIsVoidAndThin() public {
        revealAndPublish(ROUND, everybody());
        Said[] memory said = everybody();
        for (uint256 i = 0; i < 3; i++) said[i] = little(i);
        committedIn(1, said);
        requireVoid(1, 0);
    }

    function requireVoid(uint256 round, uint256 heard) private {
        tells();
        emit ITopicRounds.RoundVoided(topic, round);
        call(round);
        require(roundOf(round).status == RoundStatus.Void && roundOf(round).count == heard, "not void");
        Forecast memory forecast = network.read(topic);
        require(forecast.status == FeedStatus.Thin && forecast.round == ROUND, "not thin, or the feed moved");
        require(network.publishedOf(topic) == 1 && network.topicOf(topic).pool == POOL, "counted, or cost the pool");
        warpTo(publishTime(round));
        refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(0), round));
        slashSilent(round, 0);
    }

    /* WITHHELD */

    /// @dev Everybody whose commitment was in was heard; the bits of their seats are not touched.
    function test_LeavesNobodyWhoWithheld() public {
        deposit(3, STAKE);
        warpTo(openTime(1));
        seatWorker(3, 3);
        committedIn(2, everybody());
        revealAndPublish(2, everybody());
        refuse(abi.encodeWithSelector(ITopicRounds.WrongPhase.selector, Phase.Reveal, Phase.Live));
        slashSilent(2, 0);
        warpTo(publishTime(2));
        refuseWithheld();
        finish(2, TRUTH);
        refuseWithheld();
    }

    function refuseWithheld() private {
        for (uint256 i = 0; i < 4; i++) {
            refuse(abi.encodeWithSelector(ITopicDesk.NotWithheld.selector, workerAt(i), 2));
            slashSilent(2, i);
        }
        refuse(abi.encodeWithSelector(ITopicDesk.NotSeated.selector, workerAt(4), 2));
        slashSilent(2, 4);
    }

    function test_ForgivesNoSecondWord() public {
        revealAndPublish(ROUND, everybody());
        warpTo(publishTime(ROUND));
        slashBoth(ROUND, everybody()[2], say(2, 1, 1));
        require(positionOf(2).stake == STAKE - 400, "got away");
    }
}

/// @notice One call against the three that it stands for, in a topic that has learnt something.
contract AtOnceTest is Stages {
    uint256 private constant NEXT = 5;
    uint256 private constant WORKERS = 5;

    bytes32 private told;

    function setUp() public {
        opened();
        seatWorkers(WORKERS, STAKE);
        Said[] memory said = new Said[](WORKERS);
        for (uint256 i = 0; i < WORKERS; i++) said[i] = say(i, 99e18 + int256(i * 2e18), 10_000);
        predict(ROUND, said);
        predict(1, said);
        finish(ROUND, TRUTH);
        finish(1, 103e18);
    }

    function testFuzz_EndsAsUnfoldRevealAndPublish(uint256 seed) public {
        Said[] memory said = drawn(seed);
        warpTo(openTime(NEXT));
        commit(NEXT, BATCHER, said);
        warpTo(revealTime(NEXT) + (seed % clock.revealWindow));
        uint256 start = vm.snapshotState();
        oneByOne(said);
        bytes32 expected = resultOf(seed);
        vm.revertToState(start);

        atOnce(said);
        require(resultOf(seed) == expected, "another end");
    }

    function oneByOne(Said[] memory said) private {
        (Opening[] memory openings, ) = laidOut(NEXT, FIRST, said, ALL);
        unfold(NEXT);
        vm.recordLogs();
        network.reveal(topic, NEXT, FIRST, openings, ALL >> (256 - said.length), none());
        take();
        Kept memory kept = keptOf[NEXT];
        Hints memory hints = Medians.hintsOf(kept.revealed.predictions);
        vm.recordLogs();
        by(KEEPER);
        network.publish(
            topic,
            NEXT,
            kept.center,
            kept.sigma,
            kept.revealed.predictions,
            PlainBatches.batchesOf(kept.revealed),
            hints
        );
        take();
    }

    function atOnce(Said[] memory said) private {
        (Opening[] memory openings, ) = laidOut(NEXT, FIRST, said, ALL);
        Hints memory hints = Medians.hintsOf(recordsOf(openings));
        (int104 center, uint104 sigma) = (keptOf[NEXT].center, keptOf[NEXT].sigma);
        vm.recordLogs();
        by(KEEPER);
        network.revealAndPublish(topic, NEXT, center, sigma, openings, hints);
        take();
    }

    /// @dev What was told, event by event, and kept.
    function take() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            told = keccak256(abi.encode(told, logs[i].topics, logs[i].data));
            keep(logs[i]);
        }
    }

    /// @dev All but how the round kept its list, which nobody asks for once it is published or void.
    function resultOf(uint256 seed) private returns (bytes32 result) {
        Round memory round = roundOf(NEXT);
        bytes20 digest = round.status == RoundStatus.Published ? round.digest : bytes20(0);
        bytes32 kept = keccak256(abi.encode(digest, round.number, round.status, round.peak, round.count));
        bytes32 shown = keccak256(abi.encode(network.read(topic), network.publishedOf(topic)));
        result = keccak256(abi.encode(told, kept, shown, network.topicOf(topic)));
        if (round.status == RoundStatus.Published) finish(NEXT, 90e18 + int256((seed >> 8) % 20e18));
        for (uint256 i = 0; i < WORKERS; i++) result = keccak256(abi.encode(result, positionOf(i)));
        RoundStatus status = roundOf(NEXT).status;
        result = keccak256(abi.encode(result, network.topicOf(topic), network.claimableOf(KEEPER), status));
    }

    /// @dev Any of the workers in any order, a third of them with too little to count.
    function drawn(uint256 seed) private pure returns (Said[] memory said) {
        uint256 count = 1 + ((seed >> 16) % WORKERS);
        said = new Said[](count);
        for (uint256 i = 0; i < count; i++) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            uint256 worker = ((seed % WORKERS) + i) % WORKERS;
            int256 value = 90e18 + int256(draw % 21) * 1e18;
            said[i] = say(worker, value, (draw >> 32) % 3 == 0 ? 1 : uint16(1 + ((draw >> 16) % 10_000)));
        }
    }
}
